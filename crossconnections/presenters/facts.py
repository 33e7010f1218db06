"""Labels over values."""

from dataclasses import dataclass

NOT_TOLD = "Not told"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label over a value. ``label`` is what the copy button says it copies; without it there is none."""

    name: str
    value: str
    label: str = ""
    width: str = ""


def copied(name: str, value: object, label: str, missing: str = NOT_TOLD, width: str = "full") -> Fact:
    """With a button that copies it; where there is none, what is said instead."""
    return Fact(name, str(value), label, width) if value else Fact(name, missing, width=width)
