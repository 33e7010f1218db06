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
        """Give the first sign and schedule the next ones."""
        give_sign()
        self.entry = worker.timer.call_repeatedly(SECONDS_BETWEEN_SIGNS, give_sign)

    def stop(self, worker: Any) -> None:  # noqa: ANN401 - celery's interface
        """No more signs."""
        self.entry.cancel()


def give_sign() -> None:
    """Note that the worker is alive. A database that is away must not stop the timer."""
    try:
        LifeSign.give("worker")
    except DatabaseError:
        pass
    finally:
        # The worker forks: a connection left open here would be shared with its children.
        connections.close_all()
