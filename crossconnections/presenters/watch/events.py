"""What happened, in words: the newest first, each with its moment as exactly as it is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from crossconnections.diagnosis.common_cause import Event, find_events
from crossconnections.diagnosis.flaps import Kind
from crossconnections.diagnosis.stretches import Stretch
from crossconnections.models import WatchRead
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.explanations import explain_read_failure
from crossconnections.presenters.watch.lanes import Lane
from crossconnections.presenters.watch.moments import Clock, clock_of, clock_of_span, clock_of_stretch

_VERBS = {
    Kind.CAME_UP: "came up",
    Kind.WENT_DOWN: "went down",
    Kind.RESET: "was reset and came up again",
    Kind.BLIP: "is down still, but counts anew: it was up for a moment, or the router tried again",
}
_VERBS_OF_MANY = _VERBS | {Kind.RESET: "reset and up again", Kind.BLIP: "down still, but counting anew"}
_MARKS = {
    Kind.CAME_UP: Mark("Up", "s-done", "ok"),
    Kind.WENT_DOWN: Mark("Down", "s-fail", "bad"),
    Kind.RESET: Mark("Reset", "s-warn", "warn"),
    Kind.BLIP: Mark("Down", "s-fail", "bad"),
}


@dataclass(frozen=True, slots=True)
class EventLine:
    """``what`` happened and when; ``of`` are others that it struck, each with its service key and its name."""

    mark: Mark
    what: str
    clock: Clock
    detail: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrefixLine:
    """A session has another number of prefixes than before."""

    session: str
    before: str
    after: str
    clock: Clock


def list_events(lanes: Sequence[Lane], others: Sequence[Lane], *, now: datetime) -> list[EventLine]:
    """Of ``lanes``; ``others`` are those of other circuits, for what they have in common."""
    names = {lane.reads[-1].service_key: lane.reads[-1].circuit_name for lane in others}
    mine = {lane.reads[-1].service_key for lane in lanes}
    events = find_events(placed for lane in (*lanes, *others) for placed in lane.placed())
    lines = [_event(event, names, now) for event in events if not mine.isdisjoint(event.circuits)]
    lines += [line for lane in lanes for line in _gaps(lane, now)]
    return sorted(lines, key=lambda line: line.clock.at, reverse=True)


def list_prefix_changes(lanes: Sequence[Lane], *, now: datetime) -> list[PrefixLine]:
    """The newest first; each is known to the round that told it."""
    lines = [
        PrefixLine(lane.name, f"{before.prefixes:,}", f"{after.prefixes:,}", clock_of(after.begin, beside=now))
        for lane in lanes
        for before, after in pairwise(lane.levels)
        if before.prefixes != after.prefixes
    ]
    return sorted(lines, key=lambda line: line.clock.at, reverse=True)


def _event(event: Event, names: Mapping[str, str], now: datetime) -> EventLine:
    kind, clock = _kind(event), clock_of_span(event.at, beside=now)
    if len(event.changes) == 1:
        return EventLine(_MARKS[kind], f"{event.changes[0].session} {_VERBS[kind]}", clock)
    others = tuple(sorted(((key, names[key] or key) for key in event.circuits if key in names), key=lambda one: one[1]))
    own = _listed(dict.fromkeys(one.session for one in event.changes if one.circuit not in names))
    whose = f"{len(event.circuits)} circuits, same port" if others else own
    where = f"Azure port {event.changes[0].port}: one event, so most likely one cause."
    return EventLine(
        _MARKS[kind], f"{whose}: {_VERBS_OF_MANY[kind]}", clock, f"{own}. {where}" if others else where, others
    )


def _kind(event: Event) -> Kind:
    """The one that stands for all: ups and downs are never in one event."""
    kinds = {one.change.kind for one in event.changes}
    if len(kinds) == 1:
        return kinds.pop()
    return Kind.RESET if Kind.RESET in kinds else Kind.WENT_DOWN


def _gaps(lane: Lane, now: datetime) -> Iterator[EventLine]:
    for gap in lane.stretches:
        if gap.is_up is None:
            clock = clock_of_stretch(gap.begin, gap.end, beside=now)
            yield EventLine(Mark("Not known", "s-idle"), f"{lane.name}: not known", clock, _why(lane, gap))


def _why(lane: Lane, gap: Stretch) -> str:
    inside = [read for read in lane.reads if gap.begin < read.finished_at <= gap.end]
    failed = [read for read in inside if read.state != WatchRead.State.SUCCEEDED]
    if failed:
        codes = dict.fromkeys(explain_read_failure(read.error_code).brief for read in failed)
        return f"Not read {_times(len(failed))}: {_listed(codes)}. That says nothing about the link."
    told = [sample.state for read, sample in zip(lane.reads, lane.samples, strict=True) if read in inside]
    if unknown := [state for state in told if state and not state.isdecimal()]:
        return f"The router called it {_listed(dict.fromkeys(unknown))}."
    return "The router showed no such session." if "" in told else "No round was read meanwhile."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
