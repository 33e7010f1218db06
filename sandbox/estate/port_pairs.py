"""The provider's port pairs, and how much of each is sold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.estate.documents import Document

OVERPROVISION_FACTOR = 4
# What a pair of 10 Gbps ports may be sold for.
_SMALLEST_MBPS = 10_000 * OVERPROVISION_FACTOR


@dataclass(slots=True)
class PortPair:
    """A primary and a secondary port at a peering location; it stays when nothing is left on it."""

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

    @property
    def remaining_mbps(self) -> int:
        """What may still be sold."""
        return self.sold_mbps - self.used_mbps


def pair_of(properties: dict[str, Any], region: str) -> PortPair:
    """The pair that a cross connection is on."""
    ports = properties["primaryAzurePort"], properties["secondaryAzurePort"]
    return PortPair(*ports, properties["peeringLocation"], region)


def with_usage(pairs: Iterable[PortPair], documents: Iterable[Document]) -> list[PortPair]:
    """The pairs by name, and what the cross connections use of each."""
    found = {pair.primary: replace(pair) for pair in pairs}
    for document in documents:
        properties = document["properties"]
        found[properties["primaryAzurePort"]].used_mbps += properties["bandwidthInMbps"]
    return [found[name] for name in sorted(found)]
