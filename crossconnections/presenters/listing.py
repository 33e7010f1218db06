"""The list: groups by peering location, their sums and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from crossconnections.enums import AdvertisedPrefixesState, PeeringState, ProviderProvisioningState
from crossconnections.filters import Filters
from crossconnections.models import CrossConnection, Peering
from crossconnections.presenters.states import (
    Mark,
    bandwidth,
    peering_state,
    provider_state,
    short_peering_name,
    unsettled_provisioning,
    validation_state,
)
from crossconnections.presenters.times import Moment, change_age
from crossconnections.queries import LocationSums

_ORDER = [
    ProviderProvisioningState.PROVISIONED,
    ProviderProvisioningState.PROVISIONING,
    ProviderProvisioningState.NOT_PROVISIONED,
    ProviderProvisioningState.DEPROVISIONING,
    ProviderProvisioningState.DE_PROVISIONED,
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
    state: Mark
    bandwidth: str
    s_tag: int | None
    peerings: tuple[PeeringCell, ...]
    is_read: bool
    changed: Moment | None


@dataclass(frozen=True, slots=True)
class Group:
    """A peering location with its sums; without rows it is a link to them."""

    location: str
    anchor: str
    title: str
    count: int
    sums: tuple[Mark, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as a whole."""

    filters: Filters
    groups: tuple[Group, ...]
    is_open: bool
    words: str


def show_listing(
    *, filters: Filters, sums: Sequence[LocationSums], rows: Sequence[CrossConnection] | None, now: datetime
) -> Listing:
    """Groups with their rows; ``rows`` None leaves the groups closed."""
    by_location: dict[str, list[Row]] = {}
    for row in rows or ():
        by_location.setdefault(row.peering_location, []).append(show_row(row, now=now))
    groups = tuple(_group(one, by_location.get(one.peering_location, [])) for one in sums)
    return Listing(filters, groups, rows is not None, count_in_words(sums))


def count_in_words(sums: Sequence[LocationSums]) -> str:
    """``37 cross connections in 5 locations``."""
    return f"{_many(sum(one.count for one in sums), 'cross connection')} in {_many(len(sums), 'location')}"


def show_row(row: CrossConnection, *, now: datetime) -> Row:
    """A row of the list."""
    return Row(
        service_key=row.service_key,
        circuit=row.circuit_name,
        state=provider_state(row.provider_provisioning_state),
        bandwidth=bandwidth(row.bandwidth_mbps),
        s_tag=row.s_tag,
        peerings=tuple(_cell(peering) for peering in in_order(row.peerings.all())),
        is_read=row.read_at is not None,
        changed=change_age(row.changed_at, row.first_seen_at, now=now),
    )


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


def _group(sums: LocationSums, rows: Sequence[Row]) -> Group:
    title = sums.peering_location or "Peering location not told"
    # The same at every refresh, whatever comes before it: what a person closed stays closed.
    anchor = f"group-{crc32(sums.peering_location.encode()):08x}"
    return Group(sums.peering_location, anchor, title, sums.count, _state_sums(sums.states), tuple(rows))


def _state_sums(states: Mapping[str, int]) -> tuple[Mark, ...]:
    known = [state for state in _ORDER if state in states]
    unknown = sorted(state for state in states if state not in known)
    return tuple(_state_sum(state, states[state]) for state in [*known, *unknown])


def _state_sum(state: str, count: int) -> Mark:
    mark = provider_state(state)
    # A word of ours reads on in lower case; Azure's unknown word stays as it came.
    word = mark.word.lower() if state in _ORDER else mark.word
    return Mark(f"{count} {word}", mark.glyph, mark.tone)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
