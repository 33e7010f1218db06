"""The list of cross connections."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from crossconnections import queries
from crossconnections.filters import Filters
from crossconnections.models import CrossConnection
from crossconnections.presenters.attention import show_attention, show_choice
from crossconnections.presenters.emptiness import Emptiness, show_emptiness
from crossconnections.presenters.heads import show_heads
from crossconnections.presenters.listing import show_listing
from crossconnections.presenters.menus import show_menus
from crossconnections.queries import MOST_ROWS
from crossconnections.queries.jump import find_gone
from crossconnections.views.http import list_address, read_filters, read_largest_number, read_number
from crossconnections.views.mirror_state import MirrorState, poll_address, read_mirror_state
from portal.access.permissions import Permission, needs
from portal.access.presenters import places_in_words
from portal.access.scopes import Reach
from portal.http import PortalRequest, read_texts, wants_fragment

MOST_OPENED = 50
MOST_SHOWN = 1_000
LAST_START = 100_000


@needs(Permission.VIEW)
@require_safe
def cross_connections(request: PortalRequest) -> HttpResponse:
    """The page, or for htmx the list alone.

    Enter in the search field (``open``) opens what was named in full, in the palette (``open=only``) a location that is
    called so and what is the only one to be found.
    """
    filters = read_filters(request.GET)
    if opens := request.GET.get("open"):
        meant = _address_of_what_is_meant(filters, request.reach) if opens == "only" and filters.q else ""
        return redirect(_address_of(filters.q, request.reach) or meant or list_address(filters))
    context = _context(request, filters) | {"may_sync": request.access.may(Permission.SYNC)}
    if wants_fragment(request):
        return replace_url(render(request, "crossconnections/_results.html", context), list_address(filters))
    return render(request, "crossconnections/cross_connections.html", context)


@needs(Permission.VIEW)
@require_safe
def location_rows(request: PortalRequest) -> HttpResponse:
    """For htmx: one group, opened where it stands, or with ``start`` the rows that follow those shown."""
    filters = read_filters(request.GET)
    start = read_number(request.GET, "start", most=LAST_START)
    if not (wants_fragment(request) and filters.location):
        return redirect(list_address(filters))
    found = queries.browse(filters, request.reach, start=start)
    listing = show_listing(filters=filters, found=found, now=timezone.now())
    name = "crossconnections/_more_rows.html" if start else "crossconnections/_opened_group.html"
    return render(request, name, {"group": next(iter(listing.groups), None), "heads": show_heads(filters)})


def _address_of_what_is_meant(filters: Filters, reach: Reach) -> str:
    """A location that is called so, or the only cross connection that is found."""
    located = Filters(location=filters.q)
    if queries.list_cross_connections(located, reach).exists():
        return list_address(located)
    return _address_of(queries.find_only(filters, reach), reach)


def _address_of(service_key: str, reach: Reach) -> str:
    if not service_key:
        return ""
    try:
        row = queries.get_cross_connection(service_key, reach)
    except CrossConnection.DoesNotExist:
        return ""
    return reverse("cross-connection", args=[row.service_key])


def _context(request: PortalRequest, filters: Filters) -> dict[str, Any]:
    reach, now = request.reach, timezone.now()
    state = read_mirror_state(reach, now=now)
    found = queries.browse(
        filters,
        reach,
        opened=read_texts(request.GET, "opened")[:MOST_OPENED],
        start=read_number(request.GET, "start", most=LAST_START),
        # A list that refreshes itself keeps the rows that a person has asked for.
        most=max(MOST_ROWS, read_largest_number(request.GET, "shown", most=MOST_SHOWN)),
    )
    return {
        "listing": show_listing(filters=filters, found=found, now=now),
        "heads": show_heads(filters),
        "empty": None if found.sums else _emptiness(request, filters, state),
        "attention": show_attention(queries.sum_attention(reach), filters, now=now),
        "attention_choice": show_choice(filters),
        "menus": show_menus(filters, queries.list_choices(state.subscriptions, reach)),
        "has_choices": filters.has_choices,
        "kept": filters.fields(),
        "export_address": reverse("cross-connections-csv") + filters.query(),
        "records_address": _records_address(request, filters),
        "failed": state.failed,
        "paused": state.paused,
        "freshness": state.freshness,
        "poll_address": poll_address(state.freshness),
        "is_enlisted": any(one.is_active for one in state.subscriptions),
        "places": places_in_words(request.access.places),
    }


def _records_address(request: PortalRequest, filters: Filters) -> str:
    may_keep = request.access.may(Permission.KEEP_RECORDS)
    return reverse("import-records") + filters.query() if may_keep else ""


def _emptiness(request: PortalRequest, filters: Filters, state: MirrorState) -> Emptiness:
    everything = queries.sum_by_location(queries.list_cross_connections(Filters(), request.reach))
    return show_emptiness(
        filters=filters,
        subscriptions=state.subscriptions,
        is_syncing=state.freshness.is_syncing,
        everything=everything,
        gone=find_gone(filters.q, request.reach),
        places=request.access.places,
    )
