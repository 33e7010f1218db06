"""One piece of work: begun, gone through step by step, and ended."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from crossconnections.models import Workflow
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows import accepting, beginning, ending, stepping
from crossconnections.views.http import find_or_refuse
from crossconnections.views.workflow_page import find_existing, lead_back, show_page
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, read_text, wants_fragment
from portal.limits.decorators import limited, person

MOST_CHARACTERS = 500
_NO_ACT = "Say whether it is done."
_METHODS = ["GET", "HEAD", "POST"]


@needs(Permission.CHANGE)
@require_http_methods(_METHODS)
@limited("workflows", most=120, by=person, methods={"POST"})
def workflow(request: PortalRequest, service_key: str, kind: Workflow.Kind) -> HttpResponse:
    """The newest work of that kind; POST begins one, or finds the one that goes on. 409 where none can begin."""
    row = find_or_refuse(request, service_key)
    if request.method == "POST":
        try:
            beginning.begin(row=row, kind=kind, by=at_browser(request))
        except NotPossible as reason:
            return show_page(request, row, kind, notice=str(reason)).render(status=HTTPStatus.CONFLICT)
        return lead_back(row, kind)
    page = show_page(request, row, kind)
    return page.render_news() if wants_fragment(request) else page.render()


@needs(Permission.CHANGE)
@require_http_methods(_METHODS)
@limited("workflows", most=120, by=person, methods={"POST"})
def workflow_step(request: PortalRequest, service_key: str, kind: Workflow.Kind, step: str) -> HttpResponse:
    """POST says of a step that it is done, left out or, after all, neither (``act``); 409 where that cannot be."""
    note = read_text(request.POST, "note")[:MOST_CHARACTERS]

    def act(known: Workflow) -> None:
        by = at_browser(request)
        match request.POST.get("act", ""):
            case "leave-out":
                stepping.leave_out(workflow=known, name=step, note=note, by=by)
            case "take-back":
                stepping.take_back(workflow=known, name=step, by=by)
            case "done":
                stepping.tick(workflow=known, name=step, note=note, by=by)
            case _:
                raise NotPossible(_NO_ACT)

    return _act(request, service_key, kind, act, typed={step: note})


@needs(Permission.CHANGE)
@require_http_methods(_METHODS)
@limited("workflows", most=120, by=person, methods={"POST"})
def workflow_finding(request: PortalRequest, service_key: str, kind: Workflow.Kind) -> HttpResponse:
    """POST accepts the finding that ``key`` names, for a ``reason``, or with ``act`` ``open`` does not any more."""
    named = (*read_text(request.POST, "key").split("|"), "", "", "")
    key, reason = (named[0], named[1], named[2]), read_text(request.POST, "reason")[:MOST_CHARACTERS]

    def act(known: Workflow) -> None:
        by = at_browser(request)
        if request.POST.get("act") == "open":
            accepting.open_again(workflow=known, key=key, by=by)
        else:
            accepting.accept(workflow=known, key=key, reason=reason, by=by)

    return _act(request, service_key, kind, act, typed={"|".join(key): reason})


@needs(Permission.CHANGE)
@require_http_methods(_METHODS)
@limited("workflows", most=120, by=person, methods={"POST"})
def workflow_end(request: PortalRequest, service_key: str, kind: Workflow.Kind) -> HttpResponse:
    """POST ends it: finished, or with ``act`` ``give-up`` for a ``reason``."""
    reason = read_text(request.POST, "reason")[:MOST_CHARACTERS]

    def act(known: Workflow) -> None:
        by = at_browser(request)
        if request.POST.get("act") == "give-up":
            ending.give_up(workflow=known, reason=reason, by=by)
        else:
            ending.finish(workflow=known, by=by)

    return _act(request, service_key, kind, act, typed={"end": reason})


def _act(
    request: PortalRequest,
    service_key: str,
    kind: Workflow.Kind,
    act: Callable[[Workflow], None],
    *,
    typed: dict[str, str],
) -> HttpResponse:
    """Back to the page; 409 and the page with what was typed where it cannot be done. GET only leads there."""
    row = find_or_refuse(request, service_key)
    if request.method == "POST":
        try:
            act(find_existing(row, kind))
        except NotPossible as reason:
            return show_page(request, row, kind, notice=str(reason), typed=typed).render(status=HTTPStatus.CONFLICT)
    return lead_back(row, kind)
