"""Where one read of a table stands, in words."""

from datetime import datetime, timedelta

from crossconnections.models import TableRead
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.tables.explanations import explain_read_failure
from portal.times import span_in_words

State = TableRead.State


def seconds_taken(read: TableRead) -> float | None:
    """From the call to its answer; None for one that has no answer."""
    if read.state != State.SUCCEEDED or not (read.sent_at and read.finished_at):
        return None
    return max((read.finished_at - read.sent_at).total_seconds(), 0.0)


def state_in_words(read: TableRead, usual: str, *, now: datetime) -> str:
    """Where a read stands: ``asked 16 s ago``; with what is ``usual``: ``16 s, usually 20 to 60 s here``."""
    if read.state == State.SUCCEEDED:
        return _answered(read)
    if read.state == State.RUNNING:
        return _running(read, usual, now)
    if read.state == State.QUEUED:
        return _queued(read, now)
    brief = explain_read_failure(read.error_code).brief
    words = {State.SUBMITTING: "about to ask", State.FAILED: f"failed: {brief}", State.CANCELED: "stopped"}
    return words.get(State(read.state)) or f"{brief}, {_next_try(read, now)}"


def _answered(read: TableRead) -> str:
    rows = "" if read.row_count is None else f"{read.row_count:,} {'row' if read.row_count == 1 else 'rows'}"
    took = seconds_taken(read)
    answered = "answered" if took is None else f"answered in {span_in_words(timedelta(seconds=max(round(took), 1)))}"
    return f"{answered}, {rows}" if rows else answered


def _running(read: TableRead, usual: str, now: datetime) -> str:
    """Short where all is well: on one line it stays there when the answer comes."""
    since = span_in_words(now - read.sent_at) if read.sent_at else ""
    asked = f"asked {since} ago" if since else "asked"
    if read.error_code:
        return f"{asked}, last look: {explain_read_failure(read.error_code).brief}, {_next_try(read, now)}"
    azure = f"Azure says {read.azure_status}" if read.azure_status else ""
    return ", ".join(filter(None, [since if usual else asked, azure, usual]))


def _queued(read: TableRead, now: datetime) -> str:
    if read.snapshot.one_at_a_time:
        return "waits its turn: Azure takes one at a time"
    if read.error_code:
        return f"{explain_read_failure(read.error_code).brief}, {_next_try(read, now)}"
    if read.attempts == 0 and now - read.asked_at >= PATIENCE:
        return "queued; no worker has taken it yet"
    return "queued"


def _next_try(read: TableRead, now: datetime) -> str:
    wait = span_in_words(read.due_at - now)
    return "next try now" if read.due_at <= now else f"next try in {wait}"
