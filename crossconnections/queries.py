"""The read side: a handful of indexed queries for each page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from crossconnections.filters import Filters
from crossconnections.models import CrossConnection, Observation, Subscription, SyncRun
from portal.health.checks import Level

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


def get_cross_connection(service_key: str) -> CrossConnection:
    """One cross connection with its subscription and peerings, gone ones too.

    Raises:
        CrossConnection.DoesNotExist: there is none by that service key.
    """
    key = service_key.lower().replace("\0", "")  # no database takes it
    rows = CrossConnection.objects.filter(subscription__cloud=settings.PORTAL_CLOUD, service_key=key)
    # The same key can stand in two subscriptions only after a move between them: the present row counts.
    row = rows.select_related("subscription").prefetch_related("peerings").order_by("-gone_at", "-pk")
    present = [found for found in row if found.gone_at is None] or list(row)
    if not present:
        raise CrossConnection.DoesNotExist
    return present[0]


def list_history(row: CrossConnection, *, most: int = 20) -> list[Observation]:
    """What was seen to change of a cross connection, the newest first."""
    return list(row.observations.order_by("-seen_at", "pk")[:most])


def list_subscriptions() -> list[Subscription]:
    """The enlisted subscriptions of this cloud, by label."""
    return list(Subscription.objects.filter(cloud=settings.PORTAL_CLOUD).order_by("label"))


def list_latest_syncs() -> list[SyncRun]:
    """The newest sync of each enlisted subscription."""
    newest = SyncRun.objects.filter(subscription=OuterRef("pk")).order_by("-asked_at", "-pk").values("pk")[:1]
    subscriptions = Subscription.objects.filter(cloud=settings.PORTAL_CLOUD)
    latest = subscriptions.annotate(latest=Subquery(newest)).values("latest")
    return list(SyncRun.objects.filter(pk__in=latest).select_related("subscription").order_by("subscription__label"))


def sync_level() -> Level:
    """For ``/readyz``: ``ok`` while every subscription was synced within three periods or 15 minutes."""
    oldest = _oldest(subscription.last_synced_at for subscription in list_subscriptions())
    limit = max(timedelta(seconds=3 * settings.PORTAL_SYNC_SECONDS), timedelta(minutes=15))
    if oldest is None:
        return "ok"
    if oldest == timedelta.max:
        return "down"
    return "ok" if oldest <= limit else "degraded"


def _oldest(moments: Iterable[object]) -> timedelta | None:
    now = timezone.now()
    ages = [now - moment if moment else timedelta.max for moment in moments]  # type: ignore[operator]
    return max(ages, default=None)
