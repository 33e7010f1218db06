"""Rows of the trail as the database has them: whatever somebody has made of one, all can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeGuard

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

Row = dict[str, Any]
_AT_ONCE = 2_000


@contextmanager
def any_text() -> Iterator[None]:
    """What is read inside may be no UTF-8, which only SQLite keeps; its odd bytes become halves of characters.

    They are not replaced: what somebody wrote must not read like what stood there before. For the trail alone, since
    every text that is read meanwhile takes longer.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before, connection.connection.text_factory = connection.connection.text_factory, _decoded
    try:
        yield
    finally:
        connection.connection.text_factory = before


def stream_rows(wanted: QuerySet[Any]) -> Iterator[Row]:
    """The rows of a query by the names of their columns, ``at`` as the database's text, be it a time or not."""
    columns = [field.name for field in wanted.model._meta.concrete_fields if field.name != "at"]
    timed = wanted.annotate(at_text=Cast("at", TextField())).values(*columns, "at_text")
    rows = timed.iterator(chunk_size=_AT_ONCE)
    while batch := _take(rows):
        yield from batch


def is_number(value: object) -> TypeGuard[int]:
    """Whether a number is one: SQLite keeps anything in any column."""
    return isinstance(value, int)


def _take(rows: Iterator[Row]) -> list[Row]:
    with any_text():
        batch = list(islice(rows, _AT_ONCE))
    for row in batch:
        row["at"] = row.pop("at_text")
    return batch


def _decoded(text: bytes) -> str:
    return text.decode(errors="surrogateescape")
