"""A worker's sign of life: a row in the database, since asking through the broker would test the broker as well."""

from typing import Any

from celery.bootsteps import StartStopStep
from django.db import DatabaseError, connections

from portal.health.models import LifeSign

SECONDS_BETWEEN_SIGNS = 10


class SignsOfLife(StartStopStep):
    """Gives a sign from the worker's main process, which no long task can keep busy."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker: Any) -> None:  # noqa: ANN401 - celery's worker has no type
        """Give the first sign and schedule the next ones, for each queue that this worker takes."""
        parts = [part_of(name) for name in worker.app.amqp.queues.consume_from]
        give_signs(parts)
        self.entry = worker.timer.call_repeatedly(SECONDS_BETWEEN_SIGNS, give_signs, (parts,))

    def stop(self, worker: Any) -> None:  # noqa: ANN401 - celery's interface
        """No more signs."""
        self.entry.cancel()


def part_of(queue: str) -> str:
    """The name under which the workers of a queue give their signs."""
    return f"worker of {queue}"


def give_signs(parts: list[str]) -> None:
    """Note that the worker is alive. A database that is away must not stop the timer."""
    try:
        for part in parts:
            LifeSign.give(part)
    except DatabaseError:
        pass
    finally:
        # The worker forks: a connection left open here would be shared with its children.
        connections.close_all()
