"""Entries for people to read. One that cannot be read is told as such, and keeps no other from being read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import structlog
from django.db import connection
from django.db.models import QuerySet

from portal.activity.chain import FIELDS
from portal.activity.models import Entry
from portal.activity.rows import Row, stream_rows
from portal.activity.seals import read_time
from portal.harmless import harmless

log = structlog.get_logger(__name__)

Told = TypeVar("Told")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that the portal did not write as it stands: all that is left of it is its number."""

    number: int | str
    words = "This entry cannot be read: it was changed in the database. verify_activity on the host says more."


def read_entries(wanted: QuerySet[Entry]) -> Iterator[Entry | Unreadable]:
    """The entries of a query, in its order."""
    yield from map(_read, stream_rows(wanted))


def tell(entries: Iterable[Entry | Unreadable], in_words: Callable[[Entry], Told]) -> Iterator[Told | Unreadable]:
    """Each entry in words; one for which there are none is unreadable as well."""
    for entry in entries:
        try:
            yield entry if isinstance(entry, Unreadable) else in_words(entry)
        except Exception:  # it must not take the others along, and the portal wrote none such
            log.exception("entry_not_told", number=entry.number)
            yield _unreadable(entry.number)


def _read(row: Row) -> Entry | Unreadable:
    try:
        entry = Entry.from_db(connection.alias, FIELDS, [_value(name, row[name]) for name in FIELDS])
        # Details may be deeper than can be read, and hold halves of characters that no answer can be written with.
        json.dumps(entry.named_details, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return _unreadable(row["number"])
    return entry


def _value(name: str, value: object) -> object:
    kind = int if name == "number" else str
    if not isinstance(value, kind):
        raise ValueError(name)  # noqa: TRY004 - a value like any other that cannot be read
    if isinstance(value, str):
        value.encode()
    return read_time(str(value)) if name == "at" else value


def _unreadable(number: object) -> Unreadable:
    return Unreadable(number if isinstance(number, int) else harmless(str(number), longest=_LONGEST_NUMBER))
