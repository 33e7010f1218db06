"""What is said of one read of a table, whatever it has come to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.tables.explanations import _UNKNOWN, explain_read_failure
from crossconnections.presenters.tables.progress import Progress, show_progress
from crossconnections.presenters.tables.read_words import state_in_words
from portal.times import span_in_words
from tests.unit.pages.codes import OWN_CODES

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
SOON = NOW + timedelta(seconds=0.2)


def read(state: str, **values: Any) -> TableRead:
    defaults = {
        "asked_at": NOW - timedelta(seconds=20),
        "sent_at": NOW - timedelta(seconds=16),
        "due_at": NOW + timedelta(seconds=4),
        "peering_type": "AzurePrivatePeering",
        "device_path": "primary",
    }
    return TableRead(state=state, **defaults | values)


def lines(*reads: TableRead, one_at_a_time: bool = False, finished_at: datetime | None = None) -> Progress:
    snapshot = Snapshot(asked_at=NOW - timedelta(seconds=20), one_at_a_time=one_at_a_time, finished_at=finished_at)
    return show_progress(snapshot, reads, {}, shown="", now=NOW)


def words_of(progress: Progress) -> list[str]:
    return [line.words for group in progress.groups for line in group.lines]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (read("queued"), "queued"),
        (read("queued", due_at=NOW - timedelta(minutes=1)), "queued; no worker has taken it yet"),
        (read("queued", due_at=NOW - timedelta(seconds=20)), "queued"),
        (read("queued", error_code="TooManyRequests"), "Azure had too many calls, next try in 4 s"),
        (read("queued", error_code="NotConnected", due_at=NOW), "no connection to Azure, next try now"),
        (read("queued", error_code="Throttled", due_at=SOON), "Azure had too many calls, next try in 1 s"),
        (read("submitting"), "asking, for 16 s"),
        (read("submitting", sent_at=NOW), "asking, for 1 s"),
        (read("running"), "asked 16 s ago"),
        (read("running", azure_status="InProgress"), "asked 16 s ago, Azure says InProgress"),
        (
            read("running", error_code="NoAnswer"),
            "asked 16 s ago, last look: no answer from Azure, next try in 4 s",
        ),
        (read("unknown", error_code="NoAnswer"), "no answer from Azure, next try in 4 s"),
        (read("succeeded", finished_at=NOW, row_count=1), "answered in 16 s, 1 row"),
        (read("succeeded", finished_at=NOW + timedelta(seconds=0.1), row_count=0), "answered in 17 s, 0 rows"),
        (read("succeeded", finished_at=NOW, row_count=10_000), "answered in 16 s, 10,000 rows"),
        (read("failed", error_code="GaveUp"), "failed: given up"),
        (read("canceled"), "stopped"),
    ],
)
def test_each_state_has_its_words(told: TableRead, words: str) -> None:
    assert state_in_words(told, "", now=NOW) == words


def test_a_call_that_takes_longer_than_any_may_says_that_its_worker_has_died(settings: Settings) -> None:
    longest = timedelta(seconds=settings.PORTAL_CALL_SECONDS)
    told = state_in_words(read("submitting", sent_at=NOW - longest), "", now=NOW)
    assert told == f"asking, for {span_in_words(longest)}"
    told = state_in_words(read("submitting", sent_at=NOW - longest - timedelta(seconds=10)), "", now=NOW)
    assert told == "no word from the worker; it is taken up again when its lease ends"


@pytest.mark.parametrize("ahead", ["submitting", "running"])
@pytest.mark.parametrize("code", ["", "AnotherOperationInProgress"])
def test_where_azure_takes_one_at_a_time_a_read_waits_for_the_one_that_is_asked(ahead: str, code: str) -> None:
    shown = words_of(lines(read(ahead), read("queued", error_code=code), one_at_a_time=True))
    assert shown[1] == "waits its turn: Azure takes one at a time"


@pytest.mark.parametrize(
    ("reads", "words"),
    [
        ([read("running"), read("queued", error_code="TooManyRequests")], "Azure had too many calls, next try in 4 s"),
        ([read("running"), read("queued", error_code="NotConnected")], "no connection to Azure, next try in 4 s"),
        ([read("queued"), read("queued")], "queued"),
        ([read("succeeded"), read("queued", due_at=NOW - PATIENCE)], "queued; no worker has taken it yet"),
    ],
)
def test_it_does_not_wait_its_turn_where_something_else_holds_it_up(reads: list[TableRead], words: str) -> None:
    assert words_of(lines(*reads, one_at_a_time=True))[1] == words


def test_a_whole_never_seems_shorter_than_its_parts() -> None:
    begun, ended = NOW - timedelta(seconds=20), NOW - timedelta(seconds=15.4)
    told = lines(read("succeeded", asked_at=begun, sent_at=begun, finished_at=ended), finished_at=ended)
    assert (told.words, words_of(told)) == ("1 of 1 answered, 5 s", ["answered in 5 s"])


def test_with_what_is_usual_it_is_said_in_one_short_line() -> None:
    assert state_in_words(read("running"), "usually 8–14 s here", now=NOW) == "16 s, usually 8–14 s here"


@pytest.mark.parametrize("code", OWN_CODES)
def test_every_error_of_our_own_is_explained(code: str) -> None:
    assert explain_read_failure(code) is not _UNKNOWN


def test_entras_codes_are_about_the_token() -> None:
    assert "token" in explain_read_failure("AADSTS7000222").cause


def test_a_code_that_nobody_has_heard_of_is_data() -> None:
    assert explain_read_failure("SomethingNew") is _UNKNOWN
