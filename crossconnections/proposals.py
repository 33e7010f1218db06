"""A cross connection, or one of its peerings, as it is by the mirror, and as it would be by what somebody asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from crossconnections.addressing import Judgement, Neighbour, judge
from crossconnections.differences import Configuration, part_of
from crossconnections.enums import PeeringState, PeeringType
from crossconnections.models import CrossConnection, Peering, Wish
from crossconnections.models.wish import PRESENCE

_IPV4_LINKS = ("primary_prefix", "secondary_prefix")
_IPV6_LINKS = ("ipv6_primary_prefix", "ipv6_secondary_prefix")
_LINKS = (*_IPV4_LINKS, *_IPV6_LINKS)
_OF_A_NEIGHBOUR = ("peering_type", "vlan_id", *_LINKS)
_OF_BOTH = ("peer_asn", "vlan_id", *_IPV4_LINKS, *_IPV6_LINKS)
_OF_MICROSOFT = ("advertised_prefixes", "advertised_communities", "customer_asn", "routing_registry")


def fields_of(peering_type: str) -> tuple[str, ...]:
    """What a person says of a peering, by the mirror's columns, beside its state and its key (P3)."""
    return _OF_BOTH + (_OF_MICROSOFT if peering_type == PeeringType.MICROSOFT_PEERING else ())


def find_peering(row: CrossConnection, peering_type: str) -> Peering | None:
    """The peering of that type."""
    return next((one for one in row.peerings.all() if one.peering_type == peering_type), None)


def values_now(row: CrossConnection, names: Iterable[str], subject: str = "") -> dict[str, Any]:
    """What the mirror holds of these fields, of the row itself or of its peering of a type; blanks where there is none.

    ``presence`` among the names says whether the peering is there.
    """
    if not subject:
        return {name: getattr(row, name) for name in names}
    known = find_peering(row, subject)
    peering = known or Peering()
    return {name: known is not None if name == PRESENCE else getattr(peering, name) for name in names}


def held_by(row: CrossConnection, wish: Wish) -> dict[str, Any]:
    """What the mirror holds of what somebody wishes: the fields of the row, or all that a person says of a peering."""
    names = ("state", *fields_of(wish.subject)) if wish.subject else wish.asked
    return values_now(row, names, wish.subject)


def with_families(values: Mapping[str, Any], asked: Mapping[str, Any], *, was: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked of a peering, with the state of its IPv6 side, which goes with the peering's own.

    ``values`` are those of the peering as it would be, ``was`` as it is. Disabled ends both sessions
    (howto-reset-peering), so nobody is asked for a state of each family; a side that goes has none.
    """
    if not values["ipv6_primary_prefix"]:
        state = ""
    elif "state" in asked or not was["ipv6_state"]:
        state = values["state"] or PeeringState.ENABLED
    else:
        state = was["ipv6_state"]
    return dict(asked) if state == was["ipv6_state"] else {**asked, "ipv6_state": state}


def neighbours_of(row: CrossConnection, peering_type: str) -> list[Neighbour]:
    """The other peerings of the circuit."""
    peerings = ({name: getattr(one, name) for name in _OF_A_NEIGHBOUR} for one in row.peerings.all())
    return _neighbours(peerings, peering_type)


def _neighbours(peerings: Iterable[Mapping[str, Any]], peering_type: str) -> list[Neighbour]:
    return [
        Neighbour(one["peering_type"], one["vlan_id"], tuple(filter(None, (one[name] for name in _LINKS))))
        for one in peerings
        if one["peering_type"] != peering_type
    ]


def as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as a person would type them, a list one a line."""
    return {name: _text(value) for name, value in values.items()}


def judge_asked(row: CrossConnection, asked: Mapping[str, Any], subject: str) -> Judgement:
    """The peering as it would be, judged by the rules; what nobody touches may be against them, and is a caution.

    The customer may have set up, at Azure, what the portal would refuse; to switch that off must still be possible.
    """
    names = fields_of(subject)
    values = {name: asked.get(name, value) for name, value in values_now(row, names, subject).items()}
    judgement = judge(as_typed(values), peering_type=subject, others=neighbours_of(row, subject))
    return of_touched(judgement, asked.keys())


def judge_in_azure(now: Configuration, asked: Mapping[str, Any], subject: str) -> Judgement:
    """The same by a configuration that Azure has just shown: another peering may have come that no page has seen."""
    held = part_of(now, subject)
    values = {name: asked.get(name, held.get(name)) for name in fields_of(subject)}
    others = _neighbours(now.get("peerings", ()), subject)
    return of_touched(judge(as_typed(values), peering_type=subject, others=others), asked.keys())


def of_touched(judgement: Judgement, touched: Iterable[str]) -> Judgement:
    """The same with nothing forbidden in a field that nobody touches."""
    judged = set(touched)
    for links in (_IPV4_LINKS, _IPV6_LINKS):
        if judged & {*links}:
            judged |= {*links, "advertised_prefixes"}
    breaches = tuple(one for one in judgement.breaches if one.field in judged)
    others = tuple(one for one in judgement.breaches if one.field not in judged)
    return replace(judgement, breaches=breaches, cautions=(*others, *judgement.cautions))


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
