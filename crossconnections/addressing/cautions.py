"""What a person should know of a peering before it is sent. None of it forbids anything.

Given for what can be read of a proposal, few of them: what to expect, and what to do.
"""

from collections.abc import Callable, Iterator, Sequence

from crossconnections.addressing.address_space import (
    Space,
    find_kept,
    is_documentation_asn,
    is_long_documentation_asn,
    is_private_asn,
    is_six_to_four,
)  # fmt: skip
from crossconnections.addressing.asns import refuse_asn, refuse_customer_asn
from crossconnections.addressing.breaches import Breach
from crossconnections.addressing.networks import Network
from crossconnections.addressing.prefixes import text_of
from crossconnections.addressing.proposal import Proposal

_MICROSOFTS_PUBLIC_ASN = 8075
_UNUSUAL = {
    Space.LINK_LOCAL, Space.LOOPBACK, Space.THIS_NETWORK, Space.MULTICAST, Space.RESERVED, Space.NOT_GLOBAL,
}  # fmt: skip

Cautions = Iterator[Breach]


def list_cautions(proposal: Proposal) -> Cautions:
    """In the order of the form, those of the whole peering last."""
    for rule in (*_COMMON, *(_MICROSOFTS if proposal.is_microsoft else _PRIVATES)):
        yield from rule(proposal)


def documentation_asn(proposal: Proposal) -> Cautions:
    """V14: 64496 to 64511 on private peering, 65536 to 65551 on both (RFC 5398).

    Soft, for no document of Microsoft's refuses them there; 64496 to 64511 on Microsoft peering is a breach.
    """
    asn = _peer(proposal)
    if is_documentation_asn(asn) or is_long_documentation_asn(asn):
        yield Breach("V14", "documentation_asn", "peer_asn", {"asn": asn})


def microsofts_public_asn(proposal: Proposal) -> Cautions:
    """V15: 8075 is Microsoft's; no document forbids it."""
    if _peer(proposal) == _MICROSOFTS_PUBLIC_ASN:
        yield Breach("V15", "microsofts_public_asn", "peer_asn", {"asn": _MICROSOFTS_PUBLIC_ASN})


def public_asn(proposal: Proposal) -> Cautions:
    """P2: a public AS number on private peering is the customer's own (ExpressRoute peering comparison)."""
    asn = _peer(proposal)
    if asn and _is_public(asn):
        yield Breach("P2", "public_asn", "peer_asn", {"asn": asn})


def unusual_links(proposal: Proposal) -> Cautions:
    """P6: link-local, loopback and the like on private peering. Inferred: IPv6's likewise."""
    for link in proposal.links.values():
        if link.network and (kept := find_kept(link.network)) and kept.space in _UNUSUAL:
            yield Breach("P6", "unusual_link", link.field, {"prefix": text_of(link.network), "space": str(kept.space)})


def vnets_may_overlap(proposal: Proposal) -> Cautions:
    """P1: no overlap with virtual networks, which a partner cannot see (ExpressRoute routing requirements)."""
    if proposal.link_texts:
        yield Breach("P1", "vnets_may_overlap", "", {"prefixes": _listed(proposal.link_texts)})


def six_to_four(proposal: Proposal) -> Cautions:
    """M2: 2002::/16 is public by its number and deprecated (RFC 7526). Told once of each field."""
    for link in proposal.links.values():
        if link.network and is_six_to_four(link.network):
            yield Breach("M2", "six_to_four", link.field, {"prefix": text_of(link.network)})
    if found := next(filter(is_six_to_four, proposal.advertised.sound), None):
        yield Breach("M2", "six_to_four", "advertised_prefixes", {"prefix": text_of(found)})


def advertised_overlap(proposal: Proposal) -> Cautions:
    """M3: one advertised prefix in another. Inferred: soft, for announcing both may be meant."""
    pairs = list(_nested(sorted(proposal.advertised.sound)))
    if pairs:
        outer, inner = map(text_of, pairs[0])
        key = "advertised_overlap" if len(pairs) == 1 else "advertised_overlaps"
        values = {"outer": outer, "inner": inner, "count": len(pairs)}
        yield Breach("M3", key, "advertised_prefixes", values)


def links_are_advertised(proposal: Proposal) -> Cautions:
    """M13: no SNAT to an address of a link. Inferred: that it is likely shows where the links are advertised."""
    for link in proposal.links.values():
        outer = next((one for one in proposal.advertised.sound if link.network and one.overlaps(link.network)), None)
        if outer and link.network:
            values = {"outer": text_of(outer), "prefix": text_of(link.network)}
            yield Breach("M13", "link_advertised", "advertised_prefixes", values)
            return


def private_asn_is_validated(proposal: Proposal) -> Cautions:
    """M8: allowed, validated by hand, and taken out of paths (ExpressRoute routing requirements)."""
    if is_private_asn(asn := _peer(proposal)):
        yield Breach("M8", "private_asn", "peer_asn", {"asn": asn})


def other_owner(proposal: Proposal) -> Cautions:
    """M6: the prefixes are another AS's than the peer's. M8 says the same of a private peer, so once is enough."""
    peer, customer = _peer(proposal), proposal.customer_asn.value
    if not (peer and customer) or refuse_customer_asn(customer):
        return
    if peer != customer and not is_private_asn(peer):
        yield Breach("M6", "other_owner", "customer_asn", {"peer": peer, "customer": customer})


def internet_too(proposal: Proposal) -> Cautions:
    """M12: what is announced to the internet as well needs longer prefixes here (ExpressRoute routing)."""
    if proposal.advertised.sound:
        yield Breach("M12", "internet_too", "")


def route_filter(proposal: Proposal) -> Cautions:
    """M11: Microsoft announces nothing without one, and a partner cannot see it (ExpressRoute route filters)."""
    yield Breach("M11", "route_filter", "")


_Rule = Callable[[Proposal], Cautions]
_COMMON: Sequence[_Rule] = (documentation_asn, microsofts_public_asn)
_PRIVATES: Sequence[_Rule] = (public_asn, unusual_links, vnets_may_overlap)
_MICROSOFTS: Sequence[_Rule] = (
    private_asn_is_validated, six_to_four, advertised_overlap, links_are_advertised, other_owner, internet_too,
    route_filter,
)  # fmt: skip


def _peer(proposal: Proposal) -> int:
    """The peer ASN, if it is not refused: a caution beside a breach is one word too many. Else 0."""
    asn = proposal.peer_asn.value or 0
    return 0 if refuse_asn(asn, "peer_asn", is_microsoft=proposal.is_microsoft) else asn


def _is_public(asn: int) -> bool:
    kinds = (is_private_asn, is_documentation_asn, is_long_documentation_asn)
    return asn != _MICROSOFTS_PUBLIC_ASN and not any(is_kind(asn) for is_kind in kinds)


def _nested(networks: Sequence[Network]) -> Iterator[tuple[Network, Network]]:
    """Each that lies in another, with the widest that it lies in."""
    outer: Network | None = None
    for network in networks:
        if outer and outer.covers(network):
            yield outer, network
        else:
            outer = network


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
