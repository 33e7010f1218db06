"""The portal's database as the drills see it: what the rows say, and a lock that somebody else holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crossconnections.arm import Row
from crossconnections.tables import unpack

_READS = """
    SELECT r.id, r.device_path, r."table", r.state, r.error_code, r.sent, r.attempts, r.row_count, r.poll_url,
           w.compressed, s.finished_at
    FROM crossconnections_tableread r
    JOIN crossconnections_snapshot s ON s.id = r.snapshot_id
    JOIN crossconnections_crossconnection c ON c.id = s.cross_connection_id
    LEFT JOIN crossconnections_tablerows w ON w.read_id = r.id
    WHERE c.service_key = ? ORDER BY r.id
"""
_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Read:
    """A read as its row stands; ``finished_at`` is when its whole reading ended."""

    id: int
    path: str
    table: str
    state: str
    error_code: str
    sent: int
    attempts: int
    row_count: int | None
    poll_url: str
    compressed: bytes | None = field(repr=False)
    finished_at: Any

    @property
    def rows(self) -> tuple[Row, ...]:
        """What Azure told; none where none were kept."""
        return unpack(self.table, self.compressed) if self.compressed else ()


class Database:
    """SQLite in a file."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._file = file

    def reads(self, service_key: str) -> list[Read]:
        """All reads of a circuit's readings, oldest first."""
        with self._connected() as database:
            return [Read(*row) for row in database.execute(_READS, [service_key])]

    def change(self, sql: str, *values: object) -> None:
        """What a drill has no time to wait for."""
        with self._connected() as database:
            database.execute(sql, values)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else writes, and does not come to an end."""
        with self._connected() as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE_SECONDS, isolation_level=None)) as database:
            yield database
