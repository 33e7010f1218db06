"""When a session went up or down, from samples of its router's summary, and which resets were one event.

A summary is asked for every few minutes; what happened in between it tells by its clock: read time minus ``upDown`` is
the moment of the last change, and an uptime smaller than the gap between two samples proves a flap between them
(FEATURES.md, flap detection).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from crossconnections.diagnosis.durations import least_step, parse_up_down
from crossconnections.diagnosis.sessions import parse_session

# Routers round as they like: two texts of one reset may be a little more apart than they claim to be exact.
TOLERANCE = timedelta(seconds=5)


class Kind(Enum):
    """What happened to a session. A reset was up before and after, a blip down before and after."""

    CAME_UP = auto()
    WENT_DOWN = auto()
    RESET = auto()
    BLIP = auto()


_KINDS = {
    (False, True): Kind.CAME_UP,
    (True, False): Kind.WENT_DOWN,
    (True, True): Kind.RESET,
    (False, False): Kind.BLIP,
}


class Span(NamedTuple):
    """A moment, as exactly as it is known: not before ``earliest``, not after ``latest``."""

    earliest: datetime
    latest: datetime

    @property
    def middle(self) -> datetime:
        """The best guess."""
        return self.earliest + self.exactness

    @property
    def exactness(self) -> timedelta:
        """How far the guess may be off, either way."""
        return (self.latest - self.earliest) / 2

    def narrowed(self, other: "Span") -> "Span":
        """What both allow; itself where they contradict each other."""
        both = Span(max(self.earliest, other.earliest), min(self.latest, other.latest))
        return both if both.earliest <= both.latest else self


class Sample(NamedTuple):
    """What one read told of a session, in the router's words; the router looked between the two moments.

    A read that failed, or that showed no such session, has no words: it tells nothing of the session.
    """

    sent_at: datetime
    answered_at: datetime
    up_down: str = ""
    state: str = ""

    @property
    def is_up(self) -> bool | None:
        """None where it tells nothing."""
        return parse_session(self.state).is_up

    @property
    def since(self) -> Span | None:
        """When the session last went up or down; None for ``never`` and for a text that is no duration."""
        told = parse_up_down(self.up_down)
        if told is None:
            return None
        return Span(self.sent_at - told - least_step(self.up_down), self.answered_at - told)


class Change(NamedTuple):
    """Something that happened between two samples, the later of which was answered at ``found_at``."""

    kind: Kind
    at: Span
    found_at: datetime


def find_changes(samples: Iterable[Sample]) -> list[Change]:
    """What happened to one session since its first sample; both in the order of time."""
    changes: list[Change] = []
    before: Sample | None = None
    known: Span | None = None  # when the present state began, by all samples that tell of it
    for sample in samples:
        if sample.is_up is None:
            continue
        if before is None:
            known = sample.since
        elif _is_another(before, known, sample):
            known = _when(before, sample)
            changes.append(Change(_KINDS[bool(before.is_up), sample.is_up], known, sample.answered_at))
        elif known is None or sample.since is None:
            known = known or sample.since
        else:
            known = known.narrowed(sample.since)
            changes[-1:] = [last._replace(at=known) for last in changes[-1:]]
        before = sample
    return changes


def find_since(samples: Sequence[Sample], changes: Sequence[Change]) -> Span | None:
    """When the state of the last sample that tells of one began; None where nobody knows."""
    told = [sample for sample in samples if sample.is_up is not None]
    if not told:
        return None
    return changes[-1].at if changes else told[-1].since


def _is_another(before: Sample, known: Span | None, sample: Sample) -> bool:
    """Whether the state of a sample began after the one before was taken; never on a text that contradicts itself."""
    if sample.is_up != before.is_up:
        return True
    since = sample.since
    if since is None or since.latest <= before.sent_at:
        return False
    return since.earliest > (known.latest if known else before.answered_at) + TOLERANCE


def _when(before: Sample, sample: Sample) -> Span:
    """Between both samples, and more exactly where the router's clock says so."""
    between = Span(before.sent_at, sample.answered_at)
    return between.narrowed(sample.since) if sample.since else between
