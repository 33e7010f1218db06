"""The latest reading of a cross connection's tables, and asking for the next one."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crossconnections.models import CrossConnection
from crossconnections.queries.snapshots import find_latest_snapshot, find_newest
from crossconnections.services.refreshes import request_refresh
from crossconnections.services.snapshots import NotPossible, request_snapshot
from crossconnections.views.http import find_or_refuse
from crossconnections.views.tables_page import EmptyPage, ReadingPage
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person

_ASKED_WHETHER_STILL_SO = "Azure is being asked whether that is still so: press again in a few seconds."


@needs(Permission.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("tables", most=30, by=person, methods={"POST"})
def troubleshooting(request: PortalRequest, service_key: str) -> HttpResponse:
    """The latest reading, one that is under way too; POST asks for the next, which takes the role Support.

    409 and the same page where there is nothing to read; Azure is asked whether that is still so, since the customer on
    the phone may have set up a peering a moment ago.
    """
    row = find_or_refuse(request, service_key)
    if request.method != "POST":
        return _page(request, row).render()
    before = find_newest(row)
    try:
        snapshot = request_snapshot(row=row, by=at_browser(request))
    except NotPossible as reason:
        notice = str(reason) if request_refresh(row) else f"{reason} {_ASKED_WHETHER_STILL_SO}"
        return _page(request, row, notice=notice).render(status=HTTPStatus.CONFLICT)
    address = reverse("snapshot", args=[row.service_key, snapshot.number])
    is_shared = before is not None and before.pk == snapshot.pk
    return HttpResponseRedirect(f"{address}?shared=1" if is_shared else address, status=HTTPStatus.SEE_OTHER)


def _page(request: PortalRequest, row: CrossConnection, *, notice: str = "") -> EmptyPage:
    latest = find_latest_snapshot(row)
    if latest is None:
        return EmptyPage(request, row, notice=notice)
    return ReadingPage(request, row, latest, is_latest=True, notice=notice)
