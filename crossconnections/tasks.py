"""What workers do: one call of a service each."""

from celery import shared_task

from crossconnections import queue
from crossconnections.services import refreshes, syncs


@shared_task(name=queue.RUN_SYNC)
def run_sync(run_id: int) -> None:
    """Read one subscription into the mirror."""
    syncs.run_sync(run_id=run_id)


@shared_task(name=queue.SWEEP)
def sweep() -> None:
    """Ask for the syncs that are due, and send again whatever a lost message or a dead worker left."""
    syncs.sweep()


@shared_task(name=queue.REFRESH)
def refresh(row_id: int) -> None:
    """Read the one cross connection that somebody waits for."""
    refreshes.refresh(row_id=row_id)
