"""Texts of others, made such that no log, terminal or page does what they say."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_LONGEST_DETAIL, _LONGEST_LINE = 500, 4_000
_BREAKS = re.compile(r"[\t\r\n\u2028\u2029]+")
# Control characters (ANSI escapes begin with one), what turns the direction of writing, halves of characters (CWE-117).
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSEEN_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_THEIR_PLACE = "\N{REPLACEMENT CHARACTER}"
# A page in parts. What is edited or chosen and every tag are kept to the letter: a browser sends them back. Django
# leaves no angle bracket in an attribute.
_KEPT = r"<textarea\b.*?</textarea>|<option(?![^>]*\bvalue=)[^>]*>[^<]*|<[^>]*>"
_PART = re.compile(rf"{_KEPT}|[^<]+", re.DOTALL)


def harmless(text: str, *, longest: int) -> str:
    """One line of at most ``longest`` characters; what cannot be seen is shown as a replacement character."""
    line = _UNSEEN.sub(_IN_THEIR_PLACE, _BREAKS.sub(" ", text)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def harmless_text(lines: Iterable[str]) -> str:
    """A text for a ticket, line by line: no value makes a line of its own, and each stays where it is indented to."""
    told = (f"{line[: len(line) - len(line.lstrip(' '))]}{harmless(line, longest=_LONGEST_LINE)}" for line in lines)
    return "\n".join(told)


def harmless_lines(text: str) -> str:
    """The same of a text of several lines, which stay, and so do tabs; as long as it is."""
    # Nearly every text is, and this is the shorter look at it.
    if text.isprintable():
        return text
    return _UNSEEN_IN_LINES.sub(_IN_THEIR_PLACE, text.replace("\r\n", "\n"))


def harmless_page(page: str) -> str:
    """The same of what a page of HTML shows; what stands in its fields and attributes is as it was."""
    if not _UNSEEN_IN_LINES.search(page):
        return page
    return _PART.sub(lambda part: part[0] if part[0].startswith("<") else harmless_lines(part[0]), page)


def harmless_details(details: Mapping[str, Any]) -> dict[str, str | int | bool | None]:
    """Plain values: numbers and truth stay, all else is a line of text. No fractions: databases write them anew."""
    return {
        name: value if value is None or isinstance(value, int) else harmless(str(value), longest=_LONGEST_DETAIL)
        for name, value in details.items()
    }
