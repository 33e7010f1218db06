"""What people write into a customer's record, in a form or in a spreadsheet, as the record keeps it. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from crossconnections.addressing.macs import spell_mac
from crossconnections.models import CustomerRecord

Service, Tier = CustomerRecord.Service, CustomerRecord.Tier

LONGEST_LINE = 120
LONGEST_CONTACTS = 2_000
LONGEST_NOTES = 8_000
# A circuit has two edge routers; those replaced and those of both peerings included, nobody needs more.
MOST_MACS = 32
EMPTY: Mapping[str, Any] = MappingProxyType({
    "customer": "", "reference": "", "contacts": "", "service": "", "sku_tier": "", "planned_on": None,
    "known_macs": [], "internal_notes": "",
})  # fmt: skip
NAMES = tuple(EMPTY)

_NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff]")
# What turns the direction of writing comes along unseen when a number is copied out of a phone book; nobody types it.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SERVICES = {"layer2": Service.LAYER_2, "l2": Service.LAYER_2, "2": Service.LAYER_2,
             "layer3": Service.LAYER_3, "l3": Service.LAYER_3, "3": Service.LAYER_3}  # fmt: skip
_TIERS = {"standard": Tier.STANDARD, "premium": Tier.PREMIUM}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEARS = range(2000, 2101)
_MOST_SHOWN = 40
_MOST_TOLD = 5


class Unreadable(ValueError):  # noqa: N818 - reads as what happened
    """What was written cannot be kept; the text is the sentence that says why."""


def read_line(text: str) -> str:
    """One line of text."""
    return _bounded(re.sub(r"[\r\n]+", " ", text.strip()), LONGEST_LINE)


def read_contacts(text: str) -> str:
    """Lines as somebody wrote them."""
    return _bounded(text, LONGEST_CONTACTS)


def read_notes(text: str) -> str:
    """Likewise."""
    return _bounded(text, LONGEST_NOTES)


def read_service(text: str) -> str:
    """Layer 2 or 3, in any usual spelling; "" where nobody says."""
    return _word(text, _SERVICES, "Say layer2 or layer3, or leave it empty")


def read_tier(text: str) -> str:
    """Standard or Premium, in any case; "" where nobody says."""
    return _word(text, _TIERS, "Say Standard or Premium, or leave it empty")


def read_date(text: str) -> date | None:
    """2026-12-03 or 03.12.2026, and 31/12/2026 where that can be one date only; None for nothing.

    A spreadsheet's midnight behind an ISO date is passed over.
    """
    typed = text.strip()
    if not typed:
        return None
    if parts := _ISO.fullmatch(typed):
        return _date(typed, int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _DOTTED.fullmatch(typed):
        return _date(typed, int(parts[3]), int(parts[2]), int(parts[1]))
    if parts := _SLASHED.fullmatch(typed):
        return _only_date(typed, int(parts[3]), int(parts[1]), int(parts[2]))
    raise _no_date(typed)


def read_macs(text: str) -> list[str]:
    """Between blanks, commas, semicolons or line ends, each once, in their order, spelled as in the tables.

    Raises:
        Unreadable: with a sentence for each that is none.
    """
    typed = re.split(r"[\s,;]+", text.strip()) if text.strip() else []
    wrong = list(dict.fromkeys(one for one in typed if spell_mac(one) is None))
    if wrong:
        raise Unreadable(" ".join(_wrong_macs(wrong)))
    macs = list(dict.fromkeys(mac for one in typed if (mac := spell_mac(one))))
    if len(macs) > MOST_MACS:
        raise Unreadable(f"At most {MOST_MACS} MAC addresses are kept; these are {len(macs)}.")
    return macs


def _wrong_macs(wrong: Sequence[str]) -> Iterator[str]:
    yield from (f"“{_shown(one)}” is no MAC address of a device." for one in wrong[:_MOST_TOLD])
    if len(wrong) > _MOST_TOLD:
        yield f"Nor are {len(wrong) - _MOST_TOLD:,} more."


READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType({
    "customer": read_line, "reference": read_line, "contacts": read_contacts, "service": read_service,
    "sku_tier": read_tier, "planned_on": read_date, "known_macs": read_macs, "internal_notes": read_notes,
})  # fmt: skip


def values_of(record: CustomerRecord | None) -> dict[str, Any]:
    """What is on record, by the names of the fields; empty where nothing is."""
    return {name: getattr(record, name) for name in NAMES} if record else {**EMPTY, "known_macs": []}


def as_text(name: str, value: Any) -> str:  # noqa: ANN401 - a field's
    """A value as it is written; what reads it gives the value back. MAC addresses one a line."""
    if name == "planned_on":
        return value.isoformat() if isinstance(value, date) else str(value or "")
    return "\n".join(value) if name == "known_macs" else str(value)


def _bounded(text: str, longest: int) -> str:
    kept = _TURNS.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    if _NOT_IN_A_TEXT.search(kept):
        raise Unreadable("It has a control character in it. Write it anew where it was copied from.")
    if len(kept) > longest:
        raise Unreadable(f"It takes at most {longest:,} characters, not {len(kept):,}.")
    return kept


def _word(text: str, words: Mapping[str, str], advice: str) -> str:
    typed = re.sub(r"[\s_-]", "", text).casefold()
    if not typed:
        return ""
    if typed not in words:
        raise Unreadable(f"“{_shown(text.strip())}” is not known. {advice}.")
    return str(words[typed])


def _only_date(typed: str, year: int, first: int, second: int) -> date:
    """With the day or the month first, as far as only one of them is a date."""
    meant = {found for day, month in ((first, second), (second, first)) if (found := _calendar(year, month, day))}
    if len(meant) == 1:
        return meant.pop()
    if not meant:
        raise _no_date(typed)
    either = " or ".join(f"{one:%Y-%m-%d}" for one in sorted(meant))
    raise Unreadable(f"{typed} can be read in two ways. Write {either}.")


def _date(typed: str, year: int, month: int, day: int) -> date:
    if found := _calendar(year, month, day):
        return found
    raise _no_date(typed)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _no_date(typed: str) -> Unreadable:
    return Unreadable(f"“{_shown(typed)}” is no date. Write it as in 2026-12-03.")


def _shown(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
