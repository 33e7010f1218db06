"""The list: groups by peering location, their sums and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from crossconnections.enums import AdvertisedPrefixesState, PeeringState, ProviderProvisioningState
from crossconnections.filters import NONE, Filters
from crossconnections.models import CrossConnection, Peering
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.attention import row_attention
from crossconnections.presenters.paths_cell import PathsCell, show_paths
from crossconnections.presenters.states import (
    GONE,
    Mark,
    bandwidth,
    peering_state,
    provider_state,
    unsettled_provisioning,
    validation_state,
)
from crossconnections.queries import GONE_STATE, MOST_ROWS, Found, LocationSums
from crossconnections.queries.records import find_record
from portal.times import Moment, age

NO_LOCATION = "Peering location not told"
_ORDER = [
    ProviderProvisioningState.PROVISIONED,
    ProviderProvisioningState.PROVISIONING,
    ProviderProvisioningState.NOT_PROVISIONED,
    ProviderProvisioningState.DEPROVISIONING,
    ProviderProvisioningState.DE_PROVISIONED,
    GONE_STATE,
]


@dataclass(frozen=True, slots=True)
class PeeringCell:
    """A peering in a row; ``trouble`` is None while it is fine, for then it is a plain word."""

    name: str
    trouble: Mark | None


@dataclass(frozen=True, slots=True)
class Row:
    """A cross connection in the list."""

    service_key: str
    circuit: str
    customer: str
    state: Mark
    bandwidth: str
    s_tag: int | None
    peerings: tuple[PeeringCell, ...]
    paths: PathsCell | None
    attention: Mark | None
    is_read: bool
    has_failed: bool
    changed: Moment | None


@dataclass(frozen=True, slots=True)
class More:
    """The end of a group that shows its rows by parts; without ``query`` all of them are shown."""

    words: str
    query: str
    shown: int


@dataclass(frozen=True, slots=True)
class Group:
    """A peering location with its sums. Without rows it is closed: a link to them, ``query`` of the list's address.

    ``location`` is a value of the list's filter of that name.

    ``is_continued`` where rows stand before those shown; ``is_lazy`` where the person opened it.
    """

    location: str
    anchor: str
    title: str
    count: int
    sums: tuple[Mark, ...]
    rows: tuple[Row, ...]
    query: str
    more: More | None
    is_continued: bool
    is_lazy: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as a whole."""

    filters: Filters
    groups: tuple[Group, ...]
    words: str
    where: str
    all_locations: str
    any_port: str
    unfiltered: str


def show_listing(*, filters: Filters, found: Found, now: datetime) -> Listing:
    """Groups, those of which rows were found open."""
    by_location: dict[str, list[Row]] = {}
    for row in found.rows:
        by_location.setdefault(row.peering_location.casefold(), []).append(show_row(row, now=now))
    groups = (_group(filters, one, by_location.get(one.peering_location.casefold(), []), found) for one in found.sums)
    return Listing(
        filters,
        tuple(groups),
        words=count_in_words(found.sums),
        where=_where(filters.location),
        all_locations=filters.query(location=""),
        any_port=filters.query(port=""),
        unfiltered=Filters(q=filters.q, location=filters.location, sort=filters.sort).query(),
    )


def count_in_words(sums: Sequence[LocationSums]) -> str:
    """``37 cross connections in 5 locations``."""
    return f"{_many(sum(one.count for one in sums), 'cross connection')} in {_many(len(sums), 'location')}"


def show_row(row: CrossConnection, *, now: datetime) -> Row:
    """A row of the list."""
    peerings, record = in_order(row.peerings.all()), find_record(row)
    return Row(
        service_key=row.service_key,
        circuit=row.circuit_name,
        customer=record.customer if record else "",
        state=GONE if row.gone_at else provider_state(row.provider_provisioning_state),
        bandwidth=bandwidth(row.bandwidth_mbps),
        s_tag=row.s_tag,
        peerings=tuple(_cell(peering) for peering in peerings),
        paths=show_paths(row, peerings, now=now),
        attention=row_attention(row.attention.all(), now=now) or _unread(row),
        is_read=row.read_at is not None,
        has_failed=bool(row.read_error_code) and row.gone_at is None,
        changed=age(row.changed_at, now=now) if row.changed_at else None,
    )


def _unread(row: CrossConnection) -> Mark | None:
    return Mark("Could not be read", "s-warn", "warn") if row.read_error_code and row.gone_at is None else None


def in_order(peerings: Iterable[Peering]) -> list[Peering]:
    """Azure private peering first: it is the one most circuits have."""
    return sorted(peerings, key=lambda peering: peering.peering_type)


def _cell(peering: Peering) -> PeeringCell:
    return PeeringCell(short_peering_name(peering.peering_type), _trouble(peering))


def _trouble(peering: Peering) -> Mark | None:
    if unsettled := unsettled_provisioning(peering.provisioning_state):
        return unsettled
    if peering.state != PeeringState.ENABLED:
        return peering_state(peering.state)
    if peering.advertised_prefixes_state == AdvertisedPrefixesState.VALIDATION_NEEDED:
        return validation_state(peering.advertised_prefixes_state)
    return None


def _group(filters: Filters, sums: LocationSums, rows: Sequence[Row], found: Found) -> Group:
    location = sums.peering_location or NONE
    query = filters.query(location=location)
    return Group(
        location=location,
        # The same at every refresh, whatever comes before it: what a person closed stays closed.
        anchor=f"group-{crc32(location.casefold().encode()):08x}",
        title=sums.peering_location or NO_LOCATION,
        count=sums.count,
        sums=_state_sums(sums.states),
        rows=tuple(rows),
        query=query,
        more=_more(sums.count, found.start + len(rows), query) if rows else None,
        is_continued=found.start > 0,
        is_lazy=location.casefold() in {one.casefold() for one in found.opened},
    )


def _where(location: str) -> str:
    if location == NONE:
        return NO_LOCATION.lower()
    return f"in {location}" if location else ""


def _more(count: int, shown: int, query: str) -> More | None:
    if shown < count:
        words = f"Show {min(count - shown, MOST_ROWS):,} more of {count:,}"
        return More(words, f"{query}&start={shown}", shown)
    return More(f"All {count:,} are shown", "", shown) if shown > MOST_ROWS else None


def _state_sums(states: Mapping[str, int]) -> tuple[Mark, ...]:
    known = [state for state in _ORDER if state in states]
    unknown = sorted(state for state in states if state not in known)
    return tuple(_state_sum(state, states[state]) for state in [*known, *unknown])


def _state_sum(state: str, count: int) -> Mark:
    mark = GONE if state == GONE_STATE else provider_state(state)
    # A word of ours reads on with a small letter; Azure's unknown word stays as it came.
    word = mark.word[0].lower() + mark.word[1:] if state in _ORDER else mark.word
    return Mark(f"{count:,} {word}", mark.glyph, mark.tone)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
