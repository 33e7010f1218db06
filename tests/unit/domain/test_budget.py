from datetime import UTC, datetime

from crossconnections.arm import Call
from crossconnections.services.budget import Budget


def call(remaining_reads: int | None) -> Call:
    return Call(
        operation="ExpressRouteCrossConnections_Get",
        method="GET",
        path="/",
        status=200,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        duration_seconds=0.1,
        request_id="",
        correlation_id="",
        client_request_id="",
        remaining_reads=remaining_reads,
        remaining_writes=None,
        error="",
        error_code="",
    )


def test_reading_stops_when_less_than_half_of_the_quota_is_left():
    budget = Budget(clock=lambda: 0.0)
    for left in (250, 200, 125):
        budget.note(call(left))
        assert not budget.is_spent()
    budget.note(call(124))
    assert budget.is_spent()


def test_reading_goes_on_once_the_quota_has_refilled():
    budget = Budget(clock=lambda: 0.0)
    for left in (250, 100, 200):
        budget.note(call(left))
    assert not budget.is_spent()


def test_an_answer_that_tells_nothing_of_the_quota_changes_nothing():
    budget = Budget(clock=lambda: 0.0)
    budget.note(call(None))
    assert not budget.is_spent()


def test_reading_stops_a_minute_after_it_began_however_long_the_list_took():
    seconds = iter([600.0, 659.9, 660.0])
    budget = Budget(clock=lambda: next(seconds))
    budget.start()
    assert [budget.is_spent(), budget.is_spent()] == [False, True]


def test_reading_stops_at_once_when_azure_had_enough_and_does_not_begin_again():
    budget = Budget(clock=lambda: 0.0)
    budget.stop()
    budget.start()
    assert budget.is_spent()


def test_what_earlier_syncs_saw_of_the_quota_counts_and_is_not_taken_for_what_this_one_saw():
    budget = Budget(known_reads=12_000, clock=lambda: 0.0)
    budget.note(call(5_000))
    assert (budget.is_spent(), budget.seen_reads) == (True, 5_000)
