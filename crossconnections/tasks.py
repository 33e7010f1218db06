"""What workers do: one call of a service each."""

from celery import shared_task
from django.core.management import call_command

from crossconnections import queue
from crossconnections.services import (
    catalogues,
    path_states,
    refreshes,
    retention,
    syncs,
    table_reads,
    watch_reads,
    watch_rounds,
)  # fmt: skip
from crossconnections.services.changes import carrying_out, drafts, proofs
from crossconnections.services.readiness import checking as readiness
from portal.activity import checking
from portal.activity import retention as activity_retention
from portal.health.models import CLOCK, LifeSign
from portal.limits.counting import forget_the_past


@shared_task(name=queue.RUN_SYNC)
def run_sync(run_id: int) -> None:
    """Read one subscription into the mirror."""
    syncs.run_sync(run_id=run_id)


@shared_task(name=queue.SWEEP)
def sweep() -> None:
    """Ask for the syncs and rounds that are due, and send again whatever a lost message or a dead worker left."""
    LifeSign.give(CLOCK)
    syncs.sweep()
    refreshes.sweep()
    catalogues.sweep()
    readiness.sweep()
    watch_rounds.begin_the_due()
    path_states.sweep()
    proofs.sweep()
    checking.check_the_first_time()


@shared_task(name=queue.REFRESH)
def refresh(row_id: int) -> None:
    """Read the one cross connection that somebody waits for."""
    refreshes.refresh(row_id=row_id)


@shared_task(name=queue.READ_CATALOGUE)
def read_catalogue(row_id: int) -> None:
    """Read the one list that somebody waits for."""
    catalogues.read(catalogue_id=row_id)


@shared_task(name=queue.CHECK_READINESS)
def check_readiness(row_id: int) -> None:
    """Make the checks of one subscription that somebody waits for."""
    readiness.check(readiness_id=row_id)


@shared_task(name=queue.READ_TABLE)
def read_table(row_id: int) -> None:
    """Take the next step of reading a table."""
    table_reads.carry_on(read_id=row_id)


@shared_task(name=queue.READ_WATCH)
def read_watch(row_id: int) -> None:
    """Take the next step of a read of a watch."""
    watch_reads.carry_on(read_id=row_id)


@shared_task(name=queue.CARRY_OUT_CHANGE)
def carry_out_change(row_id: int) -> None:
    """Take the next step of a change."""
    carrying_out.carry_on(change_id=row_id)


@shared_task(name=queue.PROVE_CHANGE)
def prove_change(row_id: int) -> None:
    """Read the tables after a change that took."""
    proofs.prove(change_id=row_id)


@shared_task(name=queue.NOTE_PATH_STATES)
def note_path_states(snapshot_id: int) -> None:
    """Take over what a reading that has ended knows of the paths."""
    path_states.judge(snapshot_id=snapshot_id)


@shared_task(name=queue.HURRY)
def hurry() -> None:
    """Send a message for each step that has come due."""
    carrying_out.hurry_the_due()
    table_reads.hurry_the_due()
    watch_reads.hurry_the_due()


@shared_task(name=queue.HOUSEKEEPING)
def housekeeping() -> None:
    """Verify the trail of activity; forget what is older than the retention, ended sessions and past rate limits."""
    checking.check_the_chain()
    activity_retention.forget_the_old()
    retention.forget_the_old()
    drafts.forget_the_expired()
    forget_the_past()
    call_command("clearsessions")
