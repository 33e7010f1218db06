"""The list, its sums and its filters' choices."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Prefetch, QuerySet

from crossconnections.filters import Filters
from crossconnections.models import Attention, CrossConnection
from crossconnections.order import list_order

MOST_ROWS = 200


def list_cross_connections(filters: Filters) -> QuerySet[CrossConnection]:
    """The cross connections of this cloud that match, in the list's order; gone ones only as ``Filters`` says."""
    rows = CrossConnection.objects.filter(subscription__cloud=settings.PORTAL_CLOUD)
    return filters.narrow(rows).order_by(*list_order(filters.sort))


@dataclass(frozen=True, slots=True)
class LocationSums:
    """A peering location with how many cross connections are in which provider provisioning state."""

    peering_location: str
    states: dict[str, int]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.states.values())


def sum_by_location(rows: QuerySet[CrossConnection]) -> list[LocationSums]:
    """Locations by name, each with its sums, in one query."""
    found: dict[str, dict[str, int]] = {}
    counted = rows.order_by("peering_location").values_list("peering_location", "provider_provisioning_state")
    for location, state, count in counted.annotate(count=Count("pk")):
        found.setdefault(location, {})[state] = count
    return [LocationSums(location, states) for location, states in found.items()]


@dataclass(frozen=True, slots=True)
class Found:
    """What a list page shows: the sums of all that matches, and the rows of the groups that are open.

    ``start`` is how many rows of the location were passed over; ``is_lazy`` where groups are opened one by one.
    """

    sums: list[LocationSums]
    rows: list[CrossConnection]
    start: int = 0
    is_lazy: bool = False


def browse(filters: Filters, *, opened: Sequence[str] = (), start: int = 0, most: int = MOST_ROWS) -> Found:
    """What matches, with ``most`` rows of each open group, or of all of them where they are open of themselves.

    That is so when something was searched, a location was chosen, or few match at all; else the groups of the
    locations in ``opened`` are open, at the cost of two queries each.
    """
    matching = list_cross_connections(filters)
    sums = sum_by_location(matching)
    if filters.location:
        return Found(sums, list_rows(matching, start=start, most=most), start)
    if filters.q or sum(one.count for one in sums) <= MOST_ROWS:
        return Found(sums, list_rows(matching, most=most))
    rows = [list_rows(matching.filter(peering_location=location), most=most) for location in opened]
    return Found(sums, [row for group in rows for row in group], is_lazy=True)


def list_rows(matching: QuerySet[CrossConnection], *, start: int = 0, most: int = MOST_ROWS) -> list[CrossConnection]:
    """Some of the rows with what a list shows of each, in three queries."""
    return list(with_all(matching)[start : start + most])


def with_all(rows: QuerySet[CrossConnection]) -> QuerySet[CrossConnection]:
    """With their peerings and with what waits for somebody."""
    waiting = Attention.objects.filter(settled_at=None).order_by("seen_at", "pk")
    return rows.prefetch_related("peerings", Prefetch("attention", waiting))


def list_page(filters: Filters, *, after: str, most: int) -> list[CrossConnection]:
    """What matches in the order of the service keys, from the one after ``after`` on, whole."""
    rows = list_cross_connections(filters).filter(service_key__gt=after).order_by("service_key", "pk")
    return list(with_all(rows.select_related("subscription"))[:most])


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: every value that occurs, with how many cross connections have it."""

    states: dict[str, int]
    bandwidths: dict[int, int]
    subscriptions: dict[str, int]


def list_choices() -> Choices:
    """The choices among all that is mirrored and present, in one query."""
    present = list_cross_connections(Filters()).order_by("subscription__label", "bandwidth_mbps")
    grouped = present.values_list("provider_provisioning_state", "bandwidth_mbps", "subscription__label")
    states: Counter[str] = Counter()
    bandwidths: Counter[int] = Counter()
    subscriptions: Counter[str] = Counter()
    for state, bandwidth_mbps, label, count in grouped.annotate(count=Count("pk")):
        states[state] += count
        bandwidths[bandwidth_mbps or 0] += count
        subscriptions[label] += count
    return Choices(dict(states), dict(sorted(bandwidths.items())), dict(subscriptions))


def stream_all(filters: Filters) -> Iterator[CrossConnection]:
    """All that matches, whole, in the list's order, a thousand rows in memory at a time."""
    rows = with_all(list_cross_connections(filters).select_related("subscription"))
    return rows.iterator(chunk_size=1_000)
