"""Which lines cover a network and which lie in it; ten thousand are searched, not walked.

All lines here are in the order of their networks, as merge_routes makes them.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import attrgetter

from crossconnections.addressing.networks import BITS, Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.route_lines import RouteLine

# The route of a line on the path at hand.
Pick = Callable[[RouteLine], RouteRow | None]
_by_network = attrgetter("network")


def lines_of_family(lines: Sequence[RouteLine], version: int) -> Sequence[RouteLine]:
    """Those of IPv4 or of IPv6."""
    return _between(lines, Network(version, 0, 0), Network(version + 1, 0, 0))


def find_longest(
    target: Network, pick: Pick, family: Sequence[RouteLine]
) -> tuple[Network, tuple[RouteRow, ...]] | tuple[None, tuple[()]]:
    """The longest network that covers all of the target, and the path's routes to it."""
    for length in range(target.length, -1, -1):
        host_bits = BITS[target.version] - length
        network = Network(target.version, target.address >> host_bits << host_bits, length)
        if routes := _routes_to(network, pick, family):
            return network, routes
    return None, ()


def lines_inside(target: Network, family: Sequence[RouteLine]) -> Sequence[RouteLine]:
    """Those longer than the target that lie in it."""
    behind = Network(target.version, _end(target), 0)
    return _between(family, target._replace(length=target.length + 1), behind)


def fills(inside: Sequence[Network], target: Network) -> bool:
    """Whether networks that lie in the target, in their order, leave no address of it out."""
    covered_to = target.address
    for network in inside:
        if network.address > covered_to:
            return False
        covered_to = max(covered_to, _end(network))
    return covered_to == _end(target)


def is_default_route(network: Network, pick: Pick, family: Sequence[RouteLine]) -> bool:
    """All addresses, or one half of them where the path has the other half as well (R40)."""
    if network.length == 1:
        other = network._replace(address=network.address ^ 1 << BITS[network.version] - 1)
        return bool(_routes_to(other, pick, family))
    return network.length == 0


def _routes_to(network: Network, pick: Pick, family: Sequence[RouteLine]) -> tuple[RouteRow, ...]:
    lines = _between(family, network, network._replace(length=network.length + 1))
    return tuple(row for line in lines if (row := pick(line)) is not None)


def _between(lines: Sequence[RouteLine], first: Network, end: Network) -> Sequence[RouteLine]:
    start = bisect_left(lines, first, key=_by_network)
    return lines[start : bisect_left(lines, end, lo=start, key=_by_network)]


def _end(network: Network) -> int:
    """The address behind its last."""
    return network.address + (1 << BITS[network.version] - network.length)
