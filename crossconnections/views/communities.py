"""The page of BGP communities and route filters."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from crossconnections.models import Catalogue
from crossconnections.presenters.communities import CommunityListing, show_communities
from crossconnections.presenters.route_filters import show_route_filters
from crossconnections.queries.catalogues import OF_COMMUNITIES
from crossconnections.queries.communities import merge_communities, search_communities
from crossconnections.views.lists import Lists
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text, read_texts, wants_fragment
from portal.limits.decorators import limited, person

LISTS = Lists(OF_COMMUNITIES, page="communities", state="catalogues-state", read="read-catalogues")


@needs(Permission.VIEW)
@require_safe
def communities(request: PortalRequest) -> HttpResponse:
    """The page, or for htmx the lists alone."""
    found, now = LISTS.find(request), timezone.now()
    listing = _listing(found.catalogues, request)
    context = {"listing": listing, "cards": show_route_filters(found.catalogues)} | LISTS.troubles(found, now=now)
    if wants_fragment(request):
        return replace_url(render(request, "crossconnections/_catalogues.html", context), _address(request))
    return render(request, "crossconnections/communities.html", context | LISTS.context(request, found))


@needs(Permission.VIEW)
@require_safe
def service_communities(request: PortalRequest) -> HttpResponse:
    """For htmx: one service's communities, opened where they stand."""
    if not wants_fragment(request):
        return redirect(_address(request))
    service = read_text(request.GET, "service")
    groups = _listing(LISTS.find(request).catalogues, request).groups
    group = next((one for one in groups if one.service == service), None)
    return render(request, "crossconnections/_service.html", {"group": group})


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("read-catalogues", most=60, by=person, methods={"POST"})
def read_catalogues(request: PortalRequest) -> HttpResponse:
    """POST asks Azure for what is old, with ``now`` for all; see :meth:`~crossconnections.views.lists.Lists.ask`."""
    return LISTS.ask(request)


@needs(Permission.VIEW)
@require_safe
def catalogues_state(request: PortalRequest) -> HttpResponse:
    """How fresh the page is, polled."""
    return LISTS.tell(request)


def _address(request: PortalRequest) -> str:
    told = {"q": read_text(request.GET, "q"), "service": read_texts(request.GET, "service")}
    query = urlencode({name: value for name, value in told.items() if value}, doseq=True)
    return reverse("communities") + (f"?{query}" if query else "")


def _listing(found: list[Catalogue], request: PortalRequest) -> CommunityListing:
    q = read_text(request.GET, "q")
    matches = search_communities(merge_communities(found), q)
    return show_communities(matches, q=q, opened=read_texts(request.GET, "service"))
