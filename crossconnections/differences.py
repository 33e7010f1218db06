"""What differs between what a person saw, what is asked, and what Azure shows: plain values in, plain values out.

A configuration is what a row of the mirror and its peerings hold, by the columns' names, ``peerings`` being a list
with a ``peering_type`` each. ``opened`` and ``asked`` are parts of one: the fields that a change touches.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crossconnections.enums import ProvisioningState

Configuration = Mapping[str, Any]

PRESENCE = "presence"
# Azure moves these by itself in the wake of a write.
AZURES_OWN = frozenset({"provisioning_state", "azure_asn", "advertised_prefixes_state", "last_modified_by"})


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


def find_conflicts(opened: Configuration, asked: Configuration, now: Configuration) -> list[Conflict]:
    """The touched fields that hold something third by now; one that holds what is asked already is none."""
    return [
        Conflict(name, opened.get(name), now.get(name), value)
        for name, value in asked.items()
        if now.get(name) not in (opened.get(name), value)
    ]


def has_taken(asked: Configuration, now: Configuration) -> bool:
    """Whether everything is as asked."""
    return all(now.get(name) == value for name, value in asked.items())


def find_differences(before: Configuration, asked: Configuration, after: Configuration) -> list[Difference]:
    """What is other than right before the write and as asked: what was asked first, and Azure's own fields left out."""
    expected = {**before, **asked}
    names = [*asked, *(name for name in before if name not in asked and name != "peerings")]
    found = list(_fields("", names, expected, after))
    if after.get("provisioning_state") not in {ProvisioningState.SUCCEEDED, None, ""}:
        state = Difference("", "provisioning_state", ProvisioningState.SUCCEEDED, after["provisioning_state"])
        found.append(state)
    return found + list(_peerings(_by_type(before), _by_type(after)))


def _peerings(before: Mapping[str, Configuration], after: Mapping[str, Configuration]) -> Iterator[Difference]:
    for kind, peering in before.items():
        if kind in after:
            yield from _fields(kind, list(peering), peering, after[kind])
        else:
            yield Difference(kind, PRESENCE, expected=True, found=False)
    for kind in after.keys() - before.keys():
        yield Difference(kind, PRESENCE, expected=False, found=True)


def _fields(subject: str, names: list[str], expected: Configuration, found: Configuration) -> Iterator[Difference]:
    for name in names:
        if name not in AZURES_OWN and expected.get(name) != found.get(name):
            yield Difference(subject, name, expected.get(name), found.get(name))


def _by_type(configuration: Configuration) -> dict[str, Configuration]:
    return {one["peering_type"]: one for one in configuration.get("peerings", [])}
