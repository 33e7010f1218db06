"""What the rules of addressing say of a peering as somebody wants it: values, breaches and cautions."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MOST_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Repair:
    """A way out of a breach: the text for each form field that changes, and what its button says."""

    fills: Mapping[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule of EXPRESSROUTE.md 2 that is not kept, or something to know before it is sent.

    ``key`` names its sentence in :mod:`~crossconnections.addressing.sentences`, ``values`` what the sentence takes.
    ``field`` is a form field, or "" where it belongs to none. Nothing in it is longer than what may be echoed.
    """

    rule: str
    key: str
    field: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another peering of the same circuit; its link prefixes of both families are Azure's texts, however odd."""

    peering_type: str
    vlan_id: int | None
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was typed, as values, and what is wrong with it.

    ``values`` has each field that could be read: whole numbers or None, canonical CIDR texts or "", lists of
    canonical texts. Without ``breaches`` it has all of the peering type's fields. ``cautions`` forbid nothing.
    """

    values: dict[str, Any]
    breaches: tuple[Breach, ...]
    cautions: tuple[Breach, ...]


def use(fills: Mapping[str, str]) -> Repair:
    """A repair that puts these texts in, and says so: ``Use 10.0.0.0/30 and 10.0.0.4/30``."""
    return Repair(dict(fills), f"Use {' and '.join(fills.values())}")


def shown(text: str) -> str:
    """What may be echoed of a typed text: at most 60 characters, each of them to be seen."""
    seen = "".join(character if character.isprintable() else "\ufffd" for character in text[: _MOST_CHARACTERS + 1])
    return seen if len(seen) <= _MOST_CHARACTERS else f"{seen[: _MOST_CHARACTERS - 1]}…"
