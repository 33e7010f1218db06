"""The provider's port pairs, and how much of each is sold."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.estate.documents import Document

OVERPROVISION_FACTOR = 4
# What a pair of 10 Gbps ports may be sold for.
_SMALLEST_MBPS = 10_000 * OVERPROVISION_FACTOR


@dataclass(slots=True)
class PortPair:
    """A primary and a secondary port at a peering location."""

    primary: str
    secondary: str
    peering_location: str
    region: str
    used_mbps: int = 0

    @property
    def descriptor(self) -> str:
        """Its name: the primary port's without the path."""
        return self.primary.removesuffix("-PRI-A")

    @property
    def sold_mbps(self) -> int:
        """What it may be sold for: ports grow tenfold until the circuits fit."""
        size = _SMALLEST_MBPS
        while size < self.used_mbps:
            size *= 10
        return size


def port_pairs(documents: Iterable[Document]) -> list[PortPair]:
    """The pairs that cross connections are on, by name."""
    pairs: dict[str, PortPair] = {}
    for document in documents:
        facts = document["properties"]
        primary, secondary = facts["primaryAzurePort"], facts["secondaryAzurePort"]
        pair = PortPair(primary, secondary, facts["peeringLocation"], document["location"])
        pairs.setdefault(primary, pair).used_mbps += facts["bandwidthInMbps"]
    return [pairs[name] for name in sorted(pairs)]
