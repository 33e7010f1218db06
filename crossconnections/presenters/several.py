"""The review of a set: a line for each service key that was named, with what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median
from typing import Any

from crossconnections.presenters.listing import NO_LOCATION
from crossconnections.presenters.states import GONE, Mark, provider_state
from crossconnections.services.changes.candidates import Candidate
from crossconnections.services.changes.pacing import MOST_AT_ONCE
from portal.times import span_in_words

LEAST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One service key; ``circuit`` and ``location`` are "" and ``before`` None where none is known within reach.

    ``reason`` is a sentence where it is left out, and ``change`` the number of what is in its way. ``after`` is None
    where the state stays; ``former_note`` is the note that would be replaced.
    """

    service_key: str
    circuit: str
    location: str
    before: Mark | None
    after: Mark | None
    reason: str
    change: int | None
    former_note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The set as it would be applied now."""

    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]
    words: str
    note: str
    estimate: str
    at_once: int


def show_review(candidates: Sequence[Candidate], asked: Mapping[str, Any], durations: Sequence[timedelta]) -> Review:
    """Those to be changed first, in the order in which they were named."""
    lines = [_line(one, asked) for one in candidates]
    kept, left_out = [one for one in lines if not one.reason], [one for one in lines if one.reason]
    return Review(
        tuple(kept),
        tuple(left_out),
        words=_words(len(kept), len(left_out)),
        note=asked.get("provider_notes", ""),
        estimate=_estimate(durations, len(kept)),
        at_once=MOST_AT_ONCE,
    )


def _line(one: Candidate, asked: Mapping[str, Any]) -> Line:
    row = one.row
    if row is None:
        return Line(one.service_key, "", "", None, None, one.reason, one.change)
    after, note = asked["provider_provisioning_state"], asked.get("provider_notes", row.provider_notes)
    return Line(
        one.service_key,
        circuit=row.circuit_name or "Not told",
        location=row.peering_location or NO_LOCATION,
        before=GONE if row.gone_at else provider_state(row.provider_provisioning_state),
        after=provider_state(after) if row.provider_provisioning_state != after and not one.reason else None,
        reason=one.reason,
        change=one.change,
        former_note=row.provider_notes if row.provider_notes not in {"", note} and not one.reason else "",
    )


def _words(kept: int, left_out: int) -> str:
    """``14 will be changed, 3 will not``."""
    if not kept:
        return "None of them can be changed"
    return f"{kept} will be changed, {left_out} will not" if left_out else f"{kept} will be changed"


def _estimate(durations: Sequence[timedelta], count: int) -> str:
    """``about 4 min``, by what the latest ones took; "" for fewer than five."""
    if len(durations) < LEAST_CHANGES or not count:
        return ""
    usual = max(median(took.total_seconds() for took in durations), 1.0)
    return f"about {span_in_words(timedelta(seconds=usual * ceil(count / MOST_AT_ONCE)))}"
