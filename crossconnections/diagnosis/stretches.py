"""A session as a line in time: how long it was up, down or unknown, and how many prefixes came meanwhile."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crossconnections.diagnosis.flaps import Change, Sample
from crossconnections.diagnosis.sessions import parse_session


class Stretch(NamedTuple):
    """From one moment to another it was up, down, or (None) nobody knows."""

    is_up: bool | None
    begin: datetime
    end: datetime


class Level(NamedTuple):
    """So many prefixes, from the first sample that told so until the last, or until the next one told otherwise."""

    prefixes: int
    begin: datetime
    end: datetime


def find_stretches(samples: Sequence[Sample], changes: Iterable[Change], *, longest_gap: timedelta) -> list[Stretch]:
    """From the first sample to the last; between samples that are further apart than ``longest_gap`` nobody knows."""
    found_at = {change.found_at: change for change in changes}
    stretches: list[Stretch] = []
    for before, after in _neighbours(samples):
        for piece in _between(before, after, found_at.get(after.answered_at), longest_gap):
            _append(stretches, piece)
        _append(stretches, Stretch(after.is_up, after.sent_at, after.answered_at))
    return stretches


def find_levels(samples: Sequence[Sample], *, longest_gap: timedelta) -> list[Level]:
    """In the order of time, apart where nobody knows."""
    levels: list[Level] = []
    for before, after in _neighbours(samples):
        count = parse_session(after.state).prefixes
        is_near = before is not None and after.sent_at - before.answered_at <= longest_gap
        if levels and is_near and before and parse_session(before.state).prefixes is not None:
            levels[-1] = levels[-1]._replace(end=after.sent_at if count is not None else before.answered_at)
        if count is None:
            continue
        if levels and levels[-1].prefixes == count and levels[-1].end == after.sent_at:
            levels[-1] = levels[-1]._replace(end=after.answered_at)
        else:
            levels.append(Level(count, after.sent_at, after.answered_at))
    return levels


def _neighbours(samples: Sequence[Sample]) -> Iterator[tuple[Sample | None, Sample]]:
    """Each sample with the one before it."""
    if samples:
        yield None, samples[0]
    yield from pairwise(samples)


def _between(before: Sample | None, after: Sample, change: Change | None, longest_gap: timedelta) -> Iterator[Stretch]:
    if before is None:
        return
    begin, end = before.answered_at, after.sent_at
    if None in (before.is_up, after.is_up) or end - begin > longest_gap:
        yield Stretch(None, begin, end)
    elif change is None:
        yield Stretch(before.is_up, begin, end)
    else:
        at = min(max(change.at.middle, begin), end)
        yield Stretch(before.is_up, begin, at)
        yield Stretch(after.is_up, at, end)


def _append(stretches: list[Stretch], piece: Stretch) -> None:
    """One after another, what is alike in one piece."""
    if stretches and stretches[-1].is_up is piece.is_up:
        stretches[-1] = stretches[-1]._replace(end=piece.end)
    else:
        stretches.append(piece)
