"""Whether a fact in a document is of the type that it has to be, told in a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.refused import RefusedError

# Takes the name of a fact and its value; raises RefusedError.
Check = Callable[[str, object], None]


def text(name: str, value: object) -> None:
    """Any text."""
    if not isinstance(value, str):
        raise RefusedError(f"{name} takes text.")


def json_object(name: str, value: object) -> None:
    """Any JSON object."""
    if not isinstance(value, dict):
        raise RefusedError(f"{name} takes a JSON object.")


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(name: str, value: object) -> None:
        # True is an int to Python, and 50.0 equals 50.
        if type(value) is not int or not least <= value <= most:
            raise RefusedError(f"{name} takes a whole number from {least} to {most}.")

    return check


def one_of(*words: str) -> Check:
    """One of some words, to the letter."""

    def check(name: str, value: object) -> None:
        if value not in words:
            raise RefusedError(f"{name} is one of {', '.join(words)}.")

    return check


def list_of(check_entry: Check) -> Check:
    """A list, each of whose entries is checked."""

    def check(name: str, value: object) -> None:
        if not isinstance(value, list):
            raise RefusedError(f"{name} takes a list.")
        for entry in value:
            check_entry(name, entry)

    return check


def object_of(checks: Mapping[str, Check]) -> Check:
    """A JSON object with these facts at most, each of which is checked."""

    def check(name: str, value: object) -> None:
        if not isinstance(value, dict):
            raise RefusedError(f"{name} takes a JSON object.")
        for inner, fact in value.items():
            if inner not in checks:
                raise RefusedError(f"{name} has no {inner!a}: it takes {', '.join(checks)}.")
            checks[inner](inner, fact)

    return check


def filled(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts without those that are null: a null is left out."""
    return {name: value for name, value in facts.items() if value is not None}
