"""Reading what came as JSON: a field that is absent or null is None, one that cannot be is a sentence."""

from collections.abc import Sequence
from typing import Any

from sandbox.refused import RefusedError


def read_fields(body: object, what: str, known: Sequence[str]) -> dict[str, Any]:
    """The object in a body, with known fields only: a misspelt one would be a test that tests nothing."""
    if not isinstance(body, dict):
        raise RefusedError(f"{what} is a JSON object.")
    for name in body:
        if name not in known:
            raise RefusedError(f"{what} has no {name!a}: it takes {', '.join(known)}.")
    return body


def read_text(fields: dict[str, Any], name: str) -> str | None:
    """A text that fits into a header."""
    value = fields.get(name)
    if value is not None and not (isinstance(value, str) and value.isascii() and value.isprintable()):
        raise RefusedError(f"{name} takes printable ASCII text.")
    return value


def read_word(fields: dict[str, Any], name: str, words: Sequence[str]) -> str | None:
    """One of some words, to the letter."""
    value = fields.get(name)
    if value is not None and value not in words:
        raise RefusedError(f"{name} {value!a} is not known: it is one of {', '.join(words)}.")
    return value


def read_whole(fields: dict[str, Any], name: str, *, least: int, most: int) -> int | None:
    """A whole number within bounds."""
    value = fields.get(name)
    # True is an int to Python, and 50.0 equals 50.
    if value is not None and (type(value) is not int or not least <= value <= most):
        raise RefusedError(f"{name} takes a whole number from {least} to {most}.")
    return value


def read_number(fields: dict[str, Any], name: str, *, most: float, default: float) -> float:
    """A number from 0 on."""
    value = fields.get(name)
    if value is None:
        return default
    if type(value) not in {int, float} or not 0 <= value <= most:
        raise RefusedError(f"{name} takes a number from 0 to {most}.")
    return float(value)
