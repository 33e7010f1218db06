"""What the customer's edge announces: networks with AS paths, the same on both paths, for ever the same.

They are made when they are asked for, and forgotten soon after: ten thousand take a tenth of a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from random import Random

from sandbox.estate.chance import chance_of
from sandbox.estate.documents import Document
from sandbox.network.as_paths import internet_path, own_path, site_path
from sandbox.network.legs import Leg
from sandbox.network.links import Link, links_of_circuit
from sandbox.network.networks import Network
from sandbox.network.spaces import COMPANY, INTERNET
from sandbox.network.vnets import vnets_of

# A network and its AS path.
Announcement = tuple[str, str]
_DEFAULT_ROUTES = {4: "0.0.0.0/0", 6: "::/0"}
_PREPENDED = 3
# Beside IPv4 a customer announces fewer IPv6 networks; the limit of a private peering's session is 100.
_SHARE_OF_IPV6, _MOST_IPV6 = 10, 100


@dataclass(frozen=True, slots=True)
class _Edge:
    """Whatever the announcements of an address family depend on."""

    service_key: str
    peering_name: str
    version: int
    peer_asn: int
    customer_asn: int
    advertised: tuple[Network, ...]
    forbidden: tuple[Network, ...]


def announced_count(leg: Leg, link: Link) -> int:
    """How many networks the edge announces over a link, as its condition leaves them."""
    if leg.condition == "default-route-only":
        return 1
    return _share(_full_count(leg, link), 10) if leg.condition == "few-routes" else _full_count(leg, link)


def announcements(leg: Leg, link: Link) -> list[Announcement]:
    """What the edge announces over a link whose session is established."""
    wanted = announced_count(leg, link)
    if leg.condition == "default-route-only":
        return [(_DEFAULT_ROUTES[link.version], str(leg.peer_asn))]
    found = _first(_edge_of(leg, link), wanted)
    if leg.condition != "prepended":
        return list(found)
    before = f"{leg.peer_asn} " * _PREPENDED
    return [(network, f"{before}{path}") for network, path in found]


def _full_count(leg: Leg, link: Link) -> int:
    """What is advertised at least, unless somebody set a count: a healthy edge announces all of it."""
    count = leg.health.count
    if link.version == 6 and any(one.version == 4 for one in leg.links):
        count = min(_MOST_IPV6, _share(count, _SHARE_OF_IPV6))
    return count if leg.health.is_count_set else max(count, len(_advertised_by(link)))


def _advertised_by(link: Link) -> list[Network]:
    """The advertised public prefixes of a Microsoft peering; the customer may write any text there."""
    read = (Network.read(str(one)) for one in link.microsoft_config.get("advertisedPublicPrefixes", []))
    return list(dict.fromkeys(one for one in read if one is not None and one.bits == link.edge.max_prefixlen))


def _share(count: int, divisor: int) -> int:
    """Something of anything."""
    return -(-count // divisor)


def _edge_of(leg: Leg, link: Link) -> _Edge:
    config = link.microsoft_config
    return _Edge(
        service_key=leg.service_key,
        peering_name=leg.peering_name,
        version=link.version,
        peer_asn=leg.peer_asn,
        customer_asn=int(config.get("customerASN", 0)),
        advertised=tuple(_advertised_by(link)),
        forbidden=_forbidden(leg.document),
    )


def _forbidden(document: Document) -> tuple[Network, ...]:
    """The circuit's own links and its VNets: to announce those would be a fault of its own."""
    links = (link.network for link in links_of_circuit(document))
    return (*links, *(vnet.network for vnet in vnets_of(document)))


@lru_cache(maxsize=4)
def _first(edge: _Edge, count: int) -> tuple[Announcement, ...]:
    chance = chance_of("routes", edge.service_key, edge.peering_name, edge.version)
    found = islice(_without_repetitions(_endless(edge, chance), edge), count)
    return tuple((str(network), path) for network, path in sorted(found))


def _without_repetitions(found: Iterator[tuple[Network, str]], edge: _Edge) -> Iterator[tuple[Network, str]]:
    seen: set[Network] = set()
    for network, path in found:
        if network not in seen and not any(network.overlaps(one) for one in edge.forbidden):
            seen.add(network)
            yield network, path


def _endless(edge: _Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    if edge.peering_name == "AzurePrivatePeering":
        yield from _company(edge, chance)
    yield from _advertised(edge, chance)
    yield from _internet(edge, chance)


def _company(edge: _Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    spaces, weights = zip(*COMPANY[edge.version], strict=True)
    while True:
        [space] = chance.choices(spaces, weights)
        path = (internet_path if space.is_internet else site_path)(edge.peer_asn, chance)
        for network in space.networks(space.block(chance), chance):
            yield network, path


def _advertised(edge: _Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    """The advertised prefixes themselves, and then more specific ones, the larger first."""
    paths = {one: own_path(edge.peer_asn, edge.customer_asn, chance) for one in edge.advertised}
    yield from paths.items()
    for deeper in range(1, 9):
        for prefix, path in paths.items():
            length = min(prefix.length + deeper, prefix.bits)
            halves = list(range(1 << (length - prefix.length)))
            chance.shuffle(halves)
            yield from ((prefix.inside(length, number), path) for number in halves)


def _internet(edge: _Edge, chance: Random) -> Iterator[tuple[Network, str]]:
    """What is left to announce where the advertised prefixes are used up, or nobody has named any."""
    space = INTERNET[edge.version]
    while True:
        path = internet_path(edge.peer_asn, chance)
        for network in space.networks(space.block(chance), chance):
            yield network, path
