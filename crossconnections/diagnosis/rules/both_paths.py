"""What only both paths together tell: whether one can stand in for the other."""

from typing import TypeVar

from crossconnections.addressing.address_space import asns_of
from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import Leg, legs_of
from crossconnections.diagnosis.nesting import find_holders
from crossconnections.diagnosis.rules.registry import (
    BGP_SPEAKER,
    CRITICAL,
    DOCUMENTED,
    HIGH,
    INFERRED,
    WARNING,
    WHO_MENDS,
    Layered,
)  # fmt: skip
from crossconnections.diagnosis.rules.routes import defaults_of

_both = Layered(Layer.BOTH_PATHS)
_One = TypeVar("_One")


@_both.peering("R53", HIGH, BGP_SPEAKER, DOCUMENTED, "Routing requirements: identical routes; per path inferred")
def other_networks_on_each_path(case: Case, peering: Peering) -> Found | None:
    """Both sessions stand and both tables were read, and one lacks a network that the other has.

    One that a wider route of the other path covers can be reached there as well.
    """
    legs = legs_of(case, peering)
    if not all(leg.is_up and leg.routes is not None for leg in legs):
        return None
    first, second = ({one.network: one.row.network for one in leg.from_edge} for leg in legs)
    missing = [_uncovered(one, other) for one, other in _ways(first, second)]
    if not any(missing):
        return None
    return Found({"primary_only": missing[0], "secondary_only": missing[1], "count": len(missing[0]) + len(missing[1])})


@_both.peering("R54", WARNING, BGP_SPEAKER, DOCUMENTED, "ExpressRoute FAQ, Optimize routing; detection inferred")
def paths_are_prepended_differently(case: Case, peering: Peering) -> Found | None:
    """The same network with a longer AS path on one path: traffic prefers the other."""
    first, second = (_shortest(leg) for leg in legs_of(case, peering))
    longer = [
        tuple(text for network, (length, text) in one.items() if network in other and length > other[network][0])
        for one, other in _ways(first, second)
    ]
    if not any(longer):
        return None
    return Found({"longer_on_primary": longer[0], "longer_on_secondary": longer[1], "count": sum(map(len, longer))})


@_both.peering("R55", HIGH, WHO_MENDS, DOCUMENTED, "Routing requirements: the SLA needs both sessions")
def one_path_is_down(case: Case, peering: Peering) -> Found | None:
    """One session stands and the other does not; what is not known is neither."""
    legs = legs_of(case, peering)
    if {leg.is_up for leg in legs} != {True, False}:
        return None
    return Found({"down": next(leg.path for leg in legs if leg.is_up is False)})


@_both.peering("R56", CRITICAL, WHO_MENDS, DOCUMENTED, "Verify ExpressRoute connectivity")
def both_paths_are_down(case: Case, peering: Peering) -> Found | None:
    """No session stands on either path."""
    return Found() if all(leg.is_up is False for leg in legs_of(case, peering)) else None


@_both.peering("R57", WARNING, BGP_SPEAKER, INFERRED, "both paths carry the same networks")
def counts_differ(case: Case, peering: Peering) -> Found | None:
    """By more than one and by more than two percent; where both tables were read, R53 says which."""
    legs = legs_of(case, peering)
    counts = [leg.prefixes for leg in legs]
    if None in counts or all(leg.routes is not None for leg in legs):
        return None
    low, high = sorted(count for count in counts if count is not None)
    return Found({"primary": counts[0], "secondary": counts[1]}) if (high - low) * 50 > max(50, high) else None


@_both.peering("R41", HIGH, BGP_SPEAKER, DOCUMENTED, "ExpressRoute FAQ; on one path inferred")
def default_is_on_one_path(case: Case, peering: Peering) -> Found | None:
    """Or it has gone from one since the reading before. Either way traffic to the internet may change its way."""
    legs = legs_of(case, peering)
    if not peering.is_private or not all(leg.is_up and leg.routes is not None for leg in legs):
        return None
    has = [leg.path for leg in legs if defaults_of(leg)]
    gone = [leg.path for leg in legs if leg.path not in has and leg.earlier and defaults_of(leg.earlier)]
    return Found({"has": tuple(has), "gone": tuple(gone)}) if len(has) == 1 or gone else None


def _uncovered(one: dict[Network, str], other: dict[Network, str]) -> tuple[str, ...]:
    """The networks of one path that no route of the other covers."""
    holders = find_holders(one, other)
    return tuple(text for network, text in one.items() if not holders[network])


def _ways(first: _One, second: _One) -> tuple[tuple[_One, _One], tuple[_One, _One]]:
    """Each beside the other one, the primary's first."""
    return (first, second), (second, first)


def _shortest(leg: Leg) -> dict[Network, tuple[int, str]]:
    """How long the AS path to each network is at least, and the network's text; of the edge's routes."""
    found: dict[Network, tuple[int, str]] = {}
    for one in leg.from_edge:
        told = (len(asns_of(one.row.path)), one.row.network)
        found[one.network] = min(told, found.get(one.network, told))
    return found
