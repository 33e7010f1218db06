"""The page of port pairs."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from crossconnections.presenters.ports import show_ports
from crossconnections.queries.catalogues import OF_PORTS
from crossconnections.queries.ports import list_ports
from crossconnections.views.http import read_number, sight
from crossconnections.views.lists import Lists
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text, wants_fragment
from portal.limits.decorators import limited, person

LISTS = Lists(OF_PORTS, page="ports", state="ports-state", read="read-ports")
MOST_MBPS = 10_000_000
# What a circuit can be ordered with (ExpressRoute FAQ); Direct has more.
_OFFERED = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


@needs(Permission.VIEW)
@require_safe
def ports(request: PortalRequest) -> HttpResponse:
    """The page, or for htmx the pairs alone; ``location`` narrows it, ``bandwidth`` in Mbps asks for room."""
    found, now = LISTS.find(request), timezone.now()
    location = read_text(request.GET, "location")
    mbps = read_number(request.GET, "bandwidth", most=MOST_MBPS)
    page = show_ports(list_ports(sight(request), found.catalogues), location=location, mbps=mbps)
    context = {"page": page, "bandwidths": _OFFERED} | LISTS.troubles(found, now=now)
    if wants_fragment(request):
        return replace_url(render(request, "crossconnections/_ports.html", context), _address(location, mbps))
    return render(request, "crossconnections/ports.html", context | LISTS.context(request, found))


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("read-ports", most=60, by=person, methods={"POST"})
def read_ports(request: PortalRequest) -> HttpResponse:
    """POST asks Azure for what is old, with ``now`` for all; see :meth:`~crossconnections.views.lists.Lists.ask`."""
    return LISTS.ask(request)


@needs(Permission.VIEW)
@require_safe
def ports_state(request: PortalRequest) -> HttpResponse:
    """How fresh the page is, polled."""
    return LISTS.tell(request)


def _address(location: str, mbps: int) -> str:
    query = urlencode({name: value for name, value in {"location": location, "bandwidth": mbps}.items() if value})
    return reverse("ports") + (f"?{query}" if query else "")
