"""Changes of many sessions that were one event: close together in time, on one Azure port."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from crossconnections.diagnosis.flaps import Change, Kind, Span

TOGETHER = timedelta(seconds=60)
_WENT_DOWN = {Kind.WENT_DOWN, Kind.BLIP}


class Placed(NamedTuple):
    """A change of one session: of which circuit, on which Azure port; "" where the port is not told."""

    change: Change
    port: str
    circuit: str
    session: str


class Event(NamedTuple):
    """Changes that belong together, in the order of time; nearly always there is one."""

    changes: tuple[Placed, ...]

    @property
    def at(self) -> Span:
        """From the earliest moment that any of them may have had to the latest."""
        spans = [one.change.at for one in self.changes]
        return Span(min(span.earliest for span in spans), max(span.latest for span in spans))

    @property
    def circuits(self) -> list[str]:
        """Those that it struck, in the order of time."""
        return list(dict.fromkeys(one.circuit for one in self.changes))


def find_events(changes: Iterable[Placed]) -> list[Event]:
    """All changes, in events in the order of time; any two of one event are at most a minute apart.

    Ups and downs are apart: a router's clock tells of a reset when the session came up again. What is not known to the
    minute stands alone, and so does what is on a port that is not told.
    """
    events: list[list[Placed]] = []
    open_ones: dict[tuple[object, ...], list[Placed]] = {}
    for placed in sorted(changes, key=_moment):
        event = open_ones.get(_key(placed))
        if event is None or not _is_exact(placed) or _moment(placed) - _moment(event[0]) > TOGETHER:
            event = []
            events.append(event)
            if _is_exact(placed):
                open_ones[_key(placed)] = event
        event.append(placed)
    return [Event(tuple(event)) for event in events]


def _moment(placed: Placed) -> datetime:
    return placed.change.at.middle


def _is_exact(placed: Placed) -> bool:
    return bool(placed.port) and placed.change.at.exactness <= TOGETHER


def _key(placed: Placed) -> tuple[object, ...]:
    return placed.port.lower(), placed.change.kind in _WENT_DOWN
