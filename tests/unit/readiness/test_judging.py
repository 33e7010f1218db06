"""What Azure's answers come to, at the edges."""

import pytest

from crossconnections.readiness import judging
from crossconnections.readiness.checks import Check, Level, Result


@pytest.mark.parametrize(
    ("seconds", "level"),
    [(0, Level.PASS), (3, Level.PASS), (-3, Level.PASS), (3.1, Level.WARN), (-120, Level.WARN), (120.5, Level.FAIL)],
)
def test_a_clock_is_judged_by_how_far_it_is_off_either_way(seconds: float, level: Level):
    result = judging.judge_clock(seconds)
    assert (result.level, result.values["is_behind"]) == (level, seconds > 0)


def test_a_clock_that_nobody_told_of_is_not_judged():
    assert judging.judge_clock(None).level is Level.NOT_RUN


@pytest.mark.parametrize(
    ("state", "level"),
    [
        ("enabled", Level.PASS),
        ("Warned", Level.WARN),
        ("Disabled", Level.FAIL),
        ("Deleted", Level.FAIL),
        ("", Level.FAIL),
    ],
)
def test_a_state_that_nobody_knows_is_none_that_works(state: str, level: Level):
    assert judging.judge_subscription("x", state).level is level


@pytest.mark.parametrize(
    ("state", "level"),
    [("Registered", Level.PASS), ("Registering", Level.WARN), ("Unregistering", Level.FAIL), ("", Level.FAIL)],
)
def test_only_registered_is_registered(state: str, level: Level):
    assert judging.judge_registration(state).level is level


@pytest.mark.parametrize(("reads", "level"), [(None, Level.PASS), (100, Level.PASS), (99, Level.WARN), (0, Level.WARN)])
def test_few_reads_are_a_warning(reads: int | None, level: Level):
    assert judging.judge_quota(reads, None).level is level


def test_an_empty_first_page_with_more_behind_it_is_not_empty():
    assert judging.judge_enrolment(0, has_more=True).outcome == "some"


def test_a_result_is_kept_and_read_back():
    result = Result(Check.CLOCK, Level.WARN, "off", {"seconds": 4}, "code", "id", 12)
    assert Result.from_json(result.as_json()) == result
