"""A router's words for how long."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.durations import least_step, parse_up_down
from sandbox.network.durations import as_cisco_writes
from tests.unit.diagnosis.words import patient

_SECOND, _HOUR, _DAY, _WEEK, _YEAR = (
    timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1), timedelta(days=365),
)  # fmt: skip
_THOUSAND_YEARS = 1_000 * 365 * 24 * 3600 - 1


@pytest.mark.parametrize(
    ("text", "span", "step"),
    [
        ("00:00:00", timedelta(0), _SECOND),
        ("00:00:59", 59 * _SECOND, _SECOND),
        ("01:02:03", timedelta(hours=1, minutes=2, seconds=3), _SECOND),
        ("23:59:59", _DAY - _SECOND, _SECOND),
        ("1:00:00", _HOUR, _SECOND),
        ("9999:00:00", 9999 * _HOUR, _SECOND),
        ("1d02h", _DAY + 2 * _HOUR, _HOUR),
        ("6d23h", 6 * _DAY + 23 * _HOUR, _HOUR),
        ("8w4d", 60 * _DAY, _DAY),
        ("1y2w", _YEAR + 2 * _WEEK, _WEEK),
        ("2y1w3d04h", 2 * _YEAR + _WEEK + 3 * _DAY + 4 * _HOUR, _HOUR),
        ("3y", 3 * _YEAR, _YEAR),
        ("5w", 5 * _WEEK, _WEEK),
        ("7h", 7 * _HOUR, _HOUR),
        ("  8w4d\n", 60 * _DAY, _DAY),
        ("0d00h", timedelta(0), _HOUR),
    ],
)
def test_a_text_is_a_span_and_is_so_exact(text: str, span: timedelta, step: timedelta) -> None:
    assert (parse_up_down(text), least_step(text)) == (span, step)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "never", "Never", "1", "12:34", "00:60:00", "00:00:60", "10000:00:00", "1:2:3", "-1:00:00",
        "01:02:03.5", "01:02:03 ago", "up 01:02:03", "4d8w", "02h1d", "1w2y", "1d 02h", "1D02H", "1d2", "d", "1m",
        "1000y", "100w1d", "1000d", "100h", "١:٠٢:٠٣", "١:02:03", "٨w٤d", "1d02h1d02h", "01:02:03:04",
    ],
)  # fmt: skip
def test_any_other_text_is_no_span(text: str) -> None:
    assert parse_up_down(text) is None


@pytest.mark.parametrize("text", ["never", "", "x"])
def test_a_text_that_is_no_span_is_exact_to_the_second(text: str) -> None:
    assert least_step(text) == _SECOND


@patient
@given(seconds=st.integers(min_value=0, max_value=_THOUSAND_YEARS))
def test_what_a_router_writes_is_read_as_exactly_as_it_is_written(seconds: int) -> None:
    written = as_cisco_writes(seconds)
    span = parse_up_down(written)
    assert span is not None
    assert span <= timedelta(seconds=seconds) < span + least_step(written)


@patient
@given(text=st.text())
def test_no_text_is_too_much(text: str) -> None:
    span = parse_up_down(text)
    assert span is None or timedelta(0) <= span
    assert _SECOND <= least_step(text) <= _YEAR
