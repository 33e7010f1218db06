"""Ours and its floor in turns, so that whatever else the machine does falls on both."""

import gzip
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection

Work = Callable[[], bytes]


def compare(name: str, ours: Work, floor: Work, *, rounds: int) -> dict[str, Any]:
    """Medians in milliseconds, their ratio, and what ours asks of the database and sends to the browser."""
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        content = ours()
    floor()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, kept in zip((ours, floor), times, strict=True):
            kept.append(_timed(work))
    ours_ms, floor_ms = median(times[0]), median(times[1])
    return {
        "name": name,
        "ours_ms": ours_ms,
        "floor_ms": floor_ms,
        "ratio": ours_ms / floor_ms,
        "queries": queries,
        "bytes": len(content),
        "packed": len(gzip.compress(content, 6)),
    }


def _timed(work: Work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
