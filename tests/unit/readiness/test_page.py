"""What the head of the page says of when everything was checked."""

from datetime import UTC, datetime, timedelta

from crossconnections.models import Readiness
from crossconnections.presenters.readiness.page import Page, Subject, show_page
from crossconnections.presenters.readiness.proofs import Proof
from crossconnections.presenters.readiness.rows import Setup

SETUP = Setup(
    "AzureCloud", "https://arm", "https://entra", "tenant", "client", "sign-in", "https://portal", Proof.SECRET
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def checked(minutes: int) -> Subject:
    """One that was, so long ago."""
    row = Readiness(checked_at=NOW - timedelta(minutes=minutes))
    return Subject(f"{minutes}", "label", row, [])


NEVER = Subject("new", "label", None, [])
WANTED = Subject("wanted", "label", Readiness(wanted_at=NOW), [])
PAUSED = Subject("paused", "label", None, [], note="It is paused.")


def page(*subjects: Subject) -> Page:
    return show_page(subjects, [], setup=SETUP, may_repair=False, version="1", now=NOW)


def test_what_waits_longest_counts():
    found = page(checked(5), checked(20)).checked
    assert found is not None
    assert found.at == NOW - timedelta(minutes=20)


def test_nothing_is_said_while_one_was_never_checked():
    assert page(checked(5), NEVER).checked is None
    assert page(checked(5), WANTED).checked is None


def test_a_paused_one_that_was_never_checked_keeps_nothing_back():
    found = page(checked(5), PAUSED).checked
    assert found is not None
    assert found.at == NOW - timedelta(minutes=5)


def test_where_azure_is_asked_about_none_nothing_is_said():
    assert page(PAUSED).checked is None
    assert page().checked is None
