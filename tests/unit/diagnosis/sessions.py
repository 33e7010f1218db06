"""Sessions that are sampled: by hand, and as a router would show one whose resets are known."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from crossconnections.diagnosis.flaps import Sample

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = timedelta(minutes=3)
_MORE_THAN_A_DAY = 86_400


def at(minutes: float, up_down: str = "", state: str = "", *, took: float = 0) -> Sample:
    """What a read told that was sent so many minutes after noon and took so many seconds."""
    sent = NOON + timedelta(minutes=minutes)
    return Sample(sent, sent + timedelta(seconds=took), up_down, state)


def as_text(seconds: int) -> str:
    """As a router writes an uptime."""
    if seconds < _MORE_THAN_A_DAY:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{seconds // _MORE_THAN_A_DAY}d{seconds // 3600 % 24:02}h"


def shown(turns: Sequence[int], looked_at: int) -> tuple[str, str]:
    """Uptime and state of a session that turned at these seconds, up first."""
    before = [turn for turn in turns if turn <= looked_at]
    return as_text(looked_at - before[-1]), "38" if len(before) % 2 else "Idle"


@st.composite
def sampled_sessions(draw: st.DrawFn) -> tuple[list[int], list[int], list[Sample]]:
    """When it turned (seconds from noon, before it too), when the router looked, and the samples."""
    first = -draw(st.integers(600, 400_000))
    # Of a session that is reset, TCP and BGP take longer than the tolerance to come back.
    gaps = draw(st.lists(st.integers(20, 4_000), max_size=12))
    turns = [first, *(sum(gaps[: number + 1]) for number in range(len(gaps)))]
    looks, samples, clock = [], [], 0
    for pause, before, after in draw(
        st.lists(st.tuples(st.integers(60, 900), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=15)
    ):
        looked_at = clock + pause + before
        sent, answered = NOON + timedelta(seconds=clock + pause), NOON + timedelta(seconds=looked_at + after)
        samples.append(Sample(sent, answered, *shown(turns, looked_at)))
        looks.append(looked_at)
        clock = looked_at + after
    return turns, looks, samples


def turned_between(turns: Sequence[int], looks: Sequence[int]) -> list[bool]:
    """Whether the session turned between each look and the next."""
    return [any(one < turn <= other for turn in turns) for one, other in pairwise(looks)]
