"""The list of changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crossconnections.change_filters import ME, ChangeFilters, Show, Since
from crossconnections.models import Change
from crossconnections.presenters.changes.words import asked_by, mark_of, name_of, remark_on, waited_in_words
from crossconnections.presenters.states import Mark
from crossconnections.queries.changes import Going
from portal.menus import Menu, Option
from portal.times import Moment, ago

State = Change.State
_SEGMENTS = (("", "All"), (Show.RUNNING, "Running"), (Show.WAITING, "Waiting for you"), (Show.FAILED, "Failed"))
_STATES = {
    State.QUEUED: "Queued",
    State.SUBMITTING: "Sending",
    State.RUNNING: "Applying",
    State.UNKNOWN: "Unknown",
    State.SUCCEEDED: "Succeeded",
    State.FAILED: "Failed",
    State.CANCELED: "Canceled",
}
_KINDS = {
    Change.Kind.PROVISIONING: "Provisioning",
    Change.Kind.TAGS: "Tags",
    Change.Kind.PEERING: "Peerings",
    Change.Kind.REMOVAL: "Removals of peerings",
    Change.Kind.PLACEMENT: "Moves to another port pair",
}
_SINCE = {Since.TODAY: "Today", Since.WEEK: "Last 7 days", Since.MONTH: "Last 30 days"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change in the list; ``circuit`` is its name, or the service key where Azure tells none."""

    number: int
    mark: Mark
    title: str
    remark: str
    service_key: str
    circuit: str
    by: str
    asked: Moment
    took: str
    correlation_id: str
    short_id: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A link to a part of the list; ``count`` is 0 where it is none or not known."""

    title: str
    query: str
    is_chosen: bool
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A menu of which one can be chosen; its title is what is chosen."""

    name: str
    title: str
    options: tuple[Option, ...]
    is_set: bool


def show_rows(changes: Iterable[Change], *, now: datetime) -> list[ChangeRow]:
    """A row each, in their order."""
    return [_row(change, now) for change in changes]


def show_segments(filters: ChangeFilters, going: Going) -> list[Segment]:
    """All of them, with what goes on counted."""
    counts = {Show.RUNNING: going.running, Show.WAITING: going.waiting}
    return [
        Segment(title, filters.query(show=show), filters.show == show, counts.get(Show(show), 0) if show else 0)
        for show, title in _SEGMENTS
    ]


def show_state_menu(filters: ChangeFilters) -> Menu:
    """Of which several can be ticked."""
    return Menu("state", "State", tuple(Option(one, words, one in filters.states) for one, words in _STATES.items()))


def show_choices(filters: ChangeFilters) -> list[Choice]:
    """Of which one can be chosen each."""
    return [
        _choice("person", "Anybody", {ME: "Asked by me"}, filters.person),
        _choice("since", "Any time", _SINCE, filters.since),
        _choice("kind", "Any kind", _KINDS, filters.kind),
    ]


def _choice(name: str, anything: str, words: Mapping[Any, str], chosen: str) -> Choice:
    options = tuple(Option(value, told, value == chosen) for value, told in {"": anything, **words}.items())
    return Choice(name, words.get(chosen, anything), options, is_set=bool(chosen))


def _row(change: Change, now: datetime) -> ChangeRow:
    row = change.cross_connection
    return ChangeRow(
        number=change.pk,
        mark=mark_of(change),
        title=name_of(change),
        remark=remark_on(change),
        service_key=row.service_key,
        circuit=row.circuit_name or row.service_key,
        by=asked_by(change),
        asked=ago(change.asked_at, now=now),
        took=waited_in_words((change.finished_at or now) - change.asked_at),
        correlation_id=change.correlation_id,
        short_id=change.correlation_id[:8],
    )
