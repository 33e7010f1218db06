"""How a reading goes: every read with its own state, and the sum of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossconnections.models import Snapshot, TableRead
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.read_words import seconds_in_words, state_in_words
from crossconnections.presenters.tables.words import read_name

State = TableRead.State
_AHEAD = {State.SUBMITTING, State.RUNNING}
_SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"


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
    """All reads of a reading."""

    is_open: bool
    mark: Mark
    words: str
    ended: int
    count: int
    groups: tuple[ReadGroup, ...]


def show_progress(
    snapshot: Snapshot, reads: Sequence[TableRead], usual: Mapping[str, str], *, shown: str, now: datetime
) -> Progress:
    """``usual`` has words for how long a read of a table usually takes, as far as that is known."""
    ended = sum(not read.is_active for read in reads)
    is_in_lane = snapshot.one_at_a_time and any(read.state in _AHEAD for read in reads)
    took = _elapsed(snapshot, reads, now)
    return Progress(
        is_open=snapshot.finished_at is None,
        mark=_mark(snapshot, reads),
        words=_answers(reads) + (f", {seconds_in_words(took)}" if took is not None else ""),
        ended=ended,
        count=len(reads),
        groups=tuple(
            ReadGroup(
                name=peering_name(peering),
                words=_answers(of_it),
                is_shown=peering == shown,
                lines=tuple(_line(read, usual, now, is_in_lane=is_in_lane) for read in of_it),
            )
            for peering, of_it in _by_peering(reads).items()
        ),
    )


def as_seen(reads: Sequence[TableRead]) -> str:
    """One sign for each read, in their order: the page hands them back when it asks for news."""
    return "".join(map(_sign, reads))


def is_news(read: TableRead, at: int, seen: str) -> bool:
    """Whether a page that has ``seen`` so much shows this read, which stands at that place, as it was before."""
    return seen[at : at + 1] != _sign(read)


def _sign(read: TableRead) -> str:
    """0 until it has ended. One that was asked for once more ends after more attempts, and under another sign."""
    return "0" if read.is_active else _SIGNS[read.attempts % len(_SIGNS)]


def _answers(reads: Sequence[TableRead]) -> str:
    return f"{sum(read.state == State.SUCCEEDED for read in reads)} of {len(reads)} answered"


def _by_peering(reads: Sequence[TableRead]) -> dict[str, list[TableRead]]:
    found: dict[str, list[TableRead]] = {}
    for read in reads:
        found.setdefault(read.peering_type, []).append(read)
    return found


def _line(read: TableRead, usual: Mapping[str, str], now: datetime, *, is_in_lane: bool) -> ReadLine:
    glyph, tone = _GLYPHS.get(read.state, ("s-idle", ""))
    words = state_in_words(read, usual.get(read.table, ""), now=now, is_in_lane=is_in_lane)
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
