"""How many networks a session may carry, and how near a count is to that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from crossconnections.addressing.networks import parse_network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.sides import Side, side_of
from crossconnections.enums import PeeringType


class Limit(NamedTuple):
    """The most networks; ``skus`` are those that it is for, none where it is for all."""

    networks: int
    skus: tuple[str, ...] = ()


# What the edge may announce: beyond it Microsoft shuts the session (EXPRESSROUTE.md 2.4; limits include, 10/2023).
LIMITS: Mapping[tuple[str, int], tuple[Limit, ...]] = {
    (PeeringType.AZURE_PRIVATE_PEERING, 4): (Limit(4_000, ("Local", "Standard")), Limit(10_000, ("Premium",))),
    (PeeringType.AZURE_PRIVATE_PEERING, 6): (Limit(100),),
    (PeeringType.MICROSOFT_PEERING, 4): (Limit(200),),
    (PeeringType.MICROSOFT_PEERING, 6): (Limit(200),),
}
# What the VNets may announce to the edge, by address family; older texts say 200.
VNET_LIMITS: Mapping[int, Limit] = {4: Limit(1_000), 6: Limit(100)}


def limits_of(peering_type: str, version: int, sku: str = "") -> tuple[Limit, ...]:
    """The limits that may hold, the lowest first: a partner does not see the SKU unless somebody recorded it.

    None for a peering that no limit is documented for. An SKU that is not known here rules nothing out.
    """
    limits = LIMITS.get((peering_type, version), ())
    known = tuple(limit for limit in limits if sku.casefold() in {one.casefold() for one in limit.skus})
    return known or limits


def count_networks(rows: Iterable[RouteRow]) -> Mapping[tuple[Side, int], int]:
    """How many networks one path's table has, by where they lead and by address family; 0 where there are none.

    CUSTOMER is what counts against LIMITS, AZURE against VNET_LIMITS. Texts that are no network are left out.
    """
    found = {(side_of(row.path), parse_network(row.network)) for row in rows}
    return Counter((side, network.version) for side, network in found if network is not None)


def find_fitting(limits: Sequence[Limit], networks: int) -> Limit | None:
    """The lowest that so many do not exceed: a session that stood above a lower one has a higher. Else the highest."""
    return next((limit for limit in limits if networks <= limit.networks), limits[-1] if limits else None)


class Level(StrEnum):
    """How near a count is to its limit (R35 to R37): NEAR from 80 %, CLOSE from 95 %."""

    ROOM = auto()
    NEAR = auto()
    CLOSE = auto()


_NEAR_PERCENT, _CLOSE_PERCENT = 80, 95


class Use(NamedTuple):
    """How many networks there are, against a limit."""

    networks: int
    limit: Limit

    @property
    def share(self) -> float:
        """1.0 is all of it; more where it is exceeded."""
        return self.networks / self.limit.networks

    @property
    def level(self) -> Level:
        """Exactly at a threshold counts as there."""
        percents = self.networks * 100
        if percents >= self.limit.networks * _CLOSE_PERCENT:
            return Level.CLOSE
        return Level.NEAR if percents >= self.limit.networks * _NEAR_PERCENT else Level.ROOM
