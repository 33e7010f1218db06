"""Records of many customers: the file that people take, and what a file that they bring would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossconnections.presenters.records import date_in_words, service_in_words
from crossconnections.record_sheet import KEY, READ_ALONG
from crossconnections.record_values import NAMES, as_text
from crossconnections.services.record_imports import Planned
from portal.spreadsheets import kept_cell, safe_cell

NOTHING = "nothing"
FIELD_NAMES: Mapping[str, str] = {
    "customer": "Customer", "reference": "Reference", "contacts": "Contacts", "service": "Service", "sku_tier": "Tier",
    "planned_on": "Planned date", "known_macs": "Known MACs", "internal_notes": "Notes",
}  # fmt: skip
_WORDS = {
    "new": ("New", "s-info", "run"),
    "changed": ("Changed", "pen", ""),
    "unchanged": ("Unchanged", "check", "dim"),
    "refused": ("Refused", "s-fail", "bad"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the file; ``circuit`` is "" where it is refused, and ``wrong`` are the sentences why."""

    number: int
    service_key: str
    circuit: str
    word: str
    glyph: str
    tone: str
    changes: tuple[FieldChange, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines in the order of the file, how many there are of each kind, and how many would be kept."""

    lines: tuple[PlanLine, ...]
    counts: tuple[str, ...]
    kept: int
    refused: int


def show_plan(planned: Sequence[Planned]) -> Plan:
    """What the file would change, line by line."""
    kinds = [_kind(one) for one in planned]
    counts = tuple(f"{kinds.count(kind):,} {kind}" for kind in _WORDS if kind in kinds)
    lines = tuple(_line(one, kind) for one, kind in zip(planned, kinds, strict=True))
    return Plan(lines, counts, kinds.count("new") + kinds.count("changed"), kinds.count("refused"))


def as_record_cells(row: Mapping[str, Any]) -> list[str]:
    """A line of the file under ``record_sheet.COLUMNS``, which gives back what is on record when it is read."""
    told = [kept_cell(str(row[KEY] or "")), *(safe_cell(row[name]) for name in READ_ALONG)]
    return told + [kept_cell(_cell(name, row[name])) for name in NAMES]


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - a field's
    if value is None:
        return ""
    # In one line: a spreadsheet's row stays as high as its text.
    return " ".join(value) if name == "known_macs" else as_text(name, value)


def _kind(one: Planned) -> str:
    if one.wrong:
        return "refused"
    return "new" if one.is_new else "changed" if one.after else "unchanged"


def _line(one: Planned, kind: str) -> PlanLine:
    circuit = one.row.circuit_name if one.row else ""
    return PlanLine(one.line.number, one.line.service_key, circuit, *_WORDS[kind], tuple(_changes(one)), one.wrong)


def _changes(one: Planned) -> Iterator[FieldChange]:
    for name, after in one.after.items():
        yield FieldChange(FIELD_NAMES[name], _in_words(name, one.before[name]), _in_words(name, after))


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 - a field's
    if name == "service":
        return service_in_words(value) or NOTHING
    return (date_in_words(value) if name == "planned_on" else as_text(name, value)) or NOTHING
