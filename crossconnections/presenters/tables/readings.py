"""The readings of a cross connection: which one is shown, and those before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.freshness import Freshness, mark_of_age
from crossconnections.presenters.states import Mark
from portal.times import Moment, ago

NOBODY = "the portal"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading in one line: ``words`` are ``11 of 12 read``."""

    number: int
    is_open: bool
    asked: Moment
    asked_by: str
    words: str
    is_whole: bool
    comment: str


def show_reading(snapshot: Snapshot, reads: Sequence[TableRead], *, now: datetime) -> Reading:
    """The one that is shown."""
    return _reading(snapshot, _succeeded(reads), len(reads), now)


def list_readings(snapshots: Iterable[Snapshot], *, now: datetime) -> list[Reading]:
    """Those that were counted by ``queries.list_snapshots``."""
    return [_reading(one, one.succeeded, one.asked, now) for one in snapshots]  # type: ignore[attr-defined]


def show_age(snapshot: Snapshot, reads: Sequence[TableRead], *, now: datetime) -> Freshness:
    """As fresh as the oldest table that is shown: one may have been read once more since."""
    if snapshot.finished_at is None:
        return Freshness(Mark("Asking Azure", "s-run", "run"), None, is_syncing=True, finished_ms=0)
    answers = [read.finished_at for read in reads if read.state == TableRead.State.SUCCEEDED and read.finished_at]
    oldest = min(answers, default=snapshot.finished_at)
    mark = mark_of_age(now - oldest, "Read") if answers else Mark("Nothing was read", "s-warn", "warn")
    return Freshness(mark, ago(oldest, now=now), is_syncing=False, finished_ms=0)


def _succeeded(reads: Sequence[TableRead]) -> int:
    return sum(read.state == TableRead.State.SUCCEEDED for read in reads)


def _reading(snapshot: Snapshot, succeeded: int, count: int, now: datetime) -> Reading:
    return Reading(
        number=snapshot.number,
        is_open=snapshot.finished_at is None,
        asked=ago(snapshot.asked_at, now=now),
        asked_by=snapshot.asked_by.name if snapshot.asked_by else NOBODY,
        words=f"{succeeded} of {count} read" if snapshot.finished_at else "being read",
        is_whole=succeeded == count,
        comment=snapshot.comment,
    )
