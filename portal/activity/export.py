"""The trail as files: CSV for people, JSON lines for whoever checks the chain elsewhere."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from portal.activity.chain import FIELDS
from portal.activity.models import Entry
from portal.activity.presenters import what_in_words
from portal.activity.reading import Told, Unreadable, tell
from portal.activity.seals import canonical, moment
from portal.spreadsheets import START, as_lines, safe_cell

_AT_ONCE = 1_000
HEAD = (*FIELDS, "what")


def as_csv(entries: Iterable[Entry | Unreadable]) -> Iterator[str]:
    """The columns, and each deed in words; of an entry that cannot be read its number, and that in words."""
    yield START + as_lines([HEAD])
    for batch in _batches(tell(entries, _cells)):
        yield as_lines([_few_cells(one) if isinstance(one, Unreadable) else one for one in batch])


def as_json_lines(entries: Iterable[Entry | Unreadable]) -> Iterator[str]:
    """An object a line. ``mac`` is made of all else, as docs/architecture.md says.

    Of an entry that cannot be read there are ``number`` and ``unreadable``, which is a sentence.
    """
    for batch in _batches(tell(entries, lambda entry: canonical(_object(entry)))):
        yield "".join(f"{_small_object(one) if isinstance(one, Unreadable) else one}\n" for one in batch)


def _batches(told: Iterator[Told]) -> Iterator[list[Told]]:
    while batch := list(islice(told, _AT_ONCE)):
        yield batch


def _few_cells(entry: Unreadable) -> list[str]:
    values = {"number": entry.number, "what": entry.words}
    return [safe_cell(values.get(name, "")) for name in HEAD]


def _small_object(entry: Unreadable) -> str:
    return canonical({"number": entry.number, "unreadable": entry.words})


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
