"""Asking for a sync, and how it goes."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from crossconnections.services import syncs
from crossconnections.views.http import list_address, read_filters, sight
from crossconnections.views.mirror_state import poll_address, read_mirror_state
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("sync-now", most=60, by=person, methods={"POST"})
def sync_now(request: PortalRequest) -> HttpResponse:
    """POST asks for a sync. GET does nothing but lead to the list: a sign-in in between comes back with one."""
    if request.method != "POST":
        return redirect("cross-connections")
    syncs.request_all_syncs(by=at_browser(request))
    if not wants_fragment(request):
        return HttpResponseRedirect(list_address(read_filters(request.POST)), status=303)
    return _say(_freshness(request, is_asked=True), "Sync asked for")


@needs(Permission.VIEW)
@require_safe
def sync_state(request: PortalRequest) -> HttpResponse:
    """The freshness, polled; a page that has not seen the newest end of a sync is told to refresh its list."""
    if not wants_fragment(request):
        return redirect("cross-connections")
    return _freshness(request, is_asked="asked" in request.GET)


def _freshness(request: PortalRequest, *, is_asked: bool) -> HttpResponse:
    freshness = read_mirror_state(sight(request), now=timezone.now()).freshness
    still_asked = is_asked and freshness.is_syncing
    context = {"freshness": freshness, "poll_address": poll_address(freshness, is_asked=still_asked)}
    response = render(request, "crossconnections/_freshness.html", context)
    if _has_missed(request, freshness.finished_ms):
        trigger_client_event(response, "synced")
    return _say(response, freshness.ended) if is_asked and not still_asked else response


def _has_missed(request: PortalRequest, finished_ms: int) -> bool:
    seen = request.GET.get("seen", "")
    return seen.isdecimal() and int(seen[:20]) < finished_ms


def _say(response: HttpResponse, words: str) -> HttpResponse:
    return trigger_client_event(response, "say", {"value": words})
