"""`$filter`, as far as the lists have it."""

import re

from sandbox.arm.errors import invalid_filter
from sandbox.arm.question import Question
from sandbox.arm.versions import FILTER_SINCE

# OData writes a quote inside of a text twice.
_EQUALS = re.compile(r"\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*", re.IGNORECASE)


def read_equals(name: str, text: str) -> str | None:
    """What a property has to equal; None where the filter says anything else."""
    match = _EQUALS.fullmatch(text)
    is_it = match is not None and match[1].casefold() == name
    return match[2].replace("''", "'") if match and is_it else None


def read_name_filter(question: Question) -> str | None:
    """The name asked for; raises InvalidFilter for any other filter, and for every one before there were any."""
    text = question.parameters.get("$filter")
    if text is None:
        return None
    name = read_equals("name", text)
    if name is None or question.version < FILTER_SINCE:
        raise invalid_filter(text)
    return name


def refuse_filter(question: Question) -> None:
    """Raise InvalidFilter for any filter."""
    text = question.parameters.get("$filter")
    if text is not None:
        raise invalid_filter(text)
