"""The portal's database as the drills see it: what the rows say, and a lock that somebody else holds."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.drills.engine.reads import READS_OF_A_CIRCUIT, Read

_PATIENCE_SECONDS, _IMPATIENCE_SECONDS = 30.0, 0.2


class Database(ABC):
    """Spoken to directly, never by way of the portal."""

    url: str

    def reads(self, service_key: str) -> list[Read]:
        """All reads of a circuit's readings, oldest first."""
        with self._connected() as database:
            return [Read(*row) for row in self._carry_out(database, READS_OF_A_CIRCUIT, service_key)]

    def count(self, table: str, *, service_key: str) -> int:
        """How many rows of a table tell of that circuit."""
        with self._connected() as database:
            sql = f"SELECT count(*) FROM {table} WHERE service_key = ?"  # noqa: S608 - a name of ours
            return int(self._carry_out(database, sql, service_key).fetchone()[0])

    def change(self, sql: str, *values: object) -> None:
        """What a drill has no time to wait for."""
        with self._connected() as database:
            self._carry_out(database, sql, *values)

    @contextmanager
    def locked(self, seconds_to_wait: float = _PATIENCE_SECONDS) -> Iterator[None]:
        """Somebody else writes, and does not come to an end; others may read."""
        with self._connected(seconds_to_wait) as database:
            self._lock(database)
            yield
            database.execute("ROLLBACK")

    def is_free(self) -> bool:
        """Whether nobody is writing."""
        with suppress(sqlite3.OperationalError, psycopg.OperationalError), self.locked(_IMPATIENCE_SECONDS):
            return True
        return False

    @abstractmethod
    def destroy(self) -> None:
        """Nothing is left of it."""

    @abstractmethod
    def _connected(self, seconds_to_wait: float = _PATIENCE_SECONDS) -> AbstractContextManager[Any]: ...

    @abstractmethod
    def _carry_out(self, database: Any, sql: str, *values: object) -> Any: ...

    @abstractmethod
    def _lock(self, database: Any) -> None: ...


class Sqlite(Database):
    """A file."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._file = file

    def destroy(self) -> None:
        """It goes with its folder."""

    def _connected(self, seconds_to_wait: float = _PATIENCE_SECONDS) -> AbstractContextManager[sqlite3.Connection]:
        return closing(sqlite3.connect(self._file, timeout=seconds_to_wait, isolation_level=None))

    def _carry_out(self, database: sqlite3.Connection, sql: str, *values: object) -> sqlite3.Cursor:
        return database.execute(sql, values)

    def _lock(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")


class PostgreSQL(Database):
    """A database of the drills' own on somebody's server."""

    def __init__(self, server: str, name: str) -> None:
        self._server = server.replace("postgres://", "postgresql://", 1)
        self._name = name
        self.url = f"{self._server.rpartition('/')[0]}/{name}"
        self.destroy()
        self._maintain(f"CREATE DATABASE {name}")

    def destroy(self) -> None:
        """Whoever is still connected."""
        self._maintain(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")

    def _connected(self, seconds_to_wait: float = _PATIENCE_SECONDS) -> AbstractContextManager[Any]:
        options = f"-c lock_timeout={int(seconds_to_wait * 1000)}"
        return closing(psycopg.connect(self.url, autocommit=True, options=options))

    def _carry_out(self, database: psycopg.Connection[Any], sql: str, *values: object) -> psycopg.Cursor[Any]:
        return database.execute(sql.replace("?", "%s").encode(), values)

    def _lock(self, database: psycopg.Connection[Any]) -> None:
        database.execute("BEGIN")
        database.execute("LOCK TABLE crossconnections_snapshot, crossconnections_tableread IN EXCLUSIVE MODE")

    def _maintain(self, sql: str) -> None:
        with closing(psycopg.connect(self._server, autocommit=True)) as server:
            server.execute(sql.encode())
