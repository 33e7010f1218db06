"""Whole numbers as people type them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from crossconnections.addressing.breaches import Breach, shown, use

# More digits than any field has use for, fewer than int() takes its time over.
_MOST_DIGITS = 18
_PLAIN = re.compile(rf"0|[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}")
_AS = re.compile("asn?", re.IGNORECASE)
_DOTTED = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")
_HALF = 65_536


class Number(NamedTuple):
    """``value`` where the text is one to the letter; else the key of what is wrong, and what may be ``meant``.

    An empty text has neither value nor fault.
    """

    text: str
    value: int | None = None
    fault: str = ""
    meant: int | None = None


def read_number(text: str) -> Number:
    """A number in the digits 0 to 9; inner blanks, a plus, leading zeros and other digits only hint at one."""
    text = text.strip()
    if not text:
        return Number("")
    if _PLAIN.fullmatch(text):
        return Number(text, int(text))
    meant = _squeezed(text)
    return Number(text, None, "no_number" if meant is None else "digits_only", meant)


def read_asn(text: str) -> Number:
    """An AS number, which people write as ``AS65010`` too (V19); ``1.10`` hints at one (asdot, RFC 5396)."""
    text = text.strip()
    mark = _AS.match(text)
    bare = text[mark.end() :] if mark else text
    if (dotted := _undotted(bare.strip())) is not None:
        return Number(text, None, "dotted_asn", dotted)
    number = read_number(bare)
    if number.value is not None and number.text != bare:  # AS 65010
        return Number(text, None, "digits_only", number.value)
    return number._replace(text=text, fault="no_number" if mark and not bare else number.fault)


def unreadable(rule: str, field: str, number: Number, refuse: Callable[[int], Breach | None]) -> Breach:
    """The breach of a number with a fault; what is meant is offered unless it would be refused as well."""
    is_good = number.meant is not None and refuse(number.meant) is None
    repairs = (use({field: str(number.meant)}),) if is_good else ()
    return Breach(rule, number.fault, field, {"text": shown(number.text), "number": number.meant}, repairs)


def _undotted(text: str) -> int | None:
    found = _DOTTED.fullmatch(text)
    high, low = map(int, found.groups()) if found else (_HALF, _HALF)
    return high * _HALF + low if max(high, low) < _HALF else None


def _squeezed(text: str) -> int | None:
    digits = "".join(text.split()).removeprefix("+")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None
