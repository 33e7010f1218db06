"""`$filter`, as far as the list of cross connections has it."""

import re

from sandbox.arm.errors import invalid_filter
from sandbox.arm.question import Question
from sandbox.arm.versions import FILTER_SINCE

# OData writes a quote inside of a text twice.
_NAME_EQUALS = re.compile(r"\s*name\s+eq\s+'((?:[^']|'')*)'\s*", re.IGNORECASE)


def read_name_filter(question: Question) -> str | None:
    """The name asked for; raises InvalidFilter for any other filter, and for every one before there were any."""
    text = question.parameters.get("$filter")
    if text is None:
        return None
    match = _NAME_EQUALS.fullmatch(text)
    if match is None or question.version < FILTER_SINCE:
        raise invalid_filter(text)
    return match[1].replace("''", "'")
