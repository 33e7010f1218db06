"""What is said of one read of a table, whatever it has come to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.tables.explanations import _UNKNOWN, explain_read_failure
from crossconnections.presenters.tables.read_words import state_in_words
from tests.unit.pages.codes import OWN_CODES

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)


def read(state: str, *, one_at_a_time: bool = False, **values: Any) -> TableRead:
    defaults = {"asked_at": NOW - timedelta(seconds=20), "due_at": NOW + timedelta(seconds=4), "attempts": 1}
    return TableRead(
        snapshot=Snapshot(one_at_a_time=one_at_a_time),
        state=state,
        sent_at=NOW - timedelta(seconds=16),
        **defaults | values,
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (read("queued"), "queued"),
        (read("queued", attempts=0), "queued"),
        (read("queued", attempts=0, asked_at=NOW - timedelta(minutes=1)), "queued; no worker has taken it yet"),
        (read("queued", one_at_a_time=True), "waits its turn: Azure takes one at a time"),
        (read("queued", error_code="TooManyRequests"), "Azure had too many calls, next try in 4 s"),
        (read("queued", error_code="NotConnected", due_at=NOW), "no connection to Azure, next try now"),
        (read("submitting"), "about to ask"),
        (read("running"), "asked 16 s ago"),
        (read("running", azure_status="InProgress"), "asked 16 s ago, Azure says InProgress"),
        (
            read("running", error_code="NoAnswer"),
            "asked 16 s ago, last look: no answer from Azure, next try in 4 s",
        ),
        (read("unknown", error_code="NoAnswer"), "no answer from Azure, next try in 4 s"),
        (read("succeeded", finished_at=NOW, row_count=1), "answered in 16 s, 1 row"),
        (read("succeeded", finished_at=NOW, row_count=10_000), "answered in 16 s, 10,000 rows"),
        (read("failed", error_code="GaveUp"), "failed: given up"),
        (read("canceled"), "stopped"),
    ],
)
def test_each_state_has_its_words(told: TableRead, words: str) -> None:
    assert state_in_words(told, "", now=NOW) == words


def test_with_what_is_usual_it_is_said_in_one_short_line() -> None:
    assert state_in_words(read("running"), "usually 8–14 s here", now=NOW) == "16 s, usually 8–14 s here"


@pytest.mark.parametrize("code", OWN_CODES)
def test_every_error_of_our_own_is_explained(code: str) -> None:
    assert explain_read_failure(code) is not _UNKNOWN


def test_entras_codes_are_about_the_token() -> None:
    assert "token" in explain_read_failure("AADSTS7000222").cause


def test_a_code_that_nobody_has_heard_of_is_data() -> None:
    assert explain_read_failure("SomethingNew") is _UNKNOWN
