"""A peering as somebody wants it: the form's texts, read once for all rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from crossconnections.addressing.advertised import Advertised, read_advertised
from crossconnections.addressing.breaches import Neighbour
from crossconnections.addressing.communities import Communities, read_communities
from crossconnections.addressing.links import Links, read_links
from crossconnections.addressing.numbers import Number, read_asn, read_number
from crossconnections.addressing.prefixes import text_of
from crossconnections.addressing.registries import read_registry
from crossconnections.enums import PeeringType, known_spelling


class Proposal(NamedTuple):
    """``others`` are the circuit's other peerings; the last four are nothing for private peering (P3)."""

    peering_type: str
    others: tuple[Neighbour, ...]
    peer_asn: Number
    vlan_id: Number
    links: Links
    advertised: Advertised
    communities: Communities
    customer_asn: Number
    registry: str

    @property
    def is_microsoft(self) -> bool:
        """Microsoft peering, with rules of its own."""
        return self.peering_type == PeeringType.MICROSOFT_PEERING

    @property
    def is_private(self) -> bool:
        """Azure private peering."""
        return self.peering_type == PeeringType.AZURE_PRIVATE_PEERING

    @property
    def link_texts(self) -> tuple[str, ...]:
        """The links that can be read, in canonical notation."""
        return tuple(text_of(link.network) for link in self.links.values() if link.network)


def read_proposal(typed: Mapping[str, str], peering_type: str, others: Sequence[Neighbour]) -> Proposal:
    """Each name of the form that is missing is an empty text.

    P3, P4: private peering has no Microsoft settings (Azure CLI, Terraform) and no list of prefixes, so those texts
    are not read. V2: one peering of each type, so a neighbour of this type is the peering itself.
    """
    kind = known_spelling(PeeringType, peering_type)
    own = typed if kind == PeeringType.MICROSOFT_PEERING else {}
    return Proposal(
        peering_type=kind,
        others=tuple(one for one in others if one.peering_type.lower() != kind.lower()),
        peer_asn=read_asn(typed.get("peer_asn", "")),
        vlan_id=read_number(typed.get("vlan_id", "")),
        links=read_links(typed),
        advertised=read_advertised(own.get("advertised_prefixes", "")),
        communities=read_communities(own.get("advertised_communities", "")),
        customer_asn=read_asn(own.get("customer_asn", "")),
        registry=own.get("routing_registry", ""),
    )


def values_of(proposal: Proposal) -> dict[str, Any]:
    """Each field that can be read, by the form's names; those of Microsoft peering for that only."""
    return dict(_shared(proposal)) | (dict(_microsofts(proposal)) if proposal.is_microsoft else {})


def _shared(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    for name, number in (("peer_asn", proposal.peer_asn), ("vlan_id", proposal.vlan_id)):
        if not number.fault:
            yield name, number.value
    for link in proposal.links.values():
        if not link.text:
            yield link.field, ""
        elif link.network and link.is_exact:
            yield link.field, text_of(link.network)


def _microsofts(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    if proposal.advertised.is_exact:
        yield "advertised_prefixes", proposal.advertised.canonical
    if proposal.communities.is_exact:
        yield "advertised_communities", proposal.communities.canonical
    if not proposal.customer_asn.fault:
        yield "customer_asn", proposal.customer_asn.value
    if (registry := read_registry(proposal.registry)) is not None:
        yield "routing_registry", registry
