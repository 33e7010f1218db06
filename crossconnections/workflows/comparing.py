"""The order beside what Azure has: where they differ, the customer ordered something else than they were sold."""

from collections.abc import Iterator
from dataclasses import dataclass

from crossconnections.workflows.facts import Facts


@dataclass(frozen=True, slots=True)
class Difference:
    """``field`` is ``location``, ``bandwidth_mbps`` or the type of a peering, whose VLAN ID it is."""

    field: str
    ordered: str | int
    held: str | int | None


def differences_of(facts: Facts) -> list[Difference]:
    """What was said in the order and is not so; what Azure does not tell yet differs from nothing."""
    return list(_differences(facts))


def is_same_place(one: str, other: str) -> bool:
    """Whether two spellings name one peering location: Microsoft's own pages differ in blanks and case."""
    return _squeezed(one) == _squeezed(other)


def _differences(facts: Facts) -> Iterator[Difference]:
    order = facts.order
    if order.location and facts.location and not is_same_place(order.location, facts.location):
        yield Difference("location", order.location, facts.location)
    if order.bandwidth_mbps and facts.bandwidth_mbps and order.bandwidth_mbps != facts.bandwidth_mbps:
        yield Difference("bandwidth_mbps", order.bandwidth_mbps, facts.bandwidth_mbps)
    for kind, vlan_id in order.vlan_ids.items():
        one = facts.peerings.get(kind)
        if one is not None and one.vlan_id != vlan_id:
            yield Difference(kind, vlan_id, one.vlan_id)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
