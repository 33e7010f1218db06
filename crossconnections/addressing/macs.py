"""MAC addresses in any usual spelling."""

import re

# One separator throughout: ff:ff:ee:ee:dd:dd, ff-ff-ee-ee-dd-dd, ffff.eeee.dddd, or none at all.
_SPELLINGS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"[0-9a-f]{2}(:[0-9a-f]{2}){5}",
        r"[0-9a-f]{2}(-[0-9a-f]{2}){5}",
        r"[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}",
        r"[0-9a-f]{6}[:-][0-9a-f]{6}",
        r"[0-9a-f]{12}",
    )
)
_OF_NOBODY = {"0" * 12, "f" * 12}


def spell_mac(text: str) -> str | None:
    """As the tables of Microsoft's routers spell it, ``ffff.eeee.dddd``; None for what is no address of a device."""
    typed = text.strip()
    if not any(spelling.fullmatch(typed) for spelling in _SPELLINGS):
        return None
    digits = re.sub("[.:-]", "", typed).lower()
    return None if digits in _OF_NOBODY else f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"
