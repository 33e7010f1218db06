"""The processes of ``make demo``, killed and stopped for real."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.product import REPOSITORY, Product


def wait_for(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with Product(tmp_path / "var", size=4) as running:
        yield running


def process_of(product: Product, words: str) -> int:
    return min(pid for pid, command in product.processes() if words in command)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_leaves_nothing_running(product: Product, number: signal.Signals):
    assert len(product.processes()) >= 6
    assert product.end(number) == 0
    assert product.processes() == []


@pytest.mark.parametrize(
    ("part", "words"), [("worker", "portal worker"), ("web", "gunicorn"), ("clock", "portal beat")]
)
def test_a_part_that_is_killed_comes_back(product: Product, part: str, words: str):
    killed = process_of(product, words)
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: any(words in command and pid != killed for pid, command in product.processes()))
    wait_for(lambda: f"{part} ended with -9" in product.log.read_text())
    wait_for(lambda: product.levels().get("database") == "ok")


def test_the_data_is_kept_for_the_next_start(tmp_path: Path):
    keys = []
    for _ in range(2):
        with Product(tmp_path / "var", size=4) as product:
            keys.append((product.manifest["client_id"], (tmp_path / "var" / "secret-key").read_text()))
    assert keys[0] == keys[1]


def test_a_supervisor_that_is_killed_takes_everything_with_it(product: Product):
    product.end(signal.SIGKILL)
    wait_for(lambda: product.processes() == [])


def test_the_trail_is_verified_beside_a_running_product_and_tells_of_tampering(product: Product):
    command = [sys.executable, "-m", "portal.supervisor", "--var", str(product.var), "--manage", "verify_activity"]

    def verify() -> tuple[int, str]:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    code, words = verify()
    assert (code, "3 entries intact" in words) == (0, True), words  # three subscriptions were enlisted
    with closing(sqlite3.connect(product.var / "crossconnect.sqlite3", timeout=20)) as database:
        with pytest.raises(sqlite3.IntegrityError, match="cannot be changed"):
            database.execute("UPDATE activity_entry SET actor_name = 'nobody' WHERE number = 2")
        database.execute("DROP TRIGGER activity_entry_update")
        database.execute("UPDATE activity_entry SET actor_name = 'nobody' WHERE number = 2")
        database.commit()
    code, words = verify()
    assert (code, "Entry 2 was changed." in words) == (1, True), words
