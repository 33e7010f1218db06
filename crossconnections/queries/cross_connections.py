"""The list, its sums and its filters' choices."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet

from crossconnections.filters import Filters
from crossconnections.models import CrossConnection

MOST_ROWS_IN_FIRST_ANSWER = 200


def list_cross_connections(filters: Filters) -> QuerySet[CrossConnection]:
    """The present cross connections of this cloud that match, by location and service key."""
    rows = CrossConnection.objects.filter(subscription__cloud=settings.PORTAL_CLOUD, gone_at=None)
    return filters.narrow(rows).order_by("peering_location", "service_key")


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
    """What a list page shows: the sums, and the rows with their peerings unless there are too many of them."""

    sums: list[LocationSums]
    rows: list[CrossConnection] | None


def browse(filters: Filters) -> Found:
    """What matches, in at most three queries."""
    matching = list_cross_connections(filters)
    sums = sum_by_location(matching)
    if filters.q or filters.location or sum(one.count for one in sums) <= MOST_ROWS_IN_FIRST_ANSWER:
        return Found(sums, list(matching.prefetch_related("peerings")))
    return Found(sums, None)


def list_page(filters: Filters, *, after: str, most: int) -> list[CrossConnection]:
    """What matches in the order of the service keys, from the one after ``after`` on, whole."""
    rows = list_cross_connections(filters).filter(service_key__gt=after).order_by("service_key", "pk")
    return list(rows.select_related("subscription").prefetch_related("peerings")[:most])


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
    rows = list_cross_connections(filters).select_related("subscription").prefetch_related("peerings")
    return rows.iterator(chunk_size=1_000)
