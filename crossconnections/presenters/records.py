"""Who the customer of a cross connection is: the card on its pages, and the form where two people wrote at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.queries.records import find_record
from crossconnections.record_values import EMPTY, as_text, values_of
from portal.times import Moment, ago

NOT_SAID = "Not said"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# Seven digits at least: what is shorter is an extension or the number of a house.
_PHONE = r"(?<![\w@.])\+?\(?\d(?:[ ()./-]{0,2}\d){6,16}(?![\w@])"
_LINKED = re.compile(f"({_EMAIL})|({_PHONE})", re.ASCII)
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: with ``href`` it is a link to a phone number or an e-mail address."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class RecordCard:
    """What is on record. ``is_known`` where anything is; texts are "" and ``kept`` None where there is nothing.

    ``contacts`` are lines, each of pieces. ``service`` and ``tier`` are in words, "" where nobody has said, and so is
    ``planned``, a date. ``sums`` are those of them that are said, for one line.
    """

    is_known: bool
    customer: str
    reference: str
    service: str
    tier: str
    planned: str
    contacts: tuple[tuple[Piece, ...], ...]
    macs: tuple[str, ...]
    notes: str
    kept: Moment | None
    kept_by: str

    @property
    def sums(self) -> tuple[str, ...]:
        """Service, tier and planned date, as far as they are known."""
        planned = f"planned for {self.planned}" if self.planned else ""
        return tuple(filter(None, (self.service, self.tier, planned)))


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else wrote into a field meanwhile, as text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Who else has written, when, and the fields where it is otherwise than what the person at hand typed."""

    by: str
    at: Moment
    fields: Mapping[str, Theirs]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading whose MAC addresses are proposed; ``gone`` and ``new`` are those that would leave the record and join.

    ``has_any`` is whether the reading shows any at all.
    """

    number: int
    has_any: bool
    gone: tuple[str, ...]
    new: tuple[str, ...]


def show_record(row: CrossConnection, *, now: datetime) -> RecordCard:
    """The customer's record of a cross connection; an empty card where nobody has written one."""
    record = find_record(row)
    values = values_of(record)
    return RecordCard(
        is_known=values != dict(EMPTY),
        customer=values["customer"],
        reference=values["reference"],
        service=service_in_words(values["service"]),
        tier=values["sku_tier"],
        planned=date_in_words(values["planned_on"]),
        contacts=tuple(tuple(_pieces(line)) for line in values["contacts"].splitlines() if line.strip()),
        macs=tuple(values["known_macs"]),
        notes=values["internal_notes"],
        kept=ago(record.changed_at, now=now) if record else None,
        kept_by=author(record) if record else "",
    )


def show_clash(record: CustomerRecord, asked: Mapping[str, Any], *, now: datetime) -> Clash:
    """What somebody else wrote beside what is ``asked`` for, of the fields where the two differ."""
    theirs = values_of(record)
    fields = {name: Theirs(name, _in_words(name, theirs[name])) for name in asked if asked[name] != theirs[name]}
    return Clash(author(record), ago(record.changed_at, now=now), fields)


def show_proposal(number: int, macs: Sequence[str], record: CustomerRecord | None) -> Proposal:
    """What the MAC addresses of a reading would replace."""
    known: list[str] = record.known_macs if record else []
    gone = tuple(mac for mac in known if macs and mac not in macs)
    return Proposal(number, bool(macs), gone, tuple(mac for mac in macs if mac not in known))


def author(record: CustomerRecord) -> str:
    """Who wrote last."""
    return record.changed_by.name if record.changed_by else "Somebody"


def service_in_words(service: str) -> str:
    """``Layer 3``; "" where nobody has said."""
    return CustomerRecord.Service(service).label if service in CustomerRecord.Service else ""


def date_in_words(day: date | None) -> str:
    """``3 Dec 2026``; "" for none."""
    return f"{day.day} {day:%b %Y}" if day else ""


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 - a field's
    if name == "service":
        return service_in_words(value)
    return date_in_words(value) if name == "planned_on" else as_text(name, value)


def _pieces(line: str) -> Iterator[Piece]:
    """A line with its numbers and addresses as links; what looks like a date is no number."""
    end = 0
    for found in _LINKED.finditer(line):
        if _A_DATE.fullmatch(found[0]):
            continue
        if found.start() > end:
            yield Piece(line[end : found.start()])
        yield Piece(found[0], _href(found))
        end = found.end()
    if end < len(line):
        yield Piece(line[end:])


def _href(found: re.Match[str]) -> str:
    if found[1]:
        return f"mailto:{quote(found[1], safe='@')}"
    plus = "+" if found[2].startswith("+") else ""
    # "+49 (0)69": what stands in the brackets is not dialled from abroad.
    typed = found[2].replace("(0)", "") if plus else found[2]
    return f"tel:{plus}{re.sub('[^0-9]', '', typed)}"
