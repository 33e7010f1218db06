"""What people's worker does besides, for the benchmark of a press: nothing, and tells that it did."""

import redis
from celery import shared_task

TASK = "tests.benchmarks.round_trip"
DONE = "round-trips-done"
_connections: dict[str, "redis.Redis"] = {}


@shared_task(name=TASK)
def answer(url: str) -> None:
    """One entry in a list of Redis; the connection is kept, as a result backend keeps its own."""
    connection = _connections.setdefault(url, redis.Redis.from_url(url))
    connection.lpush(DONE, "done")
