"""Proposals of peerings: clean ones, and what the rules say when a text of theirs is another."""

from collections.abc import Mapping, Sequence

from crossconnections.addressing import Breach, Judgement, Neighbour, judge
from crossconnections.enums import PeeringType

PRIVATE: Mapping[str, str] = {
    "peer_asn": "65010",
    "vlan_id": "200",
    "primary_prefix": "172.16.18.0/30",
    "secondary_prefix": "172.16.18.4/30",
}
# All public: 45.12.8.0/22 and 2a0c:4dc0::/32 stand for a customer's own.
MICROSOFT: Mapping[str, str] = {
    "peer_asn": "3320",
    "vlan_id": "300",
    "primary_prefix": "45.12.8.0/30",
    "secondary_prefix": "45.12.8.4/30",
    "advertised_prefixes": "45.12.9.0/24",
}
IPV6_LINKS = {"ipv6_primary_prefix": "2a0c:4dc0::/126", "ipv6_secondary_prefix": "2a0c:4dc0::4/126"}
KINDS = {"private": PeeringType.AZURE_PRIVATE_PEERING, "microsoft": PeeringType.MICROSOFT_PEERING}
OTHERS = {
    "private": (Neighbour("MicrosoftPeering", 300, ("45.12.8.0/30", "45.12.8.4/30", "")),),
    "microsoft": (Neighbour("AzurePrivatePeering", 200, ("172.16.18.0/30", "172.16.18.4/30")),),
}


def private(*others: Neighbour, **typed: str) -> Judgement:
    """A private peering that is clean but for what is typed."""
    return judge({**PRIVATE, **typed}, peering_type="AzurePrivatePeering", others=others)


def microsoft(*others: Neighbour, **typed: str) -> Judgement:
    """A Microsoft peering that is clean but for what is typed."""
    return judge({**MICROSOFT, **typed}, peering_type="MicrosoftPeering", others=others)


def names(breaches: Sequence[Breach]) -> list[tuple[str, str, str]]:
    """Rule, key and field of each."""
    return [(one.rule, one.key, one.field) for one in breaches]


def offers(breaches: Sequence[Breach]) -> list[Mapping[str, str]]:
    """What their repairs put in."""
    return [repair.fills for one in breaches for repair in one.repairs]
