"""The routes of both paths as one table by network, and the search in it; both in memory."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from socket import AF_INET, AF_INET6, inet_pton
from typing import NamedTuple

from crossconnections.arm import RouteRow
from crossconnections.enums import Table
from crossconnections.models import TableRead, TableRows
from crossconnections.tables import unpack

_BITS = {4: 32, 6: 128}
_NO_NETWORK = 9  # sorts behind both families


class Network(NamedTuple):
    """A network in the order of networks: IPv4 first, then by number, the wider one before what lies in it."""

    version: int
    address: int
    length: int

    def overlaps(self, other: "Network") -> bool:
        """Whether one covers the other, or both are the same."""
        if self.version != other.version or self.version not in _BITS:
            return False
        shift = _BITS[self.version] - min(self.length, other.length)
        return self.address >> shift == other.address >> shift


class RouteLine(NamedTuple):
    """A route of each path to the same network. ``is_further``: the line above is of that network as well."""

    text: str
    network: Network
    primary: RouteRow | None
    secondary: RouteRow | None
    is_further: bool


class Routes(NamedTuple):
    """Both tables as one; a count is None where that path's table was not read."""

    lines: Sequence[RouteLine]
    primary_count: int | None
    secondary_count: int | None
    has_weights: bool


class _Kept(NamedTuple):
    """What a read's rows are known by: they never change, and a key that was given anew has another time."""

    key: int
    finished_at: datetime | None


def merge_routes(primary: TableRead | None, secondary: TableRead | None) -> Routes:
    """The routes of one peering, by network; in one query, or none where they were merged a moment ago."""
    return _merged(_kept(primary), _kept(secondary))


def search_routes(lines: Sequence[RouteLine], q: str) -> Sequence[RouteLine]:
    """Those whose network has ``q`` in its text, covers the network that ``q`` names, or lies in it."""
    if not q:
        return lines
    text, meant = q.casefold(), parse_network(q)
    if meant is None:
        return [line for line in lines if text in line.text.casefold()]
    return [line for line in lines if text in line.text.casefold() or line.network.overlaps(meant)]


def parse_network(text: str) -> Network | None:
    """A network or an address as its numbers; None for a text that is neither. Several times as fast as ipaddress."""
    address, slash, length = text.partition("/")
    family, version = (AF_INET6, 6) if ":" in address else (AF_INET, 4)
    try:
        number = int.from_bytes(inet_pton(family, address), "big")
    except (OSError, ValueError):  # no address; a text with a NUL or beyond ASCII
        return None
    if not slash:
        return Network(version, number, _BITS[version])
    is_length = length.isascii() and length.isdecimal() and len(length) <= 3 and int(length) <= _BITS[version]  # noqa: PLR2004 - /128
    return Network(version, number, int(length)) if is_length else None


def _kept(read: TableRead | None) -> _Kept | None:
    return _Kept(read.pk, read.finished_at) if read and read.state == TableRead.State.SUCCEEDED else None


# A page and its searches ask for the same few. Ten thousand routes on both paths take some 8 MB.
@lru_cache(maxsize=4)
def _merged(primary: _Kept | None, secondary: _Kept | None) -> Routes:
    keys = [kept.key for kept in (primary, secondary) if kept]
    rows = {one.read_id: _as_routes(one) for one in TableRows.objects.filter(read__in=keys)} if keys else {}
    first, second = (rows.get(kept.key) if kept else None for kept in (primary, secondary))
    return Routes(
        lines=_lines(first or (), second or ()),
        primary_count=None if first is None else len(first),
        secondary_count=None if second is None else len(second),
        has_weights=any(row.weight for row in (*(first or ()), *(second or ()))),
    )


def _as_routes(rows: TableRows) -> tuple[RouteRow, ...]:
    return tuple(row for row in unpack(Table.ROUTES, bytes(rows.compressed)) if isinstance(row, RouteRow))


def _lines(first: Iterable[RouteRow], second: Iterable[RouteRow]) -> Sequence[RouteLine]:
    found: dict[tuple[Network, str], tuple[list[RouteRow], list[RouteRow]]] = {}
    for side, rows in enumerate((first, second)):
        for row in rows:
            found.setdefault(_place(row.network), ([], []))[side].append(row)
    return [line for place in sorted(found) for line in _of_network(place[0], *found[place])]


def _place(text: str) -> tuple[Network, str]:
    """Where a network stands; one that is none stands at the end, by its text."""
    network = parse_network(text)
    return (network, "") if network else (Network(_NO_NETWORK, 0, 0), text)


def _of_network(network: Network, first: list[RouteRow], second: list[RouteRow]) -> Iterable[RouteLine]:
    text = (first or second)[0].network
    for at in range(max(len(first), len(second))):
        primary = first[at] if at < len(first) else None
        secondary = second[at] if at < len(second) else None
        yield RouteLine(text, network, primary, secondary, is_further=at > 0)
