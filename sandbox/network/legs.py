"""One of the two paths of a peering, as it was at one moment."""

from dataclasses import dataclass
from typing import Any

from sandbox.estate.documents import Document
from sandbox.network.health import Health
from sandbox.network.links import Link, links_of

# The provider has built the circuit, and not yet taken it down. Not documented: what Microsoft's routers show of
# others; see `is_built`.
_SERVING = frozenset({"Provisioned", "Deprovisioning"})


@dataclass(frozen=True, slots=True)
class Leg:
    """What the tables are made from; ``now`` is in seconds since 1970."""

    document: Document
    peering: Document
    path: str
    health: Health
    now: float

    @property
    def service_key(self) -> str:
        """Of the circuit."""
        return str(self.document["name"])

    @property
    def peering_name(self) -> str:
        """AzurePrivatePeering, MicrosoftPeering or AzurePublicPeering."""
        return str(self.peering["name"])

    @property
    def facts(self) -> dict[str, Any]:
        """The peering's properties."""
        return dict(self.peering["properties"])

    @property
    def peer_asn(self) -> int:
        """The edge's AS number; 0 where the customer has not told any."""
        return int(self.facts.get("peerASN", 0))

    @property
    def azure_port(self) -> str:
        """Microsoft's port at the end of this path."""
        return str(self.document["properties"][f"{self.path}AzurePort"])

    @property
    def links(self) -> list[Link]:
        """IPv4, IPv6, both or none."""
        return list(links_of(self.facts, self.path))

    @property
    def is_built(self) -> bool:
        """Whether the link carries frames at all.

        What the provider tells is only a word: a peering that is Enabled on a circuit that is not Provisioned is as
        its condition is. One that is Disabled there was entered before anybody built the circuit.
        """
        state = self.document["properties"]["serviceProviderProvisioningState"]
        return state in _SERVING or self.facts.get("state", "Enabled") == "Enabled"

    @property
    def condition(self) -> str:
        """What the network does."""
        return self.health.condition if self.is_built else "incomplete-arp"
