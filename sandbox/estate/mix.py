"""How an estate is made up, in hundredths."""

from collections.abc import Iterable
from enum import Enum
from random import Random
from typing import TypeVar

from sandbox.estate.shares import deal


class Peerings(Enum):
    """Which peerings a circuit has. Words, since Python 3.11.2 takes an empty tuple of names for no value at all."""

    NONE = ""
    PRIVATE = "AzurePrivatePeering"
    MICROSOFT = "MicrosoftPeering"
    BOTH = "AzurePrivatePeering MicrosoftPeering"

    @property
    def names(self) -> tuple[str, ...]:
        """Azure's."""
        return tuple(self.value.split())


STATES = {"Provisioned": 70, "NotProvisioned": 15, "Provisioning": 10, "Deprovisioning": 4, "DeProvisioned": 1}
PEERINGS = {Peerings.PRIVATE: 60, Peerings.BOTH: 25, Peerings.MICROSOFT: 10, Peerings.NONE: 5}
BANDWIDTHS = {50: 7, 100: 12, 200: 17, 500: 20, 1000: 27, 2000: 8, 5000: 4, 10000: 5}

# Three in a hundred Microsoft peerings make one in a hundred circuits.
PREFIXES_STATES = {"Configured": 97, "ValidationNeeded": 3}

Service = tuple[str, Peerings, str]
_Kind = TypeVar("_Kind")


def deal_services(size: int, chance: Random, *, without: list[tuple[str, Peerings]]) -> list[Service]:
    """A provider provisioning state, a set of peerings and the state of advertised prefixes for each circuit.

    A circuit without peerings is most likely one not yet provisioned, so those meet.
    """
    states = deal(size, STATES, chance, without=[state for state, _ in without])
    peerings = deal(size, PEERINGS, chance, without=[peering for _, peering in without])
    pairs = list(zip(_last(states, "NotProvisioned"), _last(peerings, Peerings.NONE), strict=True))
    chance.shuffle(pairs)
    with_microsoft = sum("MicrosoftPeering" in peering.names for _, peering in pairs)
    validations = iter(deal(with_microsoft, PREFIXES_STATES, chance))
    return [
        (state, peering, next(validations) if "MicrosoftPeering" in peering.names else "") for state, peering in pairs
    ]


def _last(dealt: Iterable[_Kind], kind: _Kind) -> list[_Kind]:
    return sorted(dealt, key=lambda one: one == kind)
