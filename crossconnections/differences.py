"""What differs between what a person saw, what is asked, and what Azure shows: plain values in, plain values out.

A configuration is what a row of the mirror and its peerings hold, by the columns' names, ``peerings`` being a list
with a ``peering_type`` each. ``opened`` and ``asked`` are parts of one: the fields that a change touches, of the cross
connection itself or of one peering. A part of a peering says in ``presence`` whether it is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossconnections.enums import ProvisioningState
from crossconnections.models.wish import PRESENCE
from crossconnections.port_pairs import PORTS

Configuration = Mapping[str, Any]
S_TAG = "s_tag"

# Azure moves these by itself in the wake of a write.
AZURES_OWN = frozenset(
    {"provisioning_state", "azure_asn", "advertised_prefixes_state", "advertised_prefix_infos", "last_modified_by"}
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that is to be changed, and that Azure holds otherwise by now than when the person saw it."""

    field: str
    opened: Any
    now: Any
    asked: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out other than expected; ``subject`` is "" or a peering type, as in the history."""

    subject: str
    field: str
    expected: Any
    found: Any


def is_placement(asked: Configuration) -> bool:
    """Whether a move to other ports is asked for. The S-tag belongs to a pair of ports, so it is news and no fault."""
    return not asked.keys().isdisjoint(PORTS)


def part_of(configuration: Configuration, subject: str) -> Configuration:
    """What of it is about the cross connection itself (subject "") or about the peering of that type."""
    if not subject:
        return configuration
    peering = _by_type(configuration).get(subject)
    return {PRESENCE: peering is not None, **(peering or {})}


def is_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Nothing is nothing, however Azure spells it (missing, blank, 0); a list is the same in any order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other or not (one or other))


def find_conflicts(opened: Configuration, asked: Configuration, now: Configuration) -> list[Conflict]:
    """The touched fields that hold something third by now; one that holds what is asked already is none.

    A peering that is to go is touched as a whole, as far as it was seen; one that is gone already holds what is asked.
    """
    removes = asked.get(PRESENCE) is False
    touched = {**dict.fromkeys(opened), **asked} if removes and now.get(PRESENCE) else asked
    return [
        Conflict(name, opened.get(name), now.get(name), value)
        for name, value in touched.items()
        if not is_same(now.get(name), opened.get(name)) and (name not in asked or not is_same(now.get(name), value))
    ]


def has_taken(asked: Configuration, now: Configuration) -> bool:
    """Whether everything is as asked."""
    return all(is_same(now.get(name), value) for name, value in asked.items())


def find_differences(
    before: Configuration, asked: Configuration, after: Configuration, *, subject: str = ""
) -> list[Difference]:
    """What is other than right before the write and as asked: what was asked first, and Azure's own fields left out.

    ``subject`` is the peering that the change is about, "" for the cross connection itself.
    """
    touched = {} if subject else dict(asked)
    others = {"peerings"} | ({S_TAG} if is_placement(asked) else set())
    names = [*touched, *(name for name in before if name not in touched and name not in others)]
    found = list(_fields("", names, {**before, **touched}, after))
    if after.get("provisioning_state") not in {ProvisioningState.SUCCEEDED, None, ""}:
        state = Difference("", "provisioning_state", ProvisioningState.SUCCEEDED, after["provisioning_state"])
        found.append(state)
    expected = _by_type(before)
    if subject:
        expected = _with(expected, subject, asked)
    return found + list(_peerings(expected, _by_type(after), first=subject))


def _with(peerings: Mapping[str, Configuration], subject: str, asked: Configuration) -> dict[str, Configuration]:
    """The peerings with one as it is asked for; of a new one only what was asked is expected."""
    others = {kind: one for kind, one in peerings.items() if kind != subject}
    if asked.get(PRESENCE) is False:
        return others
    fields = {name: value for name, value in asked.items() if name != PRESENCE}
    return {subject: {**fields, **peerings.get(subject, {}), **fields}, **others}


def _peerings(
    before: Mapping[str, Configuration], after: Mapping[str, Configuration], *, first: str
) -> Iterator[Difference]:
    for kind, peering in before.items():
        if kind in after:
            yield from _fields(kind, list(peering), peering, after[kind])
        else:
            yield Difference(kind, PRESENCE, expected=True, found=False)
    for kind in sorted(after.keys() - before.keys(), key=lambda kind: kind != first):
        yield Difference(kind, PRESENCE, expected=False, found=True)


def _fields(subject: str, names: Sequence[str], expected: Configuration, found: Configuration) -> Iterator[Difference]:
    for name in names:
        if name not in AZURES_OWN and not is_same(expected.get(name), found.get(name)):
            yield Difference(subject, name, expected.get(name), found.get(name))


def _by_type(configuration: Configuration) -> dict[str, Configuration]:
    return {one["peering_type"]: one for one in configuration.get("peerings", [])}
