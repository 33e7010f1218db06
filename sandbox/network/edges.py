"""The networks behind a customer's edge, with AS paths: the same on both paths, for ever the same.

They are made when they are asked for, and forgotten soon after: ten thousand take a tenth of a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from random import Random

from sandbox.estate.chance import chance_of
from sandbox.network.as_paths import internet_path, own_path, site_path
from sandbox.network.networks import Network
from sandbox.network.spaces import COMPANY, INTERNET

# A network and its AS path.
Announcement = tuple[str, str]
# How many bits longer more specific networks get: a /24 is then used up to its last address.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """Whatever the announcements of an address family depend on."""

    service_key: str
    peering_name: str
    version: int
    peer_asn: int
    customer_asn: int
    advertised: tuple[Network, ...]
    forbidden: tuple[Network, ...]

    def may_announce(self, network: Network) -> bool:
        """Whether it is clear of what would be a fault of its own."""
        return not any(network.overlaps(one) for one in self.forbidden)


@lru_cache(maxsize=4)
def first_announcements(edge: Edge, count: int) -> tuple[Announcement, ...]:
    """So many of them, as a router sorts them; fewer are always some of those that more would be."""
    chance = chance_of("routes", edge.service_key, edge.peering_name, edge.version)
    found = islice(_without_repetitions(_endless(edge, chance), edge), count)
    return tuple((str(network), path) for network, path in sorted(found))


def _without_repetitions(found: Iterator[tuple[Network, str]], edge: Edge) -> Iterator[tuple[Network, str]]:
    seen: set[Network] = set()
    for network, path in found:
        if network not in seen and (network in edge.advertised or edge.may_announce(network)):
            seen.add(network)
            yield network, path


def _endless(edge: Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    if edge.peering_name == "AzurePrivatePeering":
        yield from _company(edge, chance)
    yield from _advertised(edge, chance)
    yield from _internet(edge, chance)


def _company(edge: Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    spaces, weights = zip(*COMPANY[edge.version], strict=True)
    while True:
        [space] = chance.choices(spaces, weights)
        path = (internet_path if space.is_internet else site_path)(edge.peer_asn, chance)
        for network in space.networks(space.block(chance), chance):
            yield network, path


def _advertised(edge: Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    """The advertised prefixes themselves, and then more specific ones, the larger first."""
    found = (
        one for deeper in range(_DEEPEST + 1) for prefix in edge.advertised for one in _parts(prefix, deeper, chance)
    )
    for network in found:
        yield network, own_path(edge.peer_asn, edge.customer_asn, chance)


def _parts(prefix: Network, deeper: int, chance: Random) -> list[Network]:
    """The prefix in equal parts that are so many bits longer, as far as an address is long, in no order."""
    length = min(prefix.length + deeper, prefix.bits)
    numbers = list(range(1 << (length - prefix.length)))
    chance.shuffle(numbers)
    return [prefix.inside(length, number) for number in numbers]


def _internet(edge: Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    """What is left to announce where the advertised prefixes are used up, or nobody has named any."""
    space = INTERNET[edge.version]
    while True:
        path = internet_path(edge.peer_asn, chance)
        for network in space.networks(space.block(chance), chance):
            yield network, path
