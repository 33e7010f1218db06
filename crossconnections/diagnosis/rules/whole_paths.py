"""Layer 2 of all peerings together: what they have in common says where it is broken."""

from crossconnections.diagnosis.case import Case
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import Leg, leg_of
from crossconnections.diagnosis.rules.layer_2 import is_broken
from crossconnections.diagnosis.rules.registry import CRITICAL, HIGH, INFERRED, US, Layered
from crossconnections.enums import DevicePath, PeeringState

_arp = Layered(Layer.LAYER_2)
_SEVERAL = 2


@_arp.leg("R22", HIGH, US, INFERRED, "one S-tag carries all peerings of a path")
def only_this_c_tag_is_broken(leg: Leg) -> Found | None:
    """The edge answers for another peering on this path: the port and the S-tag are right."""
    others = [leg_of(leg.case, one, leg.path) for one in leg.case.peerings if one is not leg.peering]
    well = [one.peering.peering_type for one in others if one.has_edge_mac]
    return Found({"well": tuple(well)}) if well and is_broken(leg) else None


@_arp.path("R23", HIGH, US, INFERRED, "all peerings of a path share its port and its S-tag")
def all_of_a_path_is_broken(case: Case, path: str) -> Found | None:
    """No peering's edge answers there, and on the other path one does."""
    here, there = (_legs(case, one) for one in (path, leg_of(case, case.peerings[0], path).other.path))
    is_so = len(here) >= _SEVERAL and all(map(is_broken, here)) and any(leg.has_edge_mac for leg in there)
    return Found() if is_so else None


@_arp.case("R24", CRITICAL, US, INFERRED, "what both paths share")
def all_of_both_paths_is_broken(case: Case) -> Found | None:
    """No peering's edge answers on either path: one cause for all."""
    legs = [leg for path in DevicePath for leg in _legs(case, path)]
    return Found() if legs and all(map(is_broken, legs)) else None


def _legs(case: Case, path: str) -> list[Leg]:
    """Of the peerings that are not switched off: where one is (R05), nothing has to answer."""
    return [leg_of(case, one, path) for one in case.peerings if one.state != PeeringState.DISABLED]
