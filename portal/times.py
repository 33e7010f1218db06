"""Spans of time in words, and moments with their age."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_DAYS_WITHOUT_HOURS = 30
_JUST_NOW = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and the words for how long ago it was."""

    at: datetime
    words: str


def span_in_words(span: timedelta) -> str:
    """Two units at most: ``40 s``, ``26 min``, ``1 h 12 min``, ``4 d 6 h``, ``64 d``. Never below zero."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return _pair(seconds // _HOUR, "h", seconds % _HOUR // _MINUTE, "min")
    days = seconds // _DAY
    return _pair(days, "d", seconds % _DAY // _HOUR if days < _DAYS_WITHOUT_HOURS else 0, "h")


def age(at: datetime, *, now: datetime) -> Moment:
    """The age in its largest unit, for a narrow column: ``4 d``."""
    return Moment(at, " ".join(span_in_words(now - at).split()[:2]))


def ago(at: datetime, *, now: datetime) -> Moment:
    """``2 min ago``; the last seconds are ``just now``, and so is what another clock puts into the future."""
    if (now - at).total_seconds() < _JUST_NOW:
        return Moment(at, "just now")
    return Moment(at, f"{age(at, now=now).words} ago")


def as_iso(when: datetime | None) -> str | None:
    """``2026-11-22T13:09:44Z``, for machines; None for none."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None


def _pair(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"
