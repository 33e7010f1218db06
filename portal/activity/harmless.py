"""Texts of others, made such that no log, terminal or page does what they say."""

import re
from collections.abc import Mapping
from typing import Any

_LONGEST_DETAIL = 500
_BREAKS = re.compile(r"[\t\r\n\u2028\u2029]+")
# Control characters (ANSI escapes begin with one), what turns the direction of writing, halves of characters (CWE-117).
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str, *, longest: int) -> str:
    """One line of at most ``longest`` characters; what cannot be seen is shown as a replacement character."""
    line = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", text)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def harmless_details(details: Mapping[str, Any]) -> dict[str, str | int | bool | None]:
    """Plain values: numbers and truth stay, all else is a line of text. No fractions: databases write them anew."""
    return {
        name: value if value is None or isinstance(value, int) else harmless(str(value), longest=_LONGEST_DETAIL)
        for name, value in details.items()
    }
