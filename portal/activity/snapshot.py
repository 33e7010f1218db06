"""One moment of the database, to read several tables in while others write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_BEGIN = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside belongs together, and nobody waits for it. Inside a transaction: as that one has it."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        # By hand: transaction.atomic begins on SQLite as one who writes, and all others would wait.
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
