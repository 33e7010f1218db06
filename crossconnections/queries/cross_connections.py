"""The list, its sums and its filters' choices."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber, Upper

from crossconnections.filters import NONE, NOT_TOLD_MBPS, Filters, in_location
from crossconnections.models import Attention, CrossConnection, Subscription
from crossconnections.order import list_order
from crossconnections.queries.subscriptions import enlisted
from crossconnections.scopes import within
from portal.access.scopes import EVERYWHERE, Reach

MOST_ROWS = 200
MOST_ROWS_OF_GROUPS = 2_000
GONE_STATE = "gone"
# As a list of its own: a manager for each of two hundred rows costs more than what is known of them.
LAST_KNOWN = Prefetch("last_known", to_attr="known_paths")
WAITING = Prefetch("attention", Attention.objects.filter(settled_at=None).order_by("seen_at", "pk"))
_STATE_OR_GONE = Case(When(gone_at__isnull=False, then=Value(GONE_STATE)), default=F("provider_provisioning_state"))


def list_cross_connections(filters: Filters, reach: Reach) -> QuerySet[CrossConnection]:
    """The cross connections within reach that match, in the list's order; gone ones only as ``Filters`` says."""
    # Not by a join: the counts are read from an index that holds the subscription's key alone.
    rows = CrossConnection.objects.filter(within(reach), subscription__in=enlisted())
    return filters.narrow(rows).order_by(*list_order(filters.sort))


@dataclass(frozen=True, slots=True)
class LocationSums:
    """A peering location with how many cross connections are in which provider provisioning state.

    Those that are gone from Azure are in none: they count under ``GONE_STATE``.
    """

    peering_location: str
    states: dict[str, int]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.states.values())


def sum_by_location(rows: QuerySet[CrossConnection], *, has_gone: bool = False) -> list[LocationSums]:
    """Locations by name, each with its sums, in one query; ``has_gone`` where some may be gone from Azure."""
    state = _STATE_OR_GONE if has_gone else F("provider_provisioning_state")
    counted = rows.order_by().values_list("peering_location", state)
    return _sums(counted.annotate(count=Count("*")))


def _sums(counted: Iterable[tuple[str, str, int]]) -> list[LocationSums]:
    """By location, in whichever case Azure spelled it; the most frequent spelling names it, and no name comes last."""
    spellings: dict[str, Counter[str]] = {}
    states: dict[str, Counter[str]] = {}
    for location, state, count in counted:
        key = location.casefold()
        spellings.setdefault(key, Counter())[location] += count
        states.setdefault(key, Counter())[state] += count
    keys = sorted(states, key=lambda key: (not key, key))
    return [LocationSums(spellings[key].most_common(1)[0][0], dict(states[key])) for key in keys]


def list_locations(reach: Reach = EVERYWHERE) -> list[str]:
    """Every peering location that a cross connection within reach is or was in, by name, each in one spelling."""
    rows = CrossConnection.objects.filter(within(reach), subscription__in=enlisted()).exclude(peering_location="")
    names = rows.order_by("peering_location").values_list("peering_location", flat=True).distinct()
    return sorted({name.casefold(): name for name in names}.values(), key=str.casefold)


@dataclass(frozen=True, slots=True)
class Found:
    """What a list page shows: the sums of all that matches, and the rows of the groups that are open.

    ``start`` is how many rows of the location were passed over; ``opened`` are the locations that a person has opened.
    """

    sums: list[LocationSums]
    rows: list[CrossConnection]
    start: int = 0
    opened: Sequence[str] = ()


def browse(
    filters: Filters, reach: Reach, *, opened: Sequence[str] = (), start: int = 0, most: int = MOST_ROWS
) -> Found:
    """What matches, with ``most`` rows of each open group, or of all of them where they are open of themselves.

    That is so when something was searched, a location was chosen, or few match at all; of the others only those whose
    locations are in ``opened``, and so it is where a search finds more than ``most``.
    """
    matching = list_cross_connections(filters, reach)
    if filters.q and not (filters.location and start):
        return _search(filters, matching, opened, most)
    sums = sum_by_location(matching, has_gone=bool(filters.attention))
    if filters.location:
        return Found(sums, list_rows(matching, start=start, most=most), start)
    if sum(one.count for one in sums) <= MOST_ROWS:
        return Found(sums, list_rows(matching, most=most))
    return Found(sums, _rows_of_groups(filters, matching, opened, most), opened=opened)


def _search(filters: Filters, matching: QuerySet[CrossConnection], opened: Sequence[str], most: int) -> Found:
    """A search reads all there is; where few match, their sums need not read it again."""
    rows = list_rows(matching, most=most + 1)
    if len(rows) <= most:
        return Found(_sums(map(_counted, rows)), rows)
    sums = sum_by_location(matching, has_gone=bool(filters.attention))
    places = {location.casefold() for location in opened}
    others = [row for row in rows[:most] if (row.peering_location or NONE).casefold() not in places]
    return Found(sums, [*others, *_rows_of_groups(filters, matching, opened, most)], opened=opened)


def find_only(filters: Filters, reach: Reach) -> str:
    """The service key of the only one that matches; "" where none or more do."""
    keys = list(list_cross_connections(filters, reach).values_list("service_key", flat=True)[:2])
    return keys[0] if len(keys) == 1 else ""


def list_rows(matching: QuerySet[CrossConnection], *, start: int = 0, most: int = MOST_ROWS) -> list[CrossConnection]:
    """Some of the rows with what a list shows of each, in five queries.

    Which they are is found first, for that needs no more than an index.
    """
    return _whole(list(matching.values_list("pk", flat=True)[start : start + most]))


def _rows_of_groups(
    filters: Filters, matching: QuerySet[CrossConnection], opened: Sequence[str], most: int
) -> list[CrossConnection]:
    """The first of each group, in as many queries as for one; of very many groups, the last are cut short."""
    if not opened:
        return []
    place = Window(RowNumber(), partition_by=Upper("peering_location"), order_by=list_order(filters.sort))
    chosen = matching.filter(reduce(or_, map(in_location, opened))).annotate(place=place)
    return _whole(list(chosen.filter(place__lte=most).values_list("pk", flat=True)[:MOST_ROWS_OF_GROUPS]))


def _whole(keys: Sequence[int]) -> list[CrossConnection]:
    rows = with_all(CrossConnection.objects.all()).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _counted(row: CrossConnection) -> tuple[str, str, int]:
    return row.peering_location, GONE_STATE if row.gone_at else row.provider_provisioning_state, 1


def with_all(rows: QuerySet[CrossConnection]) -> QuerySet[CrossConnection]:
    """With their peerings, the customer's record, what waits for somebody, and what was last known of their paths."""
    found = rows.select_related("record")
    return found.prefetch_related("peerings", WAITING, LAST_KNOWN)  # type: ignore[no-redef] # the model names it


def list_page(filters: Filters, reach: Reach, *, after: tuple[str, int], most: int) -> list[CrossConnection]:
    """What matches in the order of the service keys, whole, from the one after the key and primary key ``after`` on.

    The same key can stand in two subscriptions.
    """
    service_key, pk = after
    follows = Q(service_key__gt=service_key) | Q(service_key=service_key, pk__gt=pk)
    rows = list_cross_connections(filters, reach).filter(follows).order_by("service_key", "pk")
    return list(with_all(rows.select_related("subscription"))[:most])


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: every value that occurs, with how many cross connections have it."""

    states: dict[str, int]
    bandwidths: dict[int, int]
    subscriptions: dict[str, int]


def list_choices(subscriptions: Sequence[Subscription], reach: Reach) -> Choices:
    """The choices among all that is mirrored, present and within reach, in one query; labels are those of these."""
    labels = {subscription.pk: subscription.label for subscription in subscriptions}
    present = list_cross_connections(Filters(), reach).order_by()
    grouped = present.values_list("provider_provisioning_state", "bandwidth_mbps", "subscription")
    states: Counter[str] = Counter()
    bandwidths: Counter[int] = Counter()
    found: Counter[str] = Counter()
    for state, bandwidth_mbps, subscription, count in grouped.annotate(count=Count("*")):
        states[state] += count
        bandwidths[bandwidth_mbps or NOT_TOLD_MBPS] += count
        found[labels.get(subscription, "")] += count
    return Choices(dict(states), dict(sorted(bandwidths.items())), dict(sorted(found.items())))
