"""Moments in UTC as exactly as they are known: people compare them with the customer's log."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from crossconnections.diagnosis.flaps import Span
from portal.times import span_in_words

_TO_THE_SECOND = timedelta(minutes=2)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """``words`` for people, ``at`` for machines."""

    at: datetime
    words: str


def clock_of(at: datetime, *, beside: datetime) -> Clock:
    """``18:00 UTC``, with the day where it is another one than ``beside``."""
    return Clock(at, f"{_day(at, beside)}{at.astimezone(UTC):%H:%M} UTC")


def clock_of_span(span: Span, *, beside: datetime) -> Clock:
    """``14:02:10 UTC ± 6 s``, ``11 Nov, 09:30 UTC ± 30 min``; with the day where it is another one than ``beside``."""
    at = span.middle.astimezone(UTC)
    if span.exactness < _TO_THE_SECOND:
        off = f"{max(ceil(span.exactness.total_seconds()), 1)} s"
        return Clock(at, f"{_day(at, beside)}{at:%H:%M:%S} UTC ± {off}")
    unit = _HOUR if span.exactness >= _HOUR else _MINUTE
    off = span_in_words(round(span.exactness / unit) * unit)
    return Clock(at, f"{_day(at, beside)}{at:%H:%M} UTC ± {off}")


def clock_of_stretch(begin: datetime, end: datetime, *, beside: datetime) -> Clock:
    """``14:06 to 14:12 UTC``."""
    first = f"{_day(begin, beside)}{begin.astimezone(UTC):%H:%M}"
    return Clock(begin, f"{first} to {clock_of(end, beside=begin).words}")


def _day(at: datetime, beside: datetime) -> str:
    moment, other = at.astimezone(UTC), beside.astimezone(UTC)
    if moment.date() == other.date():
        return ""
    year = f" {moment.year}" if moment.year != other.year else ""
    return f"{moment.day} {moment:%b}{year}, "
