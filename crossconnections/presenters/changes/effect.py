"""What a change did to the sessions: each path before it beside after it."""

from collections.abc import Iterable
from dataclasses import dataclass

from crossconnections.diagnosis.verdicts import Verdict
from crossconnections.models import Change, Snapshot
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.verdicts import mark_of
from crossconnections.presenters.tables.words import path_name

State = Change.State
_NOT_READ = Mark("Not read", "s-idle")


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One peering on one path; ``words`` say what is other after it, "" where nothing is."""

    peering: str
    path: str
    before: Mark
    after: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Effect:
    """``before`` and ``after`` are numbers of readings, 0 for none; ``words`` say what is still to come."""

    rows: tuple[EffectRow, ...]
    before: int
    after: int
    words: str


def show_effect(change: Change, before: Iterable[Verdict], after: Iterable[Verdict]) -> Effect | None:
    """None where no tables were read for it, and none will be."""
    if not change.wants_proof and change.snapshot_before is None and change.snapshot_after is None:
        return None
    held, holds = _by_path(before), _by_path(after)
    rows = tuple(_row(key, held.get(key), holds.get(key)) for key in dict.fromkeys([*held, *holds]))
    return Effect(rows, _number(change.snapshot_before), _number(change.snapshot_after), _still_to_come(change))


def is_awaited(change: Change) -> bool:
    """Whether a reading of it is under way, or is about to begin."""
    if change.snapshot_after is not None:
        return change.snapshot_after.finished_at is None
    return change.wants_proof and change.state == State.SUCCEEDED


def _still_to_come(change: Change) -> str:
    before, after = change.snapshot_before, change.snapshot_after
    if before is not None and before.finished_at is None:
        return f"The tables are being read before it, as reading {before.number}."
    if after is not None:
        return "" if after.finished_at else f"The tables are being read after it, as reading {after.number}."
    if is_awaited(change):
        return "The tables are read after it in a moment."
    if change.is_active:
        return "The tables are read once more when it has ended." if change.wants_proof else ""
    return "No tables were read after it."


def _row(key: tuple[str, str], before: Verdict | None, after: Verdict | None) -> EffectRow:
    peering, path = key
    return EffectRow(peering_name(peering), path_name(path), _mark(before), _mark(after), _words(before, after))


def _mark(one: Verdict | None) -> Mark:
    if one is None:
        return _NOT_READ
    mark = mark_of(one)
    told = f"{mark.word}, {_prefixes(one.prefixes)}" if one.prefixes is not None else mark.word
    return Mark(told, mark.glyph, mark.tone)


def _words(before: Verdict | None, after: Verdict | None) -> str:
    if before is None or after is None:
        return ""
    if before.state != after.state:
        return f"{before.state} → {after.state}"
    gained = (after.prefixes or 0) - (before.prefixes or 0)
    return f"{_prefixes(abs(gained))} {'more' if gained > 0 else 'fewer'}" if gained else "as before"


def _prefixes(count: int) -> str:
    return f"{count:,} {'prefix' if count == 1 else 'prefixes'}"


def _by_path(verdicts: Iterable[Verdict]) -> dict[tuple[str, str], Verdict]:
    return {(one.peering, one.path): one for one in verdicts}


def _number(snapshot: Snapshot | None) -> int:
    return snapshot.number if snapshot else 0
