"""The timeline as the page takes it: both drawings, and the same in words and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crossconnections.diagnosis.sessions import parse_session
from crossconnections.models import Watch
from crossconnections.presenters.states import Mark
from crossconnections.presenters.watch.drawing import Drawing, draw_tall, draw_wide
from crossconnections.presenters.watch.lanes import Lane
from crossconnections.presenters.watch.moments import clock_of_span

_SHORTEST, _SHORTEST_OPEN = timedelta(minutes=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A lane in words."""

    name: str
    neighbor: str
    port: str
    mark: Mark
    since: str
    resets: str
    prefixes: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """``drawings`` of which the width of the page shows one; ``words`` tell all of it to those who see neither."""

    drawings: tuple[Drawing, Drawing]
    words: str
    sessions: tuple[SessionLine, ...]


def show_timeline(watch: Watch, lanes: Sequence[Lane], *, now: datetime) -> Timeline:
    """From the beginning of the watch until now, or until its end."""
    begin = watch.begun_at
    end = max(watch.ended_at, begin + _SHORTEST) if watch.ended_at else max(now, begin + _SHORTEST_OPEN)
    sessions = tuple(_line(lane, now) for lane in lanes)
    words = f"Sessions from {_in_full(begin)} to {_in_full(watch.ended_at or now)} UTC. "
    return Timeline(
        drawings=(draw_wide(lanes, begin, end), draw_tall(lanes, begin, end)),
        words=words + " ".join(map(_in_words, sessions)),
        sessions=sessions,
    )


def _line(lane: Lane, now: datetime) -> SessionLine:
    since, last = lane.since, lane.samples[-1]
    return SessionLine(
        name=lane.name,
        neighbor=lane.neighbor,
        port=lane.port,
        mark=lane.mark,
        since=f"since {clock_of_span(since, beside=now).words}" if since and last.is_up is not None else "",
        resets=f"{lane.resets}",
        prefixes=_prefixes([level.prefixes for level in lane.levels], parse_session(last.state).prefixes),
    )


def _prefixes(counts: Sequence[int], now: int | None) -> str:
    """``38``, ``40 (38 to 40)``; ``38 before`` where the last read told no number."""
    if not counts:
        return ""
    if now is None:
        return f"{counts[-1]:,} before"
    return f"{now:,}" if min(counts) == max(counts) else f"{now:,} ({min(counts):,} to {max(counts):,})"


def _in_words(line: SessionLine) -> str:
    told = [
        f"{line.name}: {line.mark.word.lower()} {line.since}".strip(),
        f"{line.resets} times down or reset" if line.resets != "1" else "once down or reset",
        f"prefixes {line.prefixes}" if line.prefixes else "no prefixes told",
    ]
    return ", ".join(told) + "."


def _in_full(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M}"
