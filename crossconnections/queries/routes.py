"""The routes of both paths as one table by network, and the search in it; both in memory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
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
    """Both tables as one; a count is None where that path's table was not read.

    ``weights`` are those that Azure told, None among them where it told none of a route.
    """

    lines: Sequence[RouteLine]
    primary_count: int | None
    secondary_count: int | None
    weights: frozenset[int | None]


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
        weights=frozenset(row.weight for row in (*(first or ()), *(second or ()))),
    )


def _as_routes(rows: TableRows) -> tuple[RouteRow, ...]:
    return tuple(row for row in unpack(Table.ROUTES, bytes(rows.compressed)) if isinstance(row, RouteRow))


def _lines(first: Sequence[RouteRow], second: Sequence[RouteRow]) -> Sequence[RouteLine]:
    places = _places(row.network for row in (*first, *second))
    sides = _Side(first, places), _Side(second, places)
    return [line for place in sorted(set(places.values())) for line in _of_network(place, *sides)]


class _Side:
    """One path's routes by network. A list for each network would be ten thousand lists with one route in each."""

    def __init__(self, rows: Iterable[RouteRow], places: Mapping[str, Network]) -> None:
        self.first: dict[Network, RouteRow] = {}
        self.further: dict[Network, list[RouteRow]] = {}
        for row in rows:
            place = places[row.network]
            if self.first.setdefault(place, row) is not row:
                self.further.setdefault(place, []).append(row)


def _places(texts: Iterable[str]) -> dict[str, Network]:
    """Where each network stands; what is none stands at the end, each by itself, as Azure told them."""
    places: dict[str, Network] = {}
    for text in texts:
        if text not in places:
            places[text] = parse_network(text) or Network(_NO_NETWORK, len(places), 0)
    return places


def _of_network(network: Network, one: _Side, other: _Side) -> Iterable[RouteLine]:
    primary, secondary = one.first.get(network), other.first.get(network)
    text = (primary or secondary).network  # type: ignore[union-attr] # one of them has it
    yield RouteLine(text, network, primary, secondary, is_further=False)
    for first, second in zip_longest(one.further.get(network, ()), other.further.get(network, ())):
        yield RouteLine(text, network, first, second, is_further=True)
