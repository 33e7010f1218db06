"""The history of a cross connection: what was asked of Azure and what was seen to change there, in one line of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossconnections.differences import AZURES_OWN, is_same
from crossconnections.models import Change, Observation
from crossconnections.presenters.changes.words import asked_by, is_held, mark_of, name_of, remark_on
from crossconnections.presenters.history import Event, show_event
from crossconnections.presenters.states import Mark
from portal.times import Moment, ago

State = Change.State
_NOT_DONE = {State.FAILED, State.CANCELED}
# Somebody's sync may be the first to see what a change has done.
_SHORTLY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A change in the history: ``when`` it ended, or was asked for while it goes on."""

    number: int
    title: str
    mark: Mark
    by: str
    remark: str
    when: Moment


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The change that goes on: a sentence, and whether it needs a person."""

    number: int
    words: str
    asked: Moment
    by: str
    is_waiting: bool


def show_timeline(
    observations: Sequence[Observation], changes: Sequence[Change], *, now: datetime, most: int = 20
) -> list[Event | ChangeEvent]:
    """The newest first; what was seen of the effect of our own changes is told by those."""
    lines: list[tuple[datetime, Event | ChangeEvent]] = [
        (one.seen_at, show_event(one, now)) for one in observations if not _is_told_by_a_change(one, changes)
    ]
    lines += [(_when(change), _event(change, now)) for change in changes]
    lines.sort(key=lambda line: line[0], reverse=True)
    return [event for _, event in lines[:most]]


def show_going_on(changes: Sequence[Change], *, now: datetime) -> GoingOn | None:
    """The one that is not over, if there is one."""
    active = next((change for change in changes if change.is_active), None)
    if active is None:
        return None
    is_waiting = is_held(active) or active.state == State.UNKNOWN
    words = f"Change {active.pk}, {name_of(active)}, {_stands(active)}"
    return GoingOn(active.pk, words, ago(active.asked_at, now=now), asked_by(active), is_waiting)


def _stands(change: Change) -> str:
    if is_held(change):
        return "waits for a person's word"
    if change.state == State.UNKNOWN:
        return "left for Azure, and nobody knows yet whether it took"
    return "is about to be sent to Azure" if change.state == State.QUEUED else "is with Azure"


def _is_told_by_a_change(one: Observation, changes: Sequence[Change]) -> bool:
    return any(one.subject == change.subject and _is_effect(one, change) for change in changes)


def _is_effect(one: Observation, change: Change) -> bool:
    """Whether it is what the change asked for, seen since it was sent and no later than shortly after its end."""
    if change.state in _NOT_DONE or change.sent_at is None or not _is_as_asked(one, change):
        return False
    is_since = change.sent_at <= one.seen_at
    return is_since and (change.finished_at is None or one.seen_at <= change.finished_at + _SHORTLY)


def _is_as_asked(one: Observation, change: Change) -> bool:
    """What Azure moves by itself on a peering that is written is of no interest either."""
    if change.subject and one.field in AZURES_OWN:
        return True
    return one.field in change.asked and is_same(one.after, change.asked[one.field])


def _when(change: Change) -> datetime:
    return change.finished_at or change.asked_at


def _event(change: Change, now: datetime) -> ChangeEvent:
    mark, remark = mark_of(change), remark_on(change)
    return ChangeEvent(change.pk, name_of(change), mark, asked_by(change), remark, ago(_when(change), now=now))
