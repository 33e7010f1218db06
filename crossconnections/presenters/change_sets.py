"""A set of changes while it goes on, and how it ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from crossconnections.models import Change, ChangeSet
from crossconnections.presenters.listing import NO_LOCATION
from crossconnections.presenters.states import Mark
from crossconnections.presenters.watch.moments import Clock, clock_of
from crossconnections.titles import title_of
from portal.times import Moment, ago

State = Change.State

_MARKS: dict[str, Mark] = {
    State.SUCCEEDED: Mark("Succeeded", "s-done", "ok"),
    State.FAILED: Mark("Failed", "s-fail", "bad"),
    State.UNKNOWN: Mark("Unknown", "s-warn", "warn"),
    State.RUNNING: Mark("Running", "s-run", "run"),
    State.SUBMITTING: Mark("Running", "s-run", "run"),
    State.QUEUED: Mark("Waiting", "s-idle"),
    State.CANCELED: Mark("Canceled", "s-off"),
}
_HELD = Mark("Waits for a word", "clock", "warn")
# What the portal itself decided; Azure's codes are shown as they came.
_ERRORS: dict[str, str] = {
    "Conflict": "Azure held something else by then, so nothing was sent.",
    "Gone": "It went from Azure meanwhile.",
    "RoleEnded": "Whoever asked may not change it any more.",
    "NotSent": "It could not be sent in time.",
    "Unclear": "Nobody knows whether it took: somebody has to look.",
    "NoEnd": "Azure came to no end.",
    "PortalFault": "The portal itself failed.",
    "Settled": "A person said that it did not take.",
    "NotConnected": "Azure could not be reached.",
    "NoAnswer": "Azure did not answer.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change; ``trouble`` is a sentence, ``code`` Azure's where the portal has none, at most one of both."""

    number: int
    mark: Mark
    service_key: str
    circuit: str
    location: str
    trouble: str
    code: str
    since: Clock


@dataclass(frozen=True, slots=True)
class Progress:
    """A set, as far as somebody sees it. ``seen`` stands for all that changes of it on a page."""

    number: int
    title: str
    state: str
    note: str
    asked_by: str
    asked: Moment
    ended: int
    count: int
    sums: tuple[Mark, ...]
    words: str
    lines: tuple[Line, ...]
    left_out: tuple[Mapping[str, str], ...]
    is_active: bool
    waiting: int
    held: int
    failed: tuple[str, ...]
    seen: str


def show_progress(
    of: ChangeSet, changes: Sequence[Change], left_out: Sequence[Mapping[str, str]], *, now: datetime
) -> Progress:
    """The changes in their order."""
    ended = sum(not one.is_active for one in changes)
    lines = tuple(_line(one, now=now) for one in changes)
    return Progress(
        number=of.pk,
        title=title_of(of.asked),
        state=of.asked.get("provider_provisioning_state", ""),
        note=of.asked.get("provider_notes", ""),
        asked_by=of.asked_by.name if of.asked_by else "somebody",
        asked=ago(of.asked_at, now=now),
        ended=ended,
        count=len(changes),
        sums=_sums(lines),
        words=f"{ended} of {len(changes)} ended",
        lines=lines,
        left_out=tuple(left_out),
        is_active=ended < len(changes),
        waiting=sum(one.state == State.QUEUED for one in changes),
        held=sum(_is_held(one) for one in changes),
        failed=tuple(one.cross_connection.service_key for one in changes if one.state == State.FAILED),
        seen=_seen(lines),
    )


def _line(change: Change, *, now: datetime) -> Line:
    row, code = change.cross_connection, change.error_code
    begun = None if change.state == State.QUEUED else change.sent_at  # a claim that only waited counts as none
    trouble = _ERRORS.get(code, "")
    return Line(
        number=change.pk,
        mark=_HELD if _is_held(change) else _MARKS[change.state],
        service_key=row.service_key,
        circuit=row.circuit_name or "Not told",
        location=row.peering_location or NO_LOCATION,
        trouble=trouble,
        code="" if trouble else code,
        since=clock_of(change.finished_at or begun or change.asked_at, beside=now),
    )


def _is_held(change: Change) -> bool:
    return change.state == State.QUEUED and change.held_at is not None


def _sums(lines: Sequence[Line]) -> tuple[Mark, ...]:
    """``9 succeeded``, in the order of the marks."""
    counts = Counter(line.mark for line in lines)
    marks = list(dict.fromkeys([*_MARKS.values(), _HELD]))
    return tuple(Mark(f"{counts[one]} {one.word.lower()}", one.glyph, one.tone) for one in marks if counts[one])


def _seen(lines: Sequence[Line]) -> str:
    told = "\n".join(f"{line.number} {line.mark.word} {line.trouble}{line.code}" for line in lines)
    return f"{crc32(told.encode()):08x}"
