"""What the customer's edge announces over a link, and how many networks those are."""

from sandbox.estate.documents import Document
from sandbox.network.edges import Announcement, Edge, first_announcements
from sandbox.network.legs import Leg
from sandbox.network.links import Link, links_of_circuit
from sandbox.network.networks import Network
from sandbox.network.vnets import vnets_of

_DEFAULT_ROUTES = {4: "0.0.0.0/0", 6: "::/0"}
_PREPENDED = 3
# Beside IPv4 a customer announces fewer IPv6 networks; the limit of a private peering's session is 100.
_SHARE_OF_IPV6, _MOST_IPV6 = 10, 100


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
    found = first_announcements(_edge_of(leg, link), wanted)
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


def _edge_of(leg: Leg, link: Link) -> Edge:
    config = link.microsoft_config
    return Edge(
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
