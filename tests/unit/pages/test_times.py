from datetime import UTC, datetime, timedelta

import pytest

from portal.times import age, ago, span_in_words

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=26), "26 min"),
        (timedelta(hours=1, minutes=12), "1 h 12 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=4, hours=6), "4 d 6 h"),
        (timedelta(days=64, hours=3), "64 d"),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_a_span_is_told_in_two_units_at_most(span: timedelta, words: str) -> None:
    assert span_in_words(span) == words


def test_an_age_is_told_in_its_largest_unit() -> None:
    assert age(NOW - timedelta(days=4, hours=6), now=NOW).words == "4 d"


def test_the_last_seconds_are_just_now() -> None:
    assert ago(NOW - timedelta(seconds=9), now=NOW).words == "just now"


def test_a_time_that_another_clock_puts_into_the_future_is_just_now() -> None:
    assert ago(NOW + timedelta(minutes=3), now=NOW).words == "just now"


def test_a_past_time_is_told_as_ago() -> None:
    assert ago(NOW - timedelta(minutes=2), now=NOW).words == "2 min ago"
