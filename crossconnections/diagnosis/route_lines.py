"""The routes of both paths as one table by network, and the search in it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from crossconnections.addressing.networks import Network, parse_network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.targets import NoTarget, parse_targets

_NO_NETWORK = 9  # sorts behind both families


class RouteLine(NamedTuple):
    """A route of each path to the same network. ``is_further``: the line above is of that network as well."""

    text: str
    network: Network
    primary: RouteRow | None
    secondary: RouteRow | None
    is_further: bool


def merge_routes(primary: Sequence[RouteRow], secondary: Sequence[RouteRow]) -> Sequence[RouteLine]:
    """Both tables by network; what is no network stands at the end, each by itself, as Azure told them."""
    places = _places(row.network for row in (*primary, *secondary))
    sides = _Side(primary, places), _Side(secondary, places)
    return [line for place in sorted(set(places.values())) for line in _of_network(place, *sides)]


def search_routes(lines: Sequence[RouteLine], text: str) -> Sequence[RouteLine]:
    """Those that ``text`` is about: one or two addresses or networks, an AS number, or a part of a network's text.

    An address is about what covers it or lies in it.
    """
    if not text:
        return lines
    targets = parse_targets(text)
    if isinstance(targets, NoTarget):
        return [line for line in lines if text.casefold() in line.text.casefold() or _passes(line, text)]
    part = text.casefold()
    return [
        line for line in lines if part in line.text.casefold() or any(line.network.overlaps(one) for one in targets)
    ]


def _passes(line: RouteLine, asn: str) -> bool:
    """Whether an AS path of the line goes through that AS."""
    return asn.isdecimal() and any(asn in row.path.split() for row in (line.primary, line.secondary) if row)


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
