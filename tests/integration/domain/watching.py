"""Watches in the test's own process: rounds whenever the test wants one, and workers that never wait."""

import time

from crossconnections.models import CrossConnection, Watch, WatchRead
from crossconnections.services import watch_reads, watch_rounds, watches
from tests.integration.domain.readings import LONG_AGO, SOMEBODY


def begun(row: CrossConnection) -> Watch:
    """A watch that somebody began; no worker has been at it."""
    return watches.begin(row=row, by=SOMEBODY)


def due(watch: Watch) -> Watch:
    """The clock strikes, and its time has come; as it is then."""
    Watch.objects.filter(pk=watch.pk).update(next_at=LONG_AGO)
    watch_rounds.begin_the_due()
    watch.refresh_from_db()
    return watch


def step(read: WatchRead) -> WatchRead:
    """One step of one read, if it is that one's turn, however early; the read as it is then."""
    WatchRead.objects.filter(pk=read.pk).update(due_at=LONG_AGO)
    watch_reads.carry_on(read_id=read.pk)
    read.refresh_from_db()
    return read


def active(watch: Watch) -> list[WatchRead]:
    """The reads that go on."""
    return list(watch.reads.filter(state__in=WatchRead.ACTIVE).order_by("pk"))


def round_of(watch: Watch, *, steps: int = 80) -> list[WatchRead]:
    """A round from beginning to end: the reads of it, as they ended."""
    before = set(watch.reads.values_list("pk", flat=True))
    due(watch)
    for _ in range(steps):
        if not (going_on := active(watch)):
            return list(watch.reads.exclude(pk__in=before).order_by("pk"))
        step(going_on[0])
        time.sleep(0.02)  # Azure takes a while as well
    raise AssertionError([str(read) for read in active(watch)])
