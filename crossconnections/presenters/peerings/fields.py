"""The fields of a peering's form, each with what is known of it by then: what is wrong, and what follows from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.forms import BoundField

from crossconnections.addressing import MOST_ADVERTISED, Breach, LinkAddresses, find_link_addresses, sentence_of
from crossconnections.peering_names import peering_word
from crossconnections.presenters.overlaps import overlap_in_words
from crossconnections.queries.overlaps import LINKS, Overlap

if TYPE_CHECKING:
    from crossconnections.forms import PeeringForm

_HINTS = {
    "peer_asn": "Of the router that speaks to Microsoft, not of whoever owns the prefixes.",
    "primary_prefix": "A /30, or a /29 for both links.",
    "secondary_prefix": "A /30; the same for the second link.",
    "ipv6_primary_prefix": "A /126, or a /125 for both links.",
    "ipv6_secondary_prefix": "A /126; the same for the second link.",
    "advertised_prefixes": "One a line, IPv4 and IPv6. Only what stands here is accepted from the customer.",
    "customer_asn": "Only if the prefixes belong to another AS than the peer.",
    "routing_registry": "Where the route objects are found.",
    "advertised_communities": "One a line, such as 12076:5010.",
}


@dataclass(frozen=True, slots=True)
class ShownRepair:
    """A button: ``fills`` is a query string of form fields and what is put there."""

    fills: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and how it can be put right with one press."""

    sentence: str
    repairs: tuple[ShownRepair, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A subnet of another circuit, and the circuit's service key."""

    words: str
    service_key: str


@dataclass(frozen=True, slots=True)
class Live:
    """What is known of a field while it is typed."""

    name: str
    problems: tuple[Problem, ...] = ()
    addresses: LinkAddresses | None = None
    meetings: tuple[Meeting, ...] = ()
    count: str = ""


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of the form with its hint."""

    field: BoundField
    live: Live
    hint: str
    is_optional: bool


def show_fields(form: "PeeringForm") -> dict[str, ShownField]:
    """By name, as they stand after a submit, or before the first."""
    return {name: _field(form, form[name]) for name in form.fields if name != "opened"}


def show_live(form: "PeeringForm", name: str, overlaps: Sequence[Overlap]) -> Live:
    """A field whose text has just been typed; nothing is wrong yet about one that is empty."""
    text = str(form[name].value() or "")
    judgement = form.judge()
    breaches = [one for one in judgement.breaches if one.field == name and (text.strip() or one.repairs)]
    meetings = tuple(Meeting(overlap_in_words(one), one.row.service_key) for one in overlaps)
    addresses = _addresses(name, judgement.values.get(name, ""))
    return Live(name, tuple(map(_problem, breaches)), addresses, meetings, _count(name, text))


def _field(form: "PeeringForm", field: BoundField) -> ShownField:
    breaches = form.breaches_of(field.name)
    told = {sentence_of(one) for one in breaches}
    errors = list(field.errors)
    if field.name == "shared_key" and form.key_again and not errors:
        errors.append(form.key_again)
    text = "" if field.name == "shared_key" else str(field.value() or "")
    problems = (*map(_problem, breaches), *(Problem(str(error)) for error in errors if error not in told))
    live = Live(field.name, problems, _addresses(field.name, "" if problems else text), count=_count(field.name, text))
    return ShownField(field, live, _hint(form, field.name), is_optional=_is_optional(field.name))


def _hint(form: "PeeringForm", name: str) -> str:
    if name != "vlan_id":
        return _HINTS.get(name, "")
    taken = [
        f"the one of {peering_word(one.peering_type)} ({one.vlan_id})"
        for one in form.row.peerings.all()
        if one.peering_type != form.subject and one.vlan_id
    ]
    return f"1 to 4094, and not {' or '.join(taken)}." if taken else "1 to 4094; the same on both links."


def _is_optional(name: str) -> bool:
    return name.startswith("ipv6") or name in {"customer_asn", "routing_registry", "advertised_communities"}


def _problem(breach: Breach) -> Problem:
    repairs = tuple(ShownRepair(_query(one.fills), one.words) for one in breach.repairs)
    return Problem(sentence_of(breach), repairs)


def _query(fills: Mapping[str, str]) -> str:
    return urlencode(fills)


def _addresses(name: str, text: str) -> LinkAddresses | None:
    return find_link_addresses(text.strip()) if name in LINKS and text else None


def _count(name: str, text: str) -> str:
    """Of prefixes, by family, against what a session takes (EXPRESSROUTE.md M4)."""
    if name != "advertised_prefixes":
        return ""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    six = sum(":" in word for word in words)
    told = f"{len(words) - six} of {MOST_ADVERTISED} IPv4"
    return f"{told}, {six} of {MOST_ADVERTISED} IPv6" if six else told
