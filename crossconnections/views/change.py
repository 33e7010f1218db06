"""The page of one change, and what a person can say to it."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.presenters.changes.documents import as_document
from crossconnections.services.changes import asking, drafts
from crossconnections.services.refreshes import request_refresh
from crossconnections.services.snapshots import NotPossible
from crossconnections.views.change_page import ChangePage, find_change
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person

_OUTCOMES = {"taken": True, "not-taken": False}
_NO_OUTCOME = "Say whether Azure took it or not."


@needs(Permission.VIEW)
@require_safe
def change(request: PortalRequest, number: int) -> HttpResponse:
    """How far it is and what came of it; for htmx the steps alone, until there is more to show than they do."""
    page = ChangePage(request, find_change(request, number))
    return page.render_progress(request.GET.get("seen", "")) if wants_fragment(request) else page.render()


@needs(Permission.VIEW)
@require_safe
def change_json(request: PortalRequest, number: int) -> HttpResponse:
    """One change."""
    return JsonResponse(as_document(find_change(request, number)))


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("refresh", most=60, by=person, methods={"POST"})
def look_again(request: PortalRequest, number: int) -> HttpResponse:
    """POST asks Azure what the cross connection of a change is like by now; GET only leads back."""
    found = find_change(request, number)
    reason = request_refresh(found.cross_connection) if request.method == "POST" else None
    return ChangePage(request, found, notice=reason).render() if reason else _back_to(number)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("changes", most=60, by=person, methods={"POST"})
def cancel_change(request: PortalRequest, number: int) -> HttpResponse:
    """POST takes back what is not sent yet; GET only leads back. 409 and the page where it is too late."""
    found = find_change(request, number)
    if request.method == "POST":
        try:
            asking.cancel(change=found, by=at_browser(request))
        except NotPossible as reason:
            return _not_possible(request, number, reason)
    return _back_to(number)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("changes", most=60, by=person, methods={"POST"})
def confirm_change(request: PortalRequest, number: int) -> HttpResponse:
    """POST sends what waits for a person's word; GET only leads back. 409 and the page where it waits for none."""
    found = find_change(request, number)
    if request.method == "POST":
        try:
            asking.go_ahead(change=found, by=at_browser(request))
        except NotPossible as reason:
            return _not_possible(request, number, reason)
    return _back_to(number)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("changes", most=60, by=person, methods={"POST"})
def settle_change(request: PortalRequest, number: int) -> HttpResponse:
    """POST says by its ``outcome`` (``taken``, ``not-taken``) what became of it; GET only leads back.

    422 and the page for another outcome, 409 where it is known meanwhile.
    """
    found = find_change(request, number)
    if request.method == "POST":
        has_taken = _OUTCOMES.get(request.POST.get("outcome", ""))
        if has_taken is None:
            return ChangePage(request, found, notice=_NO_OUTCOME).render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            asking.settle(change=found, has_taken=has_taken, by=at_browser(request))
        except NotPossible as reason:
            return _not_possible(request, number, reason)
    return _back_to(number)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("changes", most=60, by=person, methods={"POST"})
def ask_again(request: PortalRequest, number: int) -> HttpResponse:
    """POST leads to the review of the same once more; GET only leads back. 409 and the page where that cannot be."""
    found = find_change(request, number)
    if request.method != "POST":
        return _back_to(number)
    try:
        draft = drafts.begin_again(change=found, by=at_browser(request))
    except NotPossible as reason:
        return _not_possible(request, number, reason)
    return HttpResponseRedirect(
        reverse("review", args=[found.cross_connection.service_key, draft.pk]), status=HTTPStatus.SEE_OTHER
    )


def _not_possible(request: PortalRequest, number: int, reason: NotPossible) -> HttpResponse:
    """The page as it is by now, for a worker may have been quicker."""
    return ChangePage(request, find_change(request, number), notice=str(reason)).render(status=HTTPStatus.CONFLICT)


def _back_to(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("change", args=[number]), status=HTTPStatus.SEE_OTHER)
