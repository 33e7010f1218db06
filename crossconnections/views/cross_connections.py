"""The list of cross connections."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from crossconnections import queries
from crossconnections.filters import Filters
from crossconnections.models import CrossConnection
from crossconnections.presenters.emptiness import Emptiness, show_emptiness
from crossconnections.presenters.listing import show_listing
from crossconnections.presenters.menus import show_menus
from crossconnections.views.http import PortalRequest, filter_values, list_address, read_filters, wants_fragment
from crossconnections.views.mirror_state import MirrorState, poll_address, read_mirror_state
from portal.access.permissions import Permission, may, needs


@needs(Permission.VIEW)
@require_safe
def cross_connections(request: PortalRequest) -> HttpResponse:
    """The page, or for htmx the list alone. Enter in the search field opens what was named in full."""
    filters = read_filters(request.GET)
    if "open" in request.GET:
        return redirect(_address_of(filters.q) or list_address(filters))
    context = _context(filters) | {"may_sync": may(request.user, Permission.SYNC)}
    if wants_fragment(request):
        return replace_url(render(request, "crossconnections/_results.html", context), list_address(filters))
    return render(request, "crossconnections/cross_connections.html", context)


def _address_of(service_key: str) -> str:
    try:
        row = queries.get_cross_connection(service_key)
    except CrossConnection.DoesNotExist:
        return ""
    return reverse("cross-connection", args=[row.service_key])


def _context(filters: Filters) -> dict[str, Any]:
    now = timezone.now()
    query = urlencode(filter_values(filters))
    found, state = queries.browse(filters), read_mirror_state(now=now)
    return {
        "listing": show_listing(filters=filters, sums=found.sums, rows=found.rows, now=now),
        "empty": None if found.sums else _emptiness(filters, state),
        "menus": show_menus(filters, queries.list_choices()),
        "has_choices": filters.has_choices,
        "kept": filter_values(filters),
        "export_address": reverse("cross-connections-csv") + (f"?{query}" if query else ""),
        "failed": state.failed,
        "freshness": state.freshness,
        "poll_address": poll_address(state.freshness),
        "is_enlisted": bool(state.subscriptions),
    }


def _emptiness(filters: Filters, state: MirrorState) -> Emptiness:
    everything = queries.sum_by_location(queries.list_cross_connections(Filters()))
    return show_emptiness(
        filters=filters,
        subscriptions=state.subscriptions,
        is_syncing=state.freshness.is_syncing,
        everything=everything,
    )
