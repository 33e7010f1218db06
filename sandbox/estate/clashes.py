"""What a peering must not share with another one of its circuit, and how Azure takes it if it does."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from sandbox.estate.documents import Document

_PREFIXES = ("primaryPeerAddressPrefix", "secondaryPeerAddressPrefix")


def same_vlan(document: Document, name: str, facts: dict[str, Any]) -> str | None:
    """The name of another peering of the circuit with the VLAN ID of these facts; None where there is none."""
    vlan = facts.get("vlanId")
    others = (one for one in _others(document, name) if one["properties"].get("vlanId") == vlan)
    return None if vlan is None else next((str(one["name"]) for one in others), None)


def has_links_of_another(document: Document, name: str, facts: dict[str, Any]) -> bool:
    """Whether another peering of the circuit has one of the link prefixes in these facts, of IPv4 or IPv6."""
    links = _links(facts)
    return any(links & _links(one["properties"]) for one in _others(document, name))


def _others(document: Document, name: str) -> list[Document]:
    return [one for one in document["properties"]["peerings"] if one["name"] != name]


def _links(facts: dict[str, Any]) -> set[IPv4Network | IPv6Network]:
    """What is no network is nobody's."""
    families = (facts, facts.get("ipv6PeeringConfig", {}))
    texts = (str(family[prefix]) for family in families for prefix in _PREFIXES if prefix in family)
    return {network for text in texts if (network := _network(text)) is not None}


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
