"""A worker that is killed in the middle of a sync, and what the next one has to do."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox_process import SandboxProcess

ROOT = Path(__file__).parents[2]
GET_ONE = "/expressRouteCrossConnections/"


class Portal:
    """Commands of a portal with a database of its own, pointed at the sandbox."""

    def __init__(self, folder: Path, azure: SandboxProcess) -> None:
        self._database = folder / "portal.sqlite3"
        told = azure.manifest
        self._environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self._database}",
            "CELERY_BROKER_URL": "memory://",
            "PORTAL_BASE_URL": "http://localhost:8000",
            "PORTAL_SECRET_KEY": "7d9c5e2846b1f0a3c8825b6e4190fd37a8e60bd24c915f7e830a",
            "PORTAL_CLOUD": "Sandbox",
            "PORTAL_ARM_ENDPOINT": told["arm"],
            "AZURE_AUTHORITY_HOST": told["authority"],
            "PORTAL_CA_BUNDLE": told["ca"],
        }
        for name in ("tenant_id", "client_id", "client_secret"):
            for prefix in ("AZURE", "ENTRA"):
                self._environment[f"{prefix}_{name.upper()}"] = told[name]

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """``manage.py`` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL
        )

    def run(self, *command: str) -> None:
        """Until it ends well."""
        assert self.start(*command).wait(timeout=120) == 0

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Straight from the database."""
        with sqlite3.connect(self._database, timeout=30) as database:
            return database.execute(sql).fetchall()


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", size=200) as running:
        yield running


@pytest.fixture
def portal(tmp_path: Path, azure: SandboxProcess) -> Portal:
    one = Portal(tmp_path, azure)
    one.run("migrate", "--verbosity", "0")
    found = azure.subscription("production")
    one.run("enlist", found["id"], "--label", "production", "--kind", "production")
    return one


def rows_read(portal: Portal) -> int:
    [[count]] = portal.ask("SELECT count(*) FROM crossconnections_crossconnection WHERE read_at IS NOT NULL")
    return int(count)


def wait_until_some_are_read(portal: Portal, at_least: int) -> None:
    deadline = time.monotonic() + 60
    while rows_read(portal) < at_least:
        assert time.monotonic() < deadline, "nothing was read"
        time.sleep(0.02)


def test_a_sync_that_is_killed_is_taken_up_and_reads_only_what_is_left(portal: Portal, azure: SandboxProcess):
    azure.fault("delay", seconds=0.05, path_pattern=GET_ONE, times=100_000)
    killed = portal.start("sync")
    wait_until_some_are_read(portal, at_least=20)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    done = rows_read(portal)
    [[listed]] = portal.ask("SELECT count(*) FROM crossconnections_crossconnection")
    assert 20 <= done < listed, "it was killed too late"
    azure.clear_faults()

    # The lease of the dead worker runs out: 90 seconds of waiting would show no more than this.
    portal.ask("UPDATE crossconnections_syncrun SET claimed_until = '2020-01-01 00:00:00'")
    before = azure.requests()[-1]["number"]
    portal.run("sync")

    asked = sum(GET_ONE in request["path"] for request in azure.requests(after=before))
    assert asked == listed - done
    assert rows_read(portal) == listed
    assert portal.ask("SELECT state, attempts FROM crossconnections_syncrun") == [("succeeded", 2)]
    # Two attempts asked Azure, and the ledger knows of both; the checks of readiness are calls of their own.
    purposes = [purpose for (purpose,) in portal.ask("SELECT purpose FROM crossconnections_armcall")]
    assert purposes.count("sync") == 2
