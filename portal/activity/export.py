"""The trail as files: CSV for people, JSON lines for whoever checks the chain elsewhere."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from portal.activity.chain import FIELDS
from portal.activity.models import Entry
from portal.activity.presenters import what_in_words
from portal.activity.seals import canonical, moment
from portal.spreadsheets import START, as_lines, safe_cell

_AT_ONCE = 1_000
HEAD = (*FIELDS, "what")


def as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The columns, and each deed in words."""
    yield START + as_lines([HEAD])
    for batch in _batches(entries):
        yield as_lines(map(_cells, batch))


def as_json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """An object a line. ``mac`` is made of all else, as docs/architecture.md says."""
    for batch in _batches(entries):
        yield "".join(f"{canonical(_object(entry))}\n" for entry in batch)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    found = iter(entries)
    while batch := list(islice(found, _AT_ONCE)):
        yield batch


def _cells(entry: Entry) -> list[str]:
    values = [moment(entry.at) if name == "at" else getattr(entry, name) for name in FIELDS]
    return [safe_cell(value) for value in (*values, what_in_words(entry))]


def _object(entry: Entry) -> dict[str, object]:
    values = {name: getattr(entry, name) for name in FIELDS}
    return values | {"at": moment(entry.at), "details": _parsed(entry.details)}


def _parsed(details: str) -> object:
    try:
        return json.loads(details)
    except ValueError:
        return details  # somebody has tampered with it: whoever checks the chain finds it
