"""From a press on "Read tables now" until Azure is asked, beside a bare round trip by the same Redis and worker."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import redis
from celery import Celery

from portal.celery import PEOPLE, broker_settings
from tests.benchmarks import round_trip
from tests.drills.engine.brokers import Redis
from tests.drills.engine.database import Sqlite
from tests.drills.engine.drill import TABLES
from tests.drills.engine.patience import wait_for
from tests.drills.engine.portal import Portal
from tests.drills.engine.reads import reads_of

ROUNDS = 15


def main() -> None:
    """Prints JSON, as the other measurements do."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        broker, database = Redis(place / "broker"), Sqlite(place / "crossconnect.sqlite3")
        with Portal(place / "portal", broker, database, include=round_trip.__name__) as portal:
            json.dump([_compare(portal)], sys.stdout)


def _compare(portal: Portal) -> dict[str, Any]:
    """Medians in milliseconds of presses and round trips in turns; what a press sends is not counted."""
    go_round = _round_trip(portal.broker.url)
    _press_until_asked(portal)  # it has a token from now on
    go_round()
    pairs = [(_press_until_asked(portal), go_round()) for _ in range(ROUNDS)]
    ours_ms, floor_ms = (median(seconds) * 1000 for seconds in zip(*pairs, strict=True))
    times = {"ours_ms": ours_ms, "floor_ms": floor_ms, "ratio": ours_ms / floor_ms}
    return {"name": "press to Azure", **times, "queries": 0, "bytes": 0, "packed": 0}


def _press_until_asked(portal: Portal) -> float:
    """Seconds from sending the press until Azure gets the first question, by the clock of the same machine."""
    key, after = portal.circuit(), portal.count_requests()
    start = datetime.now(UTC)
    portal.press(key)
    wait_for(lambda: _questions(portal, after), "Azure is asked")
    asked = datetime.fromisoformat(_questions(portal, after)[0]["time"])
    wait_for(lambda: all(one.finished_at for one in reads_of(portal.database, key)), "the reading ends")
    return (asked - start).total_seconds()


def _questions(portal: Portal, after: int) -> list[dict[str, Any]]:
    return [one for one in portal.azure.requests(after=after) if TABLES in one["path"] and one["method"] == "POST"]


def _round_trip(url: str) -> Callable[[], float]:
    app, connection = Celery(set_as_current=False), redis.Redis.from_url(url)
    app.conf.update(broker_settings(url))

    def go() -> float:
        start = time.perf_counter()
        app.send_task(round_trip.TASK, args=[url], queue=PEOPLE, ignore_result=True)
        assert connection.blpop([round_trip.DONE], timeout=30)
        return time.perf_counter() - start

    return go
