"""Where one read of a table stands, in words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings

from crossconnections.models import TableRead
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.tables.explanations import explain_read_failure
from portal.times import span_in_words

State = TableRead.State
# What ended a moment ago is still being written down.
_GRACE = timedelta(seconds=5)
_BUSY = "AnotherOperationInProgress"


def seconds_taken(read: TableRead) -> float | None:
    """From the call to its answer; None for one that has no answer."""
    if read.state != State.SUCCEEDED or not (read.sent_at and read.finished_at):
        return None
    return max((read.finished_at - read.sent_at).total_seconds(), 0.0)


def seconds_in_words(span: timedelta) -> str:
    """A span that somebody waits through, or waited: rounded up, so that no part of a whole seems longer than it."""
    return span_in_words(timedelta(seconds=max(ceil(span.total_seconds()), 1)))


def state_in_words(read: TableRead, usual: str, *, now: datetime, is_in_lane: bool = False) -> str:
    """Where a read stands: ``asked 16 s ago``; with what is ``usual``: ``16 s, usually 20 to 60 s here``.

    ``is_in_lane``: another read of its reading has to end before this one is asked for.
    """
    if read.state in _ENDS:
        return _ENDS[read.state](read)
    if read.state == State.QUEUED:
        return _queued(read, now, is_in_lane=is_in_lane)
    if read.state == State.SUBMITTING:
        return _submitting(read, now)
    return _running(read, usual, now) if read.state == State.RUNNING else _trouble(read, now)


def _answered(read: TableRead) -> str:
    rows = "" if read.row_count is None else f"{read.row_count:,} {'row' if read.row_count == 1 else 'rows'}"
    took = seconds_taken(read)
    answered = "answered" if took is None else f"answered in {seconds_in_words(timedelta(seconds=took))}"
    return f"{answered}, {rows}" if rows else answered


def _failed(read: TableRead) -> str:
    return f"failed: {explain_read_failure(read.error_code).brief}"


_ENDS: dict[str, Callable[[TableRead], str]] = {
    State.SUCCEEDED: _answered,
    State.FAILED: _failed,
    State.CANCELED: lambda _: "stopped",
}


def _submitting(read: TableRead, now: datetime) -> str:
    """On its way to Azure, unless it is for longer than any call takes: then its worker has died."""
    if read.sent_at is None:
        return "asking"
    if now - read.sent_at >= timedelta(seconds=settings.PORTAL_CALL_SECONDS) + _GRACE:
        return "no word from the worker; it is taken up again when its lease ends"
    return f"asking, for {seconds_in_words(now - read.sent_at)}"


def _running(read: TableRead, usual: str, now: datetime) -> str:
    """Short where all is well: on one line it stays there when the answer comes."""
    since = seconds_in_words(now - read.sent_at) if read.sent_at else ""
    asked = f"asked {since} ago" if since else "asked"
    if read.error_code:
        return f"{asked}, last look: {_trouble(read, now)}"
    azure = f"Azure says {read.azure_status}" if read.azure_status else ""
    return ", ".join(filter(None, [since if usual else asked, azure, usual]))


def _queued(read: TableRead, now: datetime, *, is_in_lane: bool) -> str:
    """What holds it up; that Azure is busy is no other news than that it waits its turn."""
    if is_in_lane and read.error_code in {"", _BUSY}:
        return "waits its turn: Azure takes one at a time"
    if read.error_code:
        return _trouble(read, now)
    # Due since then: one that a worker took and gave back is due later.
    return "queued; no worker has taken it yet" if now - read.due_at >= PATIENCE else "queued"


def _trouble(read: TableRead, now: datetime) -> str:
    wait = "now" if read.due_at <= now else f"in {seconds_in_words(read.due_at - now)}"
    return f"{explain_read_failure(read.error_code).brief}, next try {wait}"
