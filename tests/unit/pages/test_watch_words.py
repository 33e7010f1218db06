from datetime import UTC, datetime, timedelta

import pytest

from crossconnections.diagnosis.flaps import Span
from crossconnections.presenters.watch.axis import Axis
from crossconnections.presenters.watch.moments import clock_of, clock_of_span, clock_of_stretch

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEN_HOURS = timedelta(hours=10)


def around(at: datetime, **off: float) -> Span:
    return Span(at - timedelta(**off), at + timedelta(**off))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (around(NOON, seconds=6), "12:00:00 UTC ± 6 s"),
        (around(NOON, seconds=0), "12:00:00 UTC ± 1 s"),
        (around(NOON, seconds=5.2), "12:00:00 UTC ± 6 s"),
        (around(NOON, seconds=119), "12:00:00 UTC ± 119 s"),
        (around(NOON, minutes=30, seconds=5), "12:00 UTC ± 30 min"),
        (around(NOON - timedelta(days=12), hours=12, seconds=1), "11 Nov, 12:00 UTC ± 12 h"),
        (around(NOON - timedelta(days=400), days=3.5), "19 Oct 2025, 12:00 UTC ± 3 d 12 h"),
    ],
)
def test_a_moment_is_told_as_exactly_as_it_is_known(span: Span, words: str):
    assert clock_of_span(span, beside=NOON).words == words


def test_the_day_is_told_where_it_is_another_one():
    assert clock_of(NOON, beside=NOON).words == "12:00 UTC"
    assert clock_of(NOON + timedelta(days=1), beside=NOON).words == "24 Nov, 12:00 UTC"
    late = NOON + timedelta(hours=11)
    assert clock_of_stretch(late, late + timedelta(hours=2), beside=NOON).words == "23:00 to 24 Nov, 01:00 UTC"


def test_the_axis_names_full_moments_and_a_new_day():
    axis = Axis(NOON + TEN_HOURS, NOON + TEN_HOURS + timedelta(hours=4), 0, 400)
    assert list(axis.marks(most=4)) == [(100.0, "23:00"), (200.0, "24 Nov"), (300.0, "01:00"), (400.0, "02:00")]


@pytest.mark.parametrize("minutes", [1, 30, 60, 240, 720])
def test_the_axis_never_has_more_moments_than_fit(minutes: int):
    axis = Axis(NOON, NOON + timedelta(minutes=minutes), 0, 340)
    assert 1 <= len(list(axis.marks(most=5))) <= 5


def test_a_moment_beyond_the_axis_stands_at_its_end():
    axis = Axis(NOON, NOON + timedelta(hours=1), 10, 110)
    moments = (NOON - TEN_HOURS, NOON + timedelta(minutes=30), NOON + TEN_HOURS)
    assert [axis.place(at) for at in moments] == [10, 60, 110]
