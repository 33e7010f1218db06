"""How long something usually takes, from what it took before."""

from collections.abc import Sequence
from datetime import timedelta

LEAST_READS = 5
_LONG_SECONDS = 90
_TO = "\N{EN DASH}"


def usual_seconds(durations: Sequence[timedelta]) -> tuple[float, float] | None:
    """The 10th and the 90th percentile; None for fewer than five."""
    if len(durations) < LEAST_READS:
        return None
    ordered = sorted(max(took.total_seconds(), 0.0) for took in durations)
    low, high = (ordered[round((len(ordered) - 1) * share)] for share in (0.1, 0.9))
    return low, high


def usual_span(durations: Sequence[timedelta]) -> str:
    """The same in words; "" for fewer than five."""
    usual = usual_seconds(durations)
    if usual is None:
        return ""
    low, high = usual
    unit, name = (1, "s") if high < _LONG_SECONDS else (60, "min")
    return f"usually {_span(round(low / unit), round(high / unit))} {name} here"


def _span(low: int, high: int) -> str:
    if high < 1:
        return "under 1"
    return f"{high}" if low == high else f"{max(low, 1) if high > 1 else low}{_TO}{high}"
