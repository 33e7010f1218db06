"""The only place that names tasks. A message hurries a worker along; the row it names is what counts."""

import time

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from portal.celery import BACKGROUND, PEOPLE, app

log = structlog.get_logger(__name__)

RUN_SYNC = "crossconnections.run_sync"
SWEEP = "crossconnections.sweep"
REFRESH = "crossconnections.refresh"
READ_CATALOGUE = "crossconnections.read_catalogue"
CHECK_READINESS = "crossconnections.check_readiness"
HOUSEKEEPING = "crossconnections.housekeeping"
READ_TABLE = "crossconnections.read_table"
READ_WATCH = "crossconnections.read_watch"
CARRY_OUT_CHANGE = "crossconnections.carry_out_change"
PROVE_CHANGE = "crossconnections.prove_change"
HURRY = "crossconnections.hurry"
NOTE_PATH_STATES = "crossconnections.note_path_states"

ROUTES = {
    task: {"queue": queue}
    for queue, tasks in {
        PEOPLE: (
            CARRY_OUT_CHANGE,
            PROVE_CHANGE,
            READ_TABLE,
            HURRY,
            REFRESH,
            READ_CATALOGUE,
            NOTE_PATH_STATES,
            CHECK_READINESS,
        ),
        BACKGROUND: (RUN_SYNC, SWEEP, HOUSEKEEPING, READ_WATCH),
    }.items()
    for task in tasks
}

# Operations come due by the second: Azure says when to look again.
SECONDS_BETWEEN_HURRIES = 1
SECONDS_BETWEEN_SWEEPS = 5
# One that nobody took in time is of no use to anyone: the next one does its work. Not sooner, since the clock and the
# worker may run on two machines, whose times differ.
SECONDS_A_TICK_IS_GOOD_FOR = 15
# The clock forgets when it last struck: once a day would be never where it is started anew each night.
SECONDS_BETWEEN_HOUSEKEEPINGS = 3600
SECONDS_TO_LEAVE_A_BROKER_ALONE = 3
SECONDS_OF_A_CLOSED_CONNECTION = 1
SCHEDULE = {
    "hurry": {
        "task": HURRY,
        "schedule": SECONDS_BETWEEN_HURRIES,
        "options": {"expires": SECONDS_A_TICK_IS_GOOD_FOR},
    },
    "sweep": {
        "task": SWEEP,
        "schedule": SECONDS_BETWEEN_SWEEPS,
        "options": {"expires": SECONDS_A_TICK_IS_GOOD_FOR},
    },
    "housekeeping": {
        "task": HOUSEKEEPING,
        "schedule": SECONDS_BETWEEN_HOUSEKEEPINGS,
        "options": {"expires": SECONDS_BETWEEN_HOUSEKEEPINGS},
    },
}


def run_sync_soon(run_id: int) -> None:
    """Tell a worker of a queued sync once the transaction is committed."""
    transaction.on_commit(lambda: _send(RUN_SYNC, run_id))


def refresh_soon(row_id: int) -> None:
    """Tell a worker of a cross connection that somebody waits for, once the transaction is committed."""
    transaction.on_commit(lambda: _send(REFRESH, row_id))


def read_catalogue_soon(row_id: int) -> None:
    """Tell a worker of a catalogue that somebody waits for, once the transaction is committed."""
    transaction.on_commit(lambda: _send(READ_CATALOGUE, row_id))


def check_readiness_soon(row_id: int) -> None:
    """Tell a worker of a subscription that is to be checked, once the transaction is committed."""
    transaction.on_commit(lambda: _send(CHECK_READINESS, row_id))


def read_table_soon(row_id: int) -> None:
    """Tell a worker of a table read whose next step is due, once the transaction is committed."""
    transaction.on_commit(lambda: _send(READ_TABLE, row_id))


def read_watch_soon(row_id: int) -> None:
    """Tell a worker of a read of a watch whose next step is due, once the transaction is committed."""
    transaction.on_commit(lambda: _send(READ_WATCH, row_id))


def carry_out_change_soon(row_id: int) -> None:
    """Tell a worker of a change whose next step is due, once the transaction is committed."""
    transaction.on_commit(lambda: _send(CARRY_OUT_CHANGE, row_id))


def prove_change_soon(row_id: int) -> None:
    """Tell a worker of a change that took and whose tables are to be read, once the transaction is committed."""
    transaction.on_commit(lambda: _send(PROVE_CHANGE, row_id))


def note_path_states_soon(snapshot_id: int) -> None:
    """Tell a worker of a reading that has ended and was not judged yet, once the transaction is committed."""
    transaction.on_commit(lambda: _send(NOTE_PATH_STATES, snapshot_id))


class _WayToTheBroker:
    """What fails once is left alone for a moment: the messages of one press would wait for it one after another."""

    def __init__(self) -> None:
        self._blocked_until = 0.0

    def send(self, task: str, row_id: int) -> None:
        """Nothing is lost where it is not sent: the sweep finds the row."""
        start = time.monotonic()
        if start < self._blocked_until or self._try(task, row_id):
            return
        # What fails at once is mostly a connection that the broker closed long ago: another one is opened.
        failed_at_once = time.monotonic() - start < SECONDS_OF_A_CLOSED_CONNECTION
        if not (failed_at_once and self._try(task, row_id)):
            self._blocked_until = time.monotonic() + SECONDS_TO_LEAVE_A_BROKER_ALONE

    def _try(self, task: str, row_id: int) -> bool:
        try:
            app.send_task(task, args=[row_id], retry=False)
        except (OperationalError, OSError) as error:
            log.warning("message_not_sent", task=task, row_id=row_id, reason=type(error).__name__)
            return False
        return True


_send = _WayToTheBroker().send
