"""How a reading goes: every read with its own state, and the sum of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.states import Mark, peering_name
from crossconnections.presenters.tables.explanations import explain_read_failure
from crossconnections.presenters.tables.words import read_name
from portal.times import span_in_words

State = TableRead.State


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A read: its name with the glyph of its state, and the state in words."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """The reads of one peering; ``is_shown`` where its tables are the ones on the page."""

    name: str
    words: str
    is_shown: bool
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """All reads of a reading. ``seen`` says which have ended: the page hands it back when it asks for news."""

    is_open: bool
    mark: Mark
    words: str
    ended: int
    count: int
    groups: tuple[ReadGroup, ...]
    seen: str


def show_progress(
    snapshot: Snapshot, reads: Sequence[TableRead], usual: Mapping[str, str], *, shown: str, now: datetime
) -> Progress:
    """``usual`` has words for how long a read of a table usually takes, as far as that is known."""
    ended = sum(not read.is_active for read in reads)
    took = _elapsed(snapshot, reads, now)
    return Progress(
        is_open=snapshot.finished_at is None,
        mark=_mark(snapshot, reads),
        words=_answers(reads) + (f", {span_in_words(took)}" if took is not None else ""),
        ended=ended,
        count=len(reads),
        groups=tuple(
            ReadGroup(
                name=peering_name(peering),
                words=_answers(of_it),
                is_shown=peering == shown,
                lines=tuple(_line(read, usual, now) for read in of_it),
            )
            for peering, of_it in _by_peering(reads).items()
        ),
        seen=as_seen(reads),
    )


def as_seen(reads: Sequence[TableRead]) -> str:
    """One sign for each read, in their order: whether it has ended."""
    return "".join("0" if read.is_active else "1" for read in reads)


def is_news(read: TableRead, at: int, seen: str) -> bool:
    """Whether a page that has ``seen`` so much shows this read, which stands at that place, as it was before."""
    return seen[at : at + 1] != ("0" if read.is_active else "1")


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


def _answers(reads: Sequence[TableRead]) -> str:
    return f"{sum(read.state == State.SUCCEEDED for read in reads)} of {len(reads)} answered"


def _by_peering(reads: Sequence[TableRead]) -> dict[str, list[TableRead]]:
    found: dict[str, list[TableRead]] = {}
    for read in reads:
        found.setdefault(read.peering_type, []).append(read)
    return found


def _line(read: TableRead, usual: Mapping[str, str], now: datetime) -> ReadLine:
    glyph, tone = _GLYPHS.get(read.state, ("s-idle", ""))
    words = state_in_words(read, usual.get(read.table, ""), now=now)
    return ReadLine(Mark(read_name(read), glyph, tone), words)


_GLYPHS: dict[str, tuple[str, str]] = {
    State.SUBMITTING: ("s-run", "run"),
    State.RUNNING: ("s-run", "run"),
    State.UNKNOWN: ("s-warn", "warn"),
    State.SUCCEEDED: ("check", "ok"),
    State.FAILED: ("s-fail", "bad"),
    State.CANCELED: ("s-off", ""),
}


def _mark(snapshot: Snapshot, reads: Sequence[TableRead]) -> Mark:
    if snapshot.finished_at is None:
        return Mark("Running", "s-run", "run")
    states = {read.state for read in reads}
    if State.FAILED in states:
        return Mark("Partly failed" if State.SUCCEEDED in states else "Failed", "s-fail", "bad")
    return Mark("Stopped", "s-off") if State.CANCELED in states else Mark("Complete", "check", "ok")


def _elapsed(snapshot: Snapshot, reads: Sequence[TableRead], now: datetime) -> timedelta | None:
    """Since the oldest read that goes on was asked for. Of one that was asked for in parts, nothing can be said."""
    active = [read.asked_at for read in reads if read.is_active]
    if active:
        return now - min(active)
    was_retried = any(read.asked_at > snapshot.asked_at for read in reads)
    return None if was_retried or snapshot.finished_at is None else snapshot.finished_at - snapshot.asked_at


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
