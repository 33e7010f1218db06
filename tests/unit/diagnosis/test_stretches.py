from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from crossconnections.diagnosis.flaps import Sample, find_changes
from crossconnections.diagnosis.stretches import find_levels, find_stretches
from tests.unit.diagnosis.sessions import NOON, at, sampled_sessions

GAP = timedelta(minutes=8)


def stretches(*samples: Sample) -> list[tuple[bool | None, float, float]]:
    """In minutes from noon."""
    found = find_stretches(samples, find_changes(samples), longest_gap=GAP)
    return [(one.is_up, minutes(one.begin - NOON), minutes(one.end - NOON)) for one in found]


def minutes(span: timedelta) -> float:
    return round(span.total_seconds() / 60, 2)


def levels(*samples: Sample) -> list[tuple[int, float, float]]:
    found = find_levels(samples, longest_gap=GAP)
    return [(one.prefixes, minutes(one.begin - NOON), minutes(one.end - NOON)) for one in found]


def test_a_session_that_stays_up_is_one_stretch() -> None:
    assert stretches(at(0, "1d02h", "38"), at(3, "1d02h", "38"), at(6, "1d02h", "40")) == [(True, 0, 6)]


def test_it_turns_where_the_routers_clock_says_so() -> None:
    found = stretches(at(0, "1d02h", "38"), at(3, "00:02:00", "Idle"), at(6, "00:01:00", "38"))
    assert [(is_up, round(begin), round(end)) for is_up, begin, end in found] == [
        (True, 0, 1), (False, 1, 5), (True, 5, 6),
    ]  # fmt: skip


def test_a_read_that_failed_is_unknown_and_never_down() -> None:
    assert stretches(at(0, "1d02h", "38"), at(3), at(6, "1d02h", "38")) == [(True, 0, 0), (None, 0, 6), (True, 6, 6)]


def test_between_samples_that_are_far_apart_nobody_knows() -> None:
    assert stretches(at(0, "1d02h", "38"), at(9, "1d02h", "38")) == [(True, 0, 0), (None, 0, 9), (True, 9, 9)]


def test_a_single_sample_is_a_point_and_none_is_nothing() -> None:
    assert stretches(at(0, "1d02h", "38", took=30)) == [(True, 0, 0.5)]
    assert stretches() == []


def test_prefixes_step_where_a_sample_tells_another_number() -> None:
    assert levels(at(0, "", "38"), at(3, "", "38"), at(6, "", "40"), at(9, "", "40", took=30)) == [
        (38, 0, 6), (40, 6, 9.5),
    ]  # fmt: skip


def test_prefixes_are_apart_where_the_session_was_down_or_nobody_knows() -> None:
    assert levels(at(0, "", "38"), at(3, "", "Idle"), at(6, "", "38"), at(16, "", "38")) == [
        (38, 0, 0), (38, 6, 6), (38, 16, 16),
    ]  # fmt: skip
    assert levels(at(0), at(3, "", "Established")) == []


@given(sampled_sessions())
def test_stretches_follow_each_other_from_the_first_sample_to_the_last(
    session: tuple[list[int], list[int], list[Sample]],
) -> None:
    _, _, samples = session
    found = find_stretches(samples, find_changes(samples), longest_gap=GAP)
    assert (found[0].begin, found[-1].end) == (samples[0].sent_at, samples[-1].answered_at)
    assert all(one.end == other.begin and one.is_up is not other.is_up for one, other in pairwise(found))
    assert all(one.begin <= one.end for one in found)


@given(sampled_sessions())
def test_at_each_sample_the_line_is_where_the_sample_is(session: tuple[list[int], list[int], list[Sample]]) -> None:
    _, _, samples = session
    found = find_stretches(samples, find_changes(samples), longest_gap=GAP)
    for sample in samples:
        assert any(one.begin <= sample.answered_at <= one.end and one.is_up is sample.is_up for one in found)
