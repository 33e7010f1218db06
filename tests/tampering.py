"""What the owner of the database can do to the trail, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from portal.activity import guards


@contextmanager
def unguarded_trail() -> Iterator[None]:
    """The triggers are gone meanwhile."""
    guards.remove(connection)
    yield
    guards.install(connection)


def tamper(statement: str, *values: Any) -> None:
    """Carry out raw SQL past the triggers; it must strike something."""
    with unguarded_trail(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount != 0, "the statement struck nothing: the test would prove nothing"


def break_the_trail() -> None:
    """From now on nothing can be recorded."""
    tamper("UPDATE activity_head SET seal = 'forged'")
