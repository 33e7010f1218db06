from datetime import timedelta

import pytest
from hypothesis import given

from crossconnections.diagnosis.flaps import Kind, Sample, Span, find_changes, find_since
from tests.unit.diagnosis.sessions import NOON, at, sampled_sessions, turned_between


def seconds(span: Span) -> tuple[float, float]:
    """From noon."""
    return (span.earliest - NOON).total_seconds(), (span.latest - NOON).total_seconds()


def test_the_last_change_is_as_exact_as_the_text_and_the_read() -> None:
    since = at(60, "00:10:00", "38", took=12).since
    assert since
    assert seconds(since) == (3600 - 600 - 1, 3612 - 600)
    assert since.exactness == timedelta(seconds=6.5)
    assert at(0, "8w4d", "38").since == Span(NOON - timedelta(days=61), NOON - timedelta(days=60))


@pytest.mark.parametrize("text", ["never", "", "soon"])
def test_what_is_no_duration_tells_no_moment(text: str) -> None:
    assert at(0, text, "Idle").since is None


def test_a_smaller_uptime_than_the_gap_proves_a_flap_between_two_samples() -> None:
    (change,) = find_changes([at(0, "12d04h", "38"), at(3, "00:01:10", "38", took=10)])
    assert change.kind is Kind.RESET
    assert seconds(change.at) == (180 - 70 - 1, 190 - 70)
    assert change.found_at == NOON + timedelta(seconds=190)


@pytest.mark.parametrize(
    "samples",
    [
        [at(0, "12d04h", "38"), at(3, "12d04h", "38")],
        [at(0, "23:58:30", "38"), at(3, "1d00h", "40")],
        [at(0, "6d23h", "38"), at(3, "1w0d", "38")],
        [at(0, "00:10:00", "38"), at(3, "00:12:57", "38")],  # rounded
        [at(0, "never", "Idle"), at(3, "never", "Active")],
        [at(0, "00:10:00", "Idle"), at(3), at(6, "00:16:00", "Active")],
        [at(0, "odd", "38"), at(3, "00:40:00", "38")],
        [at(0, "1d02h", "38"), at(3, "02:00:00", "38")],  # contradicts itself: it was asked three minutes ago
    ],
)
def test_nothing_happened_where_the_clock_went_on_or_tells_nothing(samples: list[Sample]) -> None:
    assert find_changes(samples) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("00:10:00", "38"), ("00:00:30", "Idle"), Kind.WENT_DOWN),
        (("00:10:00", "Active"), ("00:00:30", "0"), Kind.CAME_UP),
        (("00:10:00", "Established"), ("00:00:30", "38"), Kind.RESET),
        (("00:10:00", "Idle"), ("00:00:30", "Active"), Kind.BLIP),
    ],
)
def test_each_change_is_named_by_what_was_before_and_after(
    before: tuple[str, str], after: tuple[str, str], kind: Kind
) -> None:
    assert [change.kind for change in find_changes([at(0, *before), at(3, *after)])] == [kind]


def test_a_read_that_failed_is_no_change_and_hides_none() -> None:
    quiet = [at(0, "00:10:00", "38"), at(3), at(6, "00:16:00", "38")]
    assert find_changes(quiet) == []
    (change,) = find_changes([*quiet, at(9), at(12, "00:04:00", "38")])
    assert seconds(change.at) == (479, 480)


def test_a_word_that_nobody_knows_is_neither_up_nor_down() -> None:
    assert find_changes([at(0, "00:10:00", "38"), at(3, "00:00:10", "Quux"), at(6, "00:16:00", "38")]) == []


def test_what_was_never_up_came_up_between_two_samples() -> None:
    (change,) = find_changes([at(0, "never", "Idle", took=5), at(3, "soon", "38", took=5)])
    assert seconds(change.at) == (0, 185)


def test_what_a_router_says_of_its_past_cannot_be_before_the_sample_that_saw_it_otherwise() -> None:
    (change,) = find_changes([at(0, "00:10:00", "38", took=5), at(3, "01:00:00", "Idle", took=5)])
    assert (change.kind, *seconds(change.at)) == (Kind.WENT_DOWN, 0, 185)


def test_later_samples_make_a_moment_more_exact() -> None:
    samples = [at(0, "12d04h", "38"), at(3, "00:01:00", "38", took=30), at(6, "00:04:10", "38", took=30)]
    (early,), (late,) = find_changes(samples[:2]), find_changes(samples)
    assert (seconds(early.at), seconds(late.at)) == ((119, 150), (119, 140))
    assert find_since(samples, [late]) == late.at


def test_since_when_a_session_is_as_it_is_comes_from_the_last_sample_that_tells() -> None:
    samples = [at(0, "00:10:00", "38"), at(3, "00:13:00", "38"), at(6)]
    since = find_since(samples, [])
    assert since
    assert seconds(since) == (-601, -600)
    assert find_since([at(0)], []) is None
    assert find_since([at(0, "never", "Idle")], []) is None


@given(sampled_sessions())
def test_a_change_is_found_exactly_where_there_was_one(
    session: tuple[list[int], list[int], list[Sample]],
) -> None:
    turns, looks, samples = session
    found = {change.found_at for change in find_changes(samples)}
    ends = [sample.answered_at in found for sample in samples[1:]]
    assert ends == turned_between(turns, looks)


@given(sampled_sessions())
def test_each_change_is_told_at_a_moment_at_which_the_session_did_turn(
    session: tuple[list[int], list[int], list[Sample]],
) -> None:
    turns, _, samples = session
    moments = [NOON + timedelta(seconds=turn) for turn in turns]
    for change in find_changes(samples):
        assert any(change.at.earliest <= moment <= change.at.latest for moment in moments)


@given(sampled_sessions())
def test_what_happened_alternates_as_ups_and_downs_do(session: tuple[list[int], list[int], list[Sample]]) -> None:
    _, _, samples = session
    is_up = bool(samples[0].is_up)
    for change in find_changes(samples):
        expected = {True: {Kind.RESET, Kind.WENT_DOWN}, False: {Kind.BLIP, Kind.CAME_UP}}[is_up]
        assert change.kind in expected
        is_up = change.kind in {Kind.RESET, Kind.CAME_UP}
