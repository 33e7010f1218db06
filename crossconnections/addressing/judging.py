"""All rules of a peering's form at once."""

from collections.abc import Iterator, Mapping, Sequence

from crossconnections.addressing.advertised import judge_advertised
from crossconnections.addressing.asns import judge_customer_asn, judge_peer_asn
from crossconnections.addressing.breaches import Breach, Judgement, Neighbour, shown
from crossconnections.addressing.cautions import list_cautions
from crossconnections.addressing.circuit import judge_in_circuit, judge_public_links
from crossconnections.addressing.communities import judge_communities
from crossconnections.addressing.links import judge_links
from crossconnections.addressing.proposal import Proposal, read_proposal, values_of
from crossconnections.addressing.registries import judge_registry
from crossconnections.addressing.vlans import judge_vlan


def judge(typed: Mapping[str, str], *, peering_type: str, others: Sequence[Neighbour]) -> Judgement:
    """A peering as it was typed, against EXPRESSROUTE.md 2. Whatever the texts are, it raises nothing.

    ``typed`` has texts by the form's names, of which each may be missing; ``peering_type`` is in Azure's words;
    ``others`` are the other peerings of the circuit. Shared keys are judged apart, by ``judge_shared_key``.
    """
    proposal = read_proposal(typed, peering_type, others)
    breaches = (*_judge_common(proposal), *(_judge_microsofts(proposal) if proposal.is_microsoft else ()))
    return Judgement(values_of(proposal), breaches, tuple(list_cautions(proposal)))


def judge_peering_type(proposal: Proposal) -> Iterator[Breach]:
    """V1: private or Microsoft; public peering was retired on 31 March 2024 (ExpressRoute circuit peerings)."""
    if not (proposal.is_private or proposal.is_microsoft):
        yield Breach("V1", "peering_type", "", {"text": shown(proposal.peering_type)})


def _judge_common(proposal: Proposal) -> Iterator[Breach]:
    yield from judge_peering_type(proposal)
    yield from judge_peer_asn(proposal.peer_asn, is_microsoft=proposal.is_microsoft)
    yield from judge_vlan(proposal.vlan_id, proposal.others)
    yield from judge_links(proposal.links)
    yield from judge_in_circuit(proposal.links, proposal.others)


def _judge_microsofts(proposal: Proposal) -> Iterator[Breach]:
    yield from judge_public_links(proposal.links)
    yield from judge_advertised(proposal.advertised, proposal.links)
    yield from judge_communities(proposal.communities)
    yield from judge_customer_asn(proposal.customer_asn)
    yield from judge_registry(proposal.registry)
