"""The addresses at the two ends of a link, as they follow from a peering's prefixes."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Any

from sandbox.estate.conditions import PATHS
from sandbox.estate.documents import Document
from sandbox.network.networks import Network

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Link:
    """A point-to-point network: our edge has its first usable address, Microsoft its second ("ExpressRoute routing").

    ``facts`` are those of the address family: the peering's own for IPv4, its ipv6PeeringConfig for IPv6.
    """

    edge: Address
    microsoft: Address
    facts: dict[str, Any]

    @property
    def version(self) -> int:
        """4 or 6."""
        return self.edge.version

    @property
    def network(self) -> Network:
        """The link's own."""
        return Network(int(self.edge) - 1, 30 if self.version == 4 else 126, self.edge.max_prefixlen)

    @property
    def is_enabled(self) -> bool:
        """Whether Microsoft's router has the session switched on. IPv6 without a state of its own has the peering's."""
        return bool(self.facts.get("state", "Enabled") == "Enabled")

    @property
    def microsoft_config(self) -> dict[str, Any]:
        """What may be advertised, of a Microsoft peering; empty for others."""
        return dict(self.facts.get("microsoftPeeringConfig") or {})


def links_of(properties: dict[str, Any], path: str) -> Iterator[Link]:
    """The links of a path, IPv4 first; none of a family whose prefix is missing, unreadable or too small."""
    state = {"state": properties.get("state", "Enabled")}
    for facts in (properties, (properties.get("ipv6PeeringConfig") or {})):
        network = _read(facts.get(f"{path}PeerAddressPrefix"))
        if network is not None:
            shut = state if state["state"] != "Enabled" else {}
            yield Link(network[1], network[2], {**facts, **shut})


def links_of_circuit(document: Document) -> list[Link]:
    """Every link of every peering."""
    peerings = document["properties"]["peerings"]
    return [link for one in peerings for path in PATHS for link in links_of(one["properties"], path)]


def _read(prefix: object) -> IPv4Network | IPv6Network | None:
    """The customer may write any text here; host bits are overlooked."""
    try:
        network = ip_network(str(prefix), strict=False)
    except ValueError:
        return None
    return network if network.num_addresses >= 4 else None
