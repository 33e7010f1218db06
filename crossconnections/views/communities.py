"""The page of BGP communities and route filters."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url, trigger_client_event

from crossconnections import queries
from crossconnections.models import Catalogue
from crossconnections.presenters.catalogues import CatalogueState, show_failures, show_state
from crossconnections.presenters.communities import CommunityListing, show_communities
from crossconnections.presenters.route_filters import show_route_filters
from crossconnections.queries.communities import (
    count_catalogues,
    list_catalogues,
    merge_communities,
    search_communities,
)
from crossconnections.services import catalogues
from crossconnections.views.http import sight
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text, read_texts, wants_fragment
from portal.limits.decorators import limited, person


@needs(Permission.VIEW)
@require_safe
def communities(request: PortalRequest) -> HttpResponse:
    """The page, or for htmx the lists alone."""
    found, now = list_catalogues(sight(request)), timezone.now()
    listing = _listing(found, request)
    context = {"listing": listing, "cards": show_route_filters(found), "failures": show_failures(found, now=now)}
    if wants_fragment(request):
        return replace_url(render(request, "crossconnections/_catalogues.html", context), _address(request))
    return render(
        request, "crossconnections/communities.html", context | _state_context(request, _show_state(request, found))
    )


@needs(Permission.VIEW)
@require_safe
def service_communities(request: PortalRequest) -> HttpResponse:
    """For htmx: one service's communities, opened where they stand."""
    if not wants_fragment(request):
        return redirect(_address(request))
    service = read_text(request.GET, "service")
    groups = _listing(list_catalogues(sight(request)), request).groups
    group = next((one for one in groups if one.service == service), None)
    return render(request, "crossconnections/_service.html", {"group": group})


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("read-catalogues", most=60, by=person, methods={"POST"})
def read_catalogues(request: PortalRequest) -> HttpResponse:
    """POST asks Azure for what is old, with ``now`` for all; the page does the former when it is opened.

    GET, which a sign-in in between makes of it, only leads back to the page.
    """
    if request.method == "POST":
        asked = catalogues.request_readings(request.reach, asked_for_now="now" in request.POST)
        if wants_fragment(request):
            # The answer to a page that asked does not make it ask again: whatever is still due, others are at it.
            state = _state(request, _show_state(request, list_catalogues(sight(request))), asks_by_itself=False)
            return state if asked else trigger_client_event(state, "say", {"value": "Read within the last minute"})
    return HttpResponseRedirect(reverse("communities"), status=303)


@needs(Permission.VIEW)
@require_safe
def catalogues_state(request: PortalRequest) -> HttpResponse:
    """How fresh the page is, polled; a page that has not seen the newest reading is told to refresh its lists."""
    if not wants_fragment(request):
        return redirect("communities")
    state = _show_state(request, list_catalogues(sight(request)))
    response = _state(request, state)
    return trigger_client_event(response, "catalogued") if _has_missed(request, state) else response


def _address(request: PortalRequest) -> str:
    told = {"q": read_text(request.GET, "q"), "service": read_texts(request.GET, "service")}
    query = urlencode({name: value for name, value in told.items() if value}, doseq=True)
    return reverse("communities") + (f"?{query}" if query else "")


def _listing(found: list[Catalogue], request: PortalRequest) -> CommunityListing:
    q = read_text(request.GET, "q")
    matches = search_communities(merge_communities(found), q)
    return show_communities(matches, q=q, opened=read_texts(request.GET, "service"))


def _state(request: PortalRequest, state: CatalogueState, *, asks_by_itself: bool = True) -> HttpResponse:
    context = _state_context(request, state, asks_by_itself=asks_by_itself)
    return render(request, "crossconnections/_catalogues_state.html", context)


def _state_context(request: PortalRequest, state: CatalogueState, *, asks_by_itself: bool = True) -> dict[str, Any]:
    may_read = request.access.may(Permission.SYNC)
    return {"state": state, "may_read": may_read, "asks_by_itself": asks_by_itself and state.is_due}


def _show_state(request: PortalRequest, found: list[Catalogue]) -> CatalogueState:
    reach = sight(request)
    expected = count_catalogues(queries.list_subscriptions(reach), reach)
    return show_state(found, expected=expected, now=timezone.now())


def _has_missed(request: PortalRequest, state: CatalogueState) -> bool:
    """Something was read, or what the page waited for has ended, if only in a failure."""
    seen = request.GET.get("seen", "")
    has_ended = "waiting" in request.GET and not state.is_wanted
    return has_ended or (seen.isdecimal() and int(seen[:20]) < state.seen_ms)
