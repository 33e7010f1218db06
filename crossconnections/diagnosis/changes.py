"""What changed in one path's table between two times."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.as_paths import longer_by, parse_as_path
from crossconnections.diagnosis.network_rows import NetworkRows, rows_by_network
from crossconnections.diagnosis.next_hops import bare_next_hop
from crossconnections.diagnosis.route_lines import merge_routes


class Change(StrEnum):
    """What is different about a network; several may be true at once."""

    ADDED = auto()
    GONE = auto()
    PATH_LONGER = auto()
    PATH_SHORTER = auto()
    OTHER_PATH = auto()
    OTHER_NEXT_HOP = auto()
    OTHER_PREFERENCE = auto()
    OTHER_WEIGHT = auto()


class NetworkChange(NamedTuple):
    """A network that is not as it was, with all its routes then and now."""

    text: str
    network: Network
    kinds: tuple[Change, ...]
    before: tuple[RouteRow, ...]
    after: tuple[RouteRow, ...]


class Changes(NamedTuple):
    """By network; ``counts`` has 0 for what did not happen."""

    networks: tuple[NetworkChange, ...]
    counts: Mapping[Change, int]


def compare_times(before: Sequence[RouteRow], after: Sequence[RouteRow]) -> Changes:
    """Networks whose routes, as a set, are others than before; what is no network is compared by its text."""
    found = [_change(rows) for rows in rows_by_network(merge_routes(before, after))]
    networks = tuple(one for one in found if one.kinds)
    return Changes(networks, Counter(kind for one in networks for kind in one.kinds))


# The next hop first: which path and which weight a next hop has is then compared next hop by next hop.
_FIELDS: Mapping[Change, Callable[[RouteRow], object]] = {
    Change.OTHER_NEXT_HOP: lambda row: bare_next_hop(row.next_hop),
    Change.OTHER_PATH: lambda row: parse_as_path(row.path),
    Change.OTHER_PREFERENCE: lambda row: row.loc_prf,
    Change.OTHER_WEIGHT: lambda row: row.weight,
}


def _change(rows: NetworkRows) -> NetworkChange:
    return NetworkChange(rows.text, rows.network, tuple(_kinds(rows.primary, rows.secondary)), *rows[2:])


def _kinds(before: Sequence[RouteRow], after: Sequence[RouteRow]) -> Sequence[Change]:
    if before == after:
        return ()
    if not (before and after):
        return (Change.ADDED if after else Change.GONE,)
    return [_length_change(before, after) if kind == Change.OTHER_PATH else kind for kind in _fields(before, after)]


def _fields(before: Sequence[RouteRow], after: Sequence[RouteRow]) -> Sequence[Change]:
    """Each field together with those that are as they were, so that a swap between two routes is seen as well."""
    found: list[Change] = []
    same: list[Callable[[RouteRow], object]] = []
    for kind, field in _FIELDS.items():
        parts = [*same, field]
        if {tuple(part(row) for part in parts) for row in before} == {tuple(p(row) for p in parts) for row in after}:
            same = parts
        else:
            found.append(kind)
    return found


def _length_change(before: Sequence[RouteRow], after: Sequence[RouteRow]) -> Change:
    by = longer_by((row.path for row in after), (row.path for row in before))
    if not by:
        return Change.OTHER_PATH
    return Change.PATH_LONGER if by > 0 else Change.PATH_SHORTER
