"""Layer 5 of the reading: the routes that came over a link, and those of the VNets behind it."""

from collections import defaultdict
from collections.abc import Iterable

from crossconnections.addressing.address_space import (
    MICROSOFTS_ASN,
    asns_of,
    is_default,
    is_documentation_asn,
    is_half_of_all,
    is_private_asn,
    is_public,
)  # fmt: skip
from crossconnections.addressing.networks import Network, parse_network
from crossconnections.diagnosis.budget import VNET_LIMITS
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import LearnedRoute, Leg
from crossconnections.diagnosis.next_hops import bare_next_hop
from crossconnections.diagnosis.rules.registry import (
    BGP_SPEAKER,
    CUSTOMER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    INFO,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.diagnosis.sides import Side, side_of
from crossconnections.enums import DevicePath

_routes = Layered(Layer.ROUTES)
_USUAL_PREFERENCES, _USUAL_WEIGHTS = {"", "100"}, {None, 0, 32_768}


@_routes.leg("R38", HIGH, US, DOCUMENTED, "ExpressRoute routing requirements")
def private_networks_are_announced(leg: Leg) -> Found | None:
    """On Microsoft peering, where the provider has to filter them. A default route is R39."""
    if not leg.peering.is_microsoft:
        return None
    defaults = set(defaults_of(leg))
    return _networks(one for one in leg.from_edge if one not in defaults and not is_public(one.network))


@_routes.leg("R39", HIGH, US, DOCUMENTED, "ExpressRoute routing requirements")
def default_is_announced_to_microsoft(leg: Leg) -> Found | None:
    """On Microsoft peering, where the provider has to filter it; in halves too."""
    return _networks(defaults_of(leg)) if leg.peering.is_microsoft else None


@_routes.leg("R40", WARNING, US, DOCUMENTED, "ExpressRoute routing requirements, FAQ; the halves inferred")
def default_is_announced(leg: Leg) -> Found | None:
    """On private peering, where it may be meant."""
    return Found({"networks": _texts(defaults_of(leg))}) if leg.peering.is_private and defaults_of(leg) else None


@_routes.leg("R44", WARNING, BGP_SPEAKER, DOCUMENTED, "ExpressRoute routing requirements")
def documentation_asns_are_announced(leg: Leg) -> Found | None:
    """On Microsoft peering."""
    if not leg.peering.is_microsoft:
        return None
    return _networks(one for one in leg.from_edge if any(map(is_documentation_asn, asns_of(one.row.path))))


@_routes.leg("R45", INFO, BGP_SPEAKER, DOCUMENTED, "Optimize ExpressRoute routing")
def private_asns_are_announced(leg: Leg) -> Found | None:
    """On Microsoft peering, where Microsoft takes them out: prepending with them does nothing."""
    if not leg.peering.is_microsoft:
        return None
    return _networks(one for one in leg.from_edge if any(map(is_private_asn, asns_of(one.row.path))))


@_routes.leg("R46", HIGH, CUSTOMER, DOCUMENTED, "ExpressRoute routing requirements; detection inferred")
def networks_overlap(leg: Leg) -> Found | None:
    """A network that came over the link is a VNet's or a link's, or lies in one.

    One that is wider than they are harms nothing: the longer prefix wins.
    """
    taken = {one.network for one in leg.from_vnets} | set(_links(leg))
    lengths = {(one.version, one.length) for one in taken}
    return _networks(one for one in leg.from_edge if _lies_in(one.network, taken, lengths))


@_routes.leg("R47", WARNING, BGP_SPEAKER, INFERRED, "a router puts its own AS first")
def another_as_comes_first(leg: Leg) -> Found | None:
    """Than the configured peer's."""
    peer = leg.peering.peer_asn
    if not peer:
        return None
    return _networks(one for one in leg.from_edge if (asns := asns_of(one.row.path)) and asns[0] != peer)


@_routes.leg("R48", HIGH, US, DOCUMENTED, "ExpressRoute FAQ: no transit; detection inferred")
def azures_routes_come_back(leg: Leg) -> Found | None:
    """Microsoft's own AS stands in the path of what the edge announces."""
    return _networks(one for one in leg.from_edge if MICROSOFTS_ASN in asns_of(one.row.path))


@_routes.leg("R49", INFO, CUSTOMER, DOCUMENTED, "Verify ExpressRoute connectivity, sample; the meaning inferred")
def vnets_are_linked(leg: Leg) -> Found | None:
    """The gateway's routes are there: the address spaces of the VNets."""
    return _networks(leg.from_vnets) if leg.peering.is_private else None


@_routes.leg("R50", WARNING, CUSTOMER, INFERRED, "without a gateway there is nothing to reach")
def no_vnet_is_linked(leg: Leg) -> Found | None:
    """The session stands, and no route of a gateway is there."""
    is_so = leg.peering.is_private and leg.is_up and leg.routes is not None and not leg.from_vnets
    return Found() if is_so else None


@_routes.leg("R51", WARNING, CUSTOMER, DOCUMENTED, "ExpressRoute limits; the share inferred")
def vnets_come_near_the_limit(leg: Leg) -> Found | None:
    """More than four fifths of 1,000 IPv4 or 100 IPv6 prefixes."""
    networks = {one.network for one in leg.from_vnets}
    for version, limit in VNET_LIMITS.items():
        count = sum(network.version == version for network in networks)
        if count * 5 > limit.networks * 4:
            return Found({"count": count, "limit": limit.networks, "version": version})
    return None


@_routes.leg("R62", WARNING, BGP_SPEAKER, INFERRED, "a link has one edge")
def two_neighbours_announce_one_network(leg: Leg) -> Found | None:
    """The same network by two next hops, both of which lead to the customer."""
    hops: dict[str, set[str]] = defaultdict(set)
    for one in leg.routes or ():
        if side_of(one.row.path) is Side.CUSTOMER:
            hops[one.row.network].add(bare_next_hop(one.row.next_hop))
    twice = tuple(network for network, of_it in hops.items() if len(of_it) > 1)
    return Found({"networks": twice, "count": len(twice)}) if twice else None


@_routes.leg("R63", INFO, BGP_SPEAKER, INFERRED, "what routers set by themselves")
def preferences_are_set(leg: Leg) -> Found | None:
    """A local preference other than 100, or a weight other than 0 and 32768."""
    return _networks(
        one
        for one in leg.from_edge
        if one.row.loc_prf.strip() not in _USUAL_PREFERENCES or one.row.weight not in _USUAL_WEIGHTS
    )


def defaults_of(leg: Leg) -> tuple[LearnedRoute, ...]:
    """The routes of the edge that draw all traffic: a default route, or both halves of it."""
    halves = [one for one in leg.from_edge if is_half_of_all(one.network)]
    both = halves if len({one.network for one in halves}) > 1 else []
    return (*(one for one in leg.from_edge if is_default(one.network)), *both)


def _networks(found: Iterable[LearnedRoute]) -> Found | None:
    texts = _texts(found)
    return Found({"networks": texts, "count": len(texts)}) if texts else None


def _texts(found: Iterable[LearnedRoute]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.row.network for one in found))


def _links(leg: Leg) -> Iterable[Network]:
    """Of all peerings, both paths and both families."""
    texts = (prefix for one in leg.case.peerings for path in DevicePath for prefix in one.prefixes(path))
    return (network for text in texts if (network := parse_network(text)))


def _lies_in(network: Network, taken: set[Network], lengths: set[tuple[int, int]]) -> bool:
    """There are few lengths and may be thousands of networks: cut to each length, it is looked up."""
    return any(
        network.cut(length) in taken
        for version, length in lengths
        if version == network.version and length <= network.length
    )
