"""Where a subnet of a peering meets another circuit of ours, in a sentence."""

from crossconnections.enums import PeeringType
from crossconnections.peering_names import peering_word
from crossconnections.queries.overlaps import Overlap

_PUBLIC = "Public addresses are somebody's own: one of the two is wrong."
_PRIVATE = "That is in order for two customers, each with a network of their own, and wrong for two circuits of one."


def overlap_in_words(one: Overlap) -> str:
    """What meets what, and what to think of it."""
    circuit = f"{one.row.circuit_name or 'another circuit'} ({one.row.service_key})"
    what = f"{one.prefix} is" if one.prefix == one.other else f"{one.prefix} meets {one.other}, which is"
    so = _PUBLIC if one.peering_type == PeeringType.MICROSOFT_PEERING else _PRIVATE
    return f"{what} a subnet of {peering_word(one.peering_type)} of {circuit} as well. {so}"
