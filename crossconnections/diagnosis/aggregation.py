"""Which networks an edge could announce as fewer, without one address going another way."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from crossconnections.addressing.networks import BITS, Network, parse_network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.as_paths import AsPath, parse_as_path
from crossconnections.diagnosis.nesting import find_holders
from crossconnections.diagnosis.next_hops import bare_next_hop
from crossconnections.diagnosis.sides import Side, side_of

# Shorter ones are the default route or a half of it: Azure treats it in its own way, so it stands in for nothing here.
_SHORTEST = 2
# The routes to a network, as a set: what two networks must have in common to become one.
_Ways = frozenset[tuple[AsPath, str]]


class Aggregate(NamedTuple):
    """``network`` is exactly the sum of those that it ``replaces``."""

    network: Network
    replaces: tuple[Network, ...]

    @property
    def saves(self) -> int:
        """How many networks fewer."""
        return len(self.replaces) - 1


class Covered(NamedTuple):
    """A network that goes the way of the next wider one, ``by``, anyway; it may be there for traffic engineering."""

    network: Network
    by: Network


class Savings(NamedTuple):
    """The aggregates, the biggest saving first, and apart from them what is already covered, by network."""

    aggregates: tuple[Aggregate, ...]
    covered: tuple[Covered, ...]

    @property
    def saved_by_aggregates(self) -> int:
        """How many networks fewer, if all aggregates are announced."""
        return sum(one.saves for one in self.aggregates)

    @property
    def saved(self) -> int:
        """How many fewer, if what is covered goes as well."""
        return self.saved_by_aggregates + len(self.covered)


def find_savings(rows: Iterable[RouteRow]) -> Savings:
    """Of what one path received from the edge; VNets and texts that are no network are left out.

    As ipaddress.collapse_addresses, but only networks with the same AS paths and next hops become one, and none where
    a network with another path lies between or is the aggregate itself.
    """
    ways = _ways_by_network(rows)
    covered = _covered(ways)
    within = {one.network for one in covered}
    aggregates = _merged({network: way for network, way in ways.items() if network not in within}, ways.keys())
    return Savings(tuple(sorted(aggregates, key=lambda one: (-one.saves, one.network))), tuple(covered))


def _ways_by_network(rows: Iterable[RouteRow]) -> Mapping[Network, _Ways]:
    found: dict[Network, _Ways] = {}
    for row in rows:
        network = parse_network(row.network)
        if network is not None and side_of(row.path) is not Side.AZURE:
            way = frozenset({(parse_as_path(row.path), bare_next_hop(row.next_hop))})
            found[network] = found[network] | way if network in found else way
    return found


def _covered(ways: Mapping[Network, _Ways]) -> Sequence[Covered]:
    wide = [network for network in ways if network.length >= _SHORTEST]
    around = ((network, holders) for network, holders in find_holders(wide, wide).items() if len(holders) > 1)
    return [Covered(network, holders[-2]) for network, holders in around if ways[network] == ways[holders[-2]]]


# Of a network: its routes, and which of the received networks it is the sum of.
_Part = tuple[_Ways, tuple[Network, ...]]


def _merged(ways: Mapping[Network, _Ways], taken: Set[Network]) -> Iterable[Aggregate]:
    """Siblings become one, from the longest to the shortest; ``taken`` is announced already, by another path."""
    parts: dict[Network, _Part] = {network: (way, (network,)) for network, way in ways.items()}
    by_length: dict[int, list[Network]] = {}
    for network in parts:
        by_length.setdefault(network.length, []).append(network)
    for length in range(max(by_length, default=0), _SHORTEST, -1):
        for network in by_length.get(length, ()):
            if (parent := _join(network, parts, taken)) is not None:
                by_length.setdefault(length - 1, []).append(parent)
    return [Aggregate(network, replaces) for network, (_, replaces) in parts.items() if len(replaces) > 1]


def _join(lower: Network, parts: dict[Network, _Part], taken: Set[Network]) -> Network | None:
    """The parent in place of this network and its upper sibling, if there is one that goes the same way."""
    size = 1 << BITS[lower.version] - lower.length
    upper, parent = lower._replace(address=lower.address | size), lower._replace(length=lower.length - 1)
    if lower.address & size or parent in taken or upper not in parts or parts[upper][0] != parts[lower][0]:
        return None
    (way, first), (_, second) = parts.pop(lower), parts.pop(upper)
    parts[parent] = (way, first + second)
    return parent
