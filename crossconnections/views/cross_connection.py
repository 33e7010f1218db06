"""The page of one cross connection."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reselect, reswap, retarget, trigger_client_event

from crossconnections import queries
from crossconnections.deeds import CROSS_CONNECTION
from crossconnections.models import CrossConnection, Workflow
from crossconnections.policies import reason_not_to_ask
from crossconnections.presenters.attention import show_calls
from crossconnections.presenters.calls import show_calls_to_azure
from crossconnections.presenters.detail import page_version, show_detail
from crossconnections.presenters.last_known import show_sessions
from crossconnections.presenters.path import show_path
from crossconnections.presenters.raw import show_document
from crossconnections.presenters.records import show_record
from crossconnections.presenters.tables.readings import list_readings
from crossconnections.presenters.timeline import show_going_on, show_timeline
from crossconnections.queries.changes import list_changes_of
from crossconnections.queries.last_good import list_overwritten
from crossconnections.queries.snapshots import list_snapshots
from crossconnections.scopes import place_of
from crossconnections.services import attention
from crossconnections.services.refreshes import is_fresh, request_refresh
from crossconnections.views.http import find_or_refuse, read_moment, sight
from crossconnections.views.workflow_line import find_line
from portal.access.permissions import Permission, needs
from portal.activity.presenters import show_events
from portal.activity.queries import list_activity_of
from portal.actors import at_browser
from portal.http import PortalRequest, read_text, wants_fragment
from portal.limits.decorators import limited, person

_MOVED_ON = "Azure shows more by now than when you opened this page: see below. Nothing was ended."


@needs(Permission.VIEW)
@require_safe
def cross_connection(request: PortalRequest, service_key: str) -> HttpResponse:
    """Facts and peerings; the page of one that is gone in Azure stays and says so.

    An open page asks for its freshness alone, with the version that it shows: if there is another by now, it gets all.
    """
    page = _Page(request, find_or_refuse(request, service_key))
    if wants_fragment(request) and request.GET.get("seen", page.version) != page.version:
        return trigger_client_event(_in_whole(page.render()), "say", {"value": "It has changed just now"})
    return page.render()


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("refresh", most=60, by=person, methods={"POST"})
def refresh_cross_connection(request: PortalRequest, service_key: str) -> HttpResponse:
    """POST asks Azure for this one; the page does so by itself when it is opened.

    GET, which a sign-in in between makes of it, only leads back to the page. ``back`` is the kind of work whose page
    asked.
    """
    row = find_or_refuse(request, service_key)
    reason = request_refresh(row) if request.method == "POST" else None
    if wants_fragment(request):
        page = _Page(request, find_or_refuse(request, service_key)).render()
        return trigger_client_event(page, "say", {"value": reason}) if reason else page
    if (kind := request.POST.get("back", "")) in Workflow.Kind:
        return HttpResponseRedirect(reverse("workflow", args=[row.service_key, kind]), status=303)
    if reason:
        return _Page(request, row, notice=reason).render()
    return HttpResponseRedirect(reverse("cross-connection", args=[row.service_key]), status=303)


@needs(Permission.SETTLE)
@require_http_methods(["GET", "HEAD", "POST"])
def settle_attention(request: PortalRequest, service_key: str) -> HttpResponse:
    """POST says that what happened, by its ``kind``, is dealt with; GET only leads back to the page.

    409 and the page where it has become more since ``as_of``, when the person was told.
    """
    row = find_or_refuse(request, service_key)
    if request.method == "POST":
        kind, as_of = read_text(request.POST, "kind"), read_moment(request.POST, "as_of")
        if not attention.settle(row=row, kind=kind, by=at_browser(request), as_of=as_of):
            waiting = queries.attention_of(row, sight(request)).filter(kind=kind)
            if waiting.exists():
                return _Page(request, row, notice=_MOVED_ON).render(status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("cross-connection", args=[row.service_key]), status=303)


class _Page:
    """The page of one; ``notice`` says what a person has to know before they read on."""

    def __init__(self, request: PortalRequest, row: CrossConnection, *, notice: str = "") -> None:
        self._request, self._row, self._notice = request, row, notice
        queries.load_last_known(row)
        self._waiting = list(queries.attention_of(row, sight(request)))
        self._changes = list_changes_of(row)
        self.version = page_version(row, self._waiting, self._changes)

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        return render(self._request, "crossconnections/cross_connection.html", self._context(), status=status)

    def _context(self) -> dict[str, Any]:
        row, now, place = self._row, timezone.now(), place_of(self._row)
        access, not_asked = self._request.access, reason_not_to_ask(row.subscription)
        is_asked = row.gone_at is None and not_asked is None
        return {
            "detail": show_detail(
                row,
                queries.find_latest_sync(row.subscription, sight(self._request)),
                self._waiting,
                now=now,
                overwritten={kind: one.change for kind, one in list_overwritten(row).items()},
            ),
            "version": self.version,
            "record": show_record(row, now=now),
            "may_keep": access.may(Permission.KEEP_RECORDS, at=place),
            "notice": self._notice,
            "path": show_path(row, show_sessions(row, now=now)),
            "history": show_timeline(queries.list_history(row), self._changes, now=now),
            "has_changes": bool(self._changes),
            "going_on": show_going_on(self._changes, now=now),
            "calls": show_calls_to_azure(queries.list_calls(row), row, now=now),
            "document": show_document(row),
            "activity": show_events(list_activity_of(CROSS_CONNECTION, row.service_key), now=now),
            "activity_address": self._activity_address(),
            "attention": show_calls(self._waiting, row, now=now),
            "not_asked": not_asked,
            "may_refresh": access.may(Permission.SYNC, at=place) and is_asked,
            # Once, when it is opened: a part that asks by itself would ask as often as it comes.
            "asks_by_itself": not wants_fragment(self._request) and self._is_to_be_read(),
            "reading": next(iter(list_readings(list_snapshots(row, most=1), now=now)), None),
            "may_read": access.may(Permission.READ_TABLES, at=place) and is_asked,
            "may_change": access.may(Permission.CHANGE, at=place) and is_asked,
            "work_line": find_line(self._request, row),
            "may_settle": access.may(Permission.SETTLE, at=place),
        }

    def _activity_address(self) -> str:
        if not self._request.access.may(Permission.SEE_ACTIVITY):
            return ""
        return f"{reverse('activity')}?{urlencode({'object': f'{CROSS_CONNECTION}:{self._row.service_key}'})}"

    def _is_to_be_read(self) -> bool:
        return not self._row.read_error_code and not is_fresh(self._row)


def _in_whole(response: HttpResponse) -> HttpResponse:
    return retarget(reselect(reswap(response, "outerHTML"), "#detail"), "#detail")
