"""VLAN IDs: the inner tag of a peering, the same on both paths."""

from collections.abc import Iterable, Iterator, Sequence

from crossconnections.addressing.breaches import Breach, Neighbour, shown, use
from crossconnections.addressing.numbers import Number, unreadable

FIRST_VLAN, LAST_VLAN = 1, 4094
_FIELD = "vlan_id"


def next_free_vlan(taken: Iterable[int | None], *, near: int) -> int | None:
    """The free VLAN ID nearest to ``near``, itself included, of two the higher one; None when all are taken (V8)."""
    used = set(taken)
    near = min(max(near, FIRST_VLAN), LAST_VLAN)
    candidates = (near + step for distance in range(LAST_VLAN) for step in (distance, -distance))
    return next((vlan for vlan in candidates if FIRST_VLAN <= vlan <= LAST_VLAN and vlan not in used), None)


def judge_vlan(number: Number, others: Sequence[Neighbour]) -> Iterator[Breach]:
    """V8: required, whole, 1 to 4094, and of one peering only.

    Source: ExpressRoute routing requirements for "unique in the circuit" and "the same on both"; the range is
    IEEE 802.1Q's, for no page of Microsoft's gives one.
    """

    def refuse(vlan: int) -> Breach | None:
        return vlan_out_of_range(vlan) or vlan_taken(vlan, others)

    if number.fault:
        yield unreadable("V8", _FIELD, number, refuse)
    elif number.value is None:
        yield Breach("V8", "vlan_missing", _FIELD)
    elif breach := refuse(number.value):
        yield breach


def vlan_out_of_range(vlan: int) -> Breach | None:
    """V8: 0 and 4095 are reserved (IEEE 802.1Q)."""
    return None if FIRST_VLAN <= vlan <= LAST_VLAN else Breach("V8", "vlan_range", _FIELD, {"vlan": vlan})


def vlan_taken(vlan: int, others: Sequence[Neighbour]) -> Breach | None:
    """V8: no two peerings of a circuit have one VLAN ID (ExpressRoute routing requirements)."""
    owner = next((one for one in others if one.vlan_id == vlan), None)
    if owner is None:
        return None
    free = next_free_vlan((one.vlan_id for one in others), near=vlan)
    values = {"vlan": vlan, "peering": shown(owner.peering_type), "free": free}
    if free is None:
        return Breach("V8", "vlans_used_up", _FIELD, values)
    return Breach("V8", "vlan_taken", _FIELD, values, (use({_FIELD: str(free)}),))
