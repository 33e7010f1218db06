"""A cross connection on watch: begun, looked at and ended."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crossconnections.models import CrossConnection, Watch
from crossconnections.queries.watches import find_latest_watch, get_watch
from crossconnections.services import watches
from crossconnections.services.snapshots import NotPossible
from crossconnections.views.http import find_or_refuse, read_number
from crossconnections.views.watch_page import WatchPage
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person

_LARGEST_KEY = 2**31 - 1


@needs(Permission.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("watch", most=30, by=person, methods={"POST"})
def watch(request: PortalRequest, service_key: str) -> HttpResponse:
    """The timeline of the latest watch, or of the one that ``watch`` names; for htmx what has changed.

    POST puts the cross connection on watch, which takes the role Operator, and leads back to troubleshooting; 409 and
    the page where there is nothing to watch.
    """
    row = find_or_refuse(request, service_key)
    if request.method == "POST":
        try:
            watches.begin(row=row, by=at_browser(request))
        except NotPossible as reason:
            page = WatchPage(request, row, find_latest_watch(row), notice=str(reason))
            return page.render(status=HTTPStatus.CONFLICT)
        return HttpResponseRedirect(reverse("troubleshooting", args=[row.service_key]), status=HTTPStatus.SEE_OTHER)
    page = WatchPage(request, row, _find(request, row))
    return page.render_news() if wants_fragment(request) and page.watch else page.render()


@needs(Permission.WATCH)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("watch", most=30, by=person, methods={"POST"})
def end_watch(request: PortalRequest, service_key: str) -> HttpResponse:
    """POST ends it and leads to its timeline; GET only leads there. 409 and the page where none is open."""
    row = find_or_refuse(request, service_key)
    if request.method == "POST":
        latest = find_latest_watch(row)
        try:
            watches.end(watch=_existing(latest), by=at_browser(request))
        except NotPossible as reason:
            return WatchPage(request, row, latest, notice=str(reason)).render(status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("watch", args=[row.service_key]), status=HTTPStatus.SEE_OTHER)


def _find(request: PortalRequest, row: CrossConnection) -> Watch | None:
    key = read_number(request.GET, "watch", most=_LARGEST_KEY)
    try:
        return get_watch(row, key) if key else find_latest_watch(row)
    except Watch.DoesNotExist as error:
        raise Http404 from error


def _existing(latest: Watch | None) -> Watch:
    if latest is None:
        raise Http404
    return latest
