"""The portal's database as the drills see it: what the rows say, and a lock that somebody else holds."""

import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.components import lacking

# By a press, and by the steps that follow from it.
_WRITTEN_TO = "crossconnections_snapshot, crossconnections_tableread, crossconnections_change"
_PATIENCE_SECONDS, _IMPATIENCE_SECONDS = 30.0, 0.2
_BACKUP = "backup"


class Database(ABC):
    """Spoken to directly, never by way of the portal."""

    url: str

    def ask(self, sql: str, *values: object) -> list[Any]:
        """Rows, with ? for each value."""
        with self._connected() as database:
            return list(self._carry_out(database, sql, *values).fetchall())

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
    def as_text(self) -> str:
        """All that stands in it."""

    @abstractmethod
    def back_up(self, folder: Path) -> None:
        """All of it, as it is at this moment, while others write."""

    @abstractmethod
    def restore(self, folder: Path) -> None:
        """The backup in its place, while nobody is connected."""

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

    def as_text(self) -> str:
        """As SQL."""
        with self._connected() as database:
            return "\n".join(database.iterdump())

    def back_up(self, folder: Path) -> None:
        """By SQLite's own means."""
        with self._connected() as database, closing(sqlite3.connect(folder / _BACKUP)) as copy:
            database.backup(copy)

    def restore(self, folder: Path) -> None:
        """With nothing left of the log beside it."""
        for file in self._file.parent.glob(f"{self._file.name}*"):
            file.unlink()
        shutil.copy(folder / _BACKUP, self._file)

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

    def as_text(self) -> str:
        """As SQL."""
        return _run("pg_dump", "--data-only", self.url)

    def back_up(self, folder: Path) -> None:
        """By ``pg_dump``."""
        _run("pg_dump", "--format=custom", f"--file={folder / _BACKUP}", self.url)

    def restore(self, folder: Path) -> None:
        """Into a database of the same name."""
        self.destroy()
        self._maintain(f"CREATE DATABASE {self._name}")
        _run("pg_restore", f"--dbname={self.url}", str(folder / _BACKUP))

    def cut(self) -> None:
        """Every connection, as a server does that is restarted."""
        self._maintain(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'")  # noqa: S608 - a name of ours

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
        database.execute(f"LOCK TABLE {_WRITTEN_TO} IN EXCLUSIVE MODE".encode())

    def _maintain(self, sql: str) -> None:
        with closing(psycopg.connect(self._server, autocommit=True)) as server:
            server.execute(sql.encode())


def _run(program: str, *words: str) -> str:
    if not shutil.which(program):
        lacking(program, install="apt-get install postgresql-client")
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout
