"""A backup that was put back: whatever its age, what it holds as not sent is asked about and never sent by itself."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from crossconnections.change_filters import WAITS_FOR_SOMEBODY
from crossconnections.models import Change, CrossConnection, Readiness
from crossconnections.services.changes import asking
from portal.activity.models import Entry, Head
from portal.actors import COMMAND
from tests.integration.domain.changing import (
    asked_for,
    carried_out,
    in_azure,
    last_number,
    operator,
    step,
    writes,
)
from tests.integration.domain.readings import LONG_AGO, circuit
from tests.people import person, signed_in_as
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    return circuit(azure, enlisted("test"))


def restored() -> str:
    said = StringIO()
    call_command("restored", stdout=said)
    return said.getvalue()


def as_in_the_backup(change: Change, **columns: object) -> Change:
    """The row as it was when the backup was taken, while Azure went on."""
    Change.objects.filter(pk=change.pk).update(**columns)
    return Change.objects.get(pk=change.pk)


def test_what_was_queued_a_moment_ago_waits_for_a_person(azure: SandboxProcess, row):
    change, asked_at = asked_for(row), last_number(azure)
    said = restored()
    change.refresh_from_db()
    assert (change.state, bool(change.held_at)) == (State.QUEUED, True)
    assert Change.objects.filter(WAITS_FOR_SOMEBODY).get() == change
    assert "Changes that wait for a person's word: 1." in said
    assert step(change).held_at
    assert writes(azure, asked_at) == []


def test_once_somebody_gives_the_word_it_is_sent(azure: SandboxProcess, row):
    change, asked_at = asked_for(row), last_number(azure)
    restored()
    change.refresh_from_db()
    asking.go_ahead(change=change, by=operator())
    assert carried_out(change).state == State.SUCCEEDED
    assert [one["method"] for one in writes(azure, asked_at)] == ["PUT"]


def test_what_had_ended_since_the_backup_is_found_done_and_not_sent_again(azure: SandboxProcess, row):
    change = step(asked_for(row))
    then = {name: getattr(change, name) for name in ("state", "poll_url", "azure_status", "due_at", "finished_at")}
    carried_out(change)
    asked_at = last_number(azure)
    change = as_in_the_backup(change, **then, known_by="")
    said = restored()
    assert "Changes that are looked up in Azure first: 1." in said
    change = carried_out(change)
    assert (change.state, change.differences) == (State.SUCCEEDED, [])
    assert writes(azure, asked_at) == []


def test_what_had_been_about_to_leave_and_never_did_waits_as_well(azure: SandboxProcess, row):
    """In the original it was called off after the backup: by the look alone it would be sent again."""
    asked_at = last_number(azure)
    change = as_in_the_backup(
        asked_for(row),
        state=State.SUBMITTING,
        claimed_until=LONG_AGO,
        written_at=timezone.now() - timedelta(minutes=2),
        written_etag=in_azure(azure, row)["etag"],
        before={},
    )
    restored()
    for _ in range(3):
        change = step(change)
    assert (change.state, bool(change.held_at)) == (State.QUEUED, True)
    assert writes(azure, asked_at) == []


def test_nobody_is_signed_in_any_more(row):
    browser = signed_in_as(person("Vera Viewer", "Portal.Viewer"))
    assert Session.objects.exists()
    assert "Sessions ended: 1." in restored()
    assert browser.get("/changes/").status_code == 302


def test_it_is_on_record_who_put_it_back(row):
    asked_for(row)
    restored()
    entry = Entry.objects.get(deed="portal.restored")
    assert (entry.via, json.loads(entry.details)["held"]) == (COMMAND, 1)


def test_where_the_trail_is_broken_nothing_is_done(row):
    change = asked_for(row)
    Head.objects.update(mac="0" * 64)
    with pytest.raises(CommandError, match="Nothing was done"):
        restored()
    change.refresh_from_db()
    assert change.held_at is None


def test_a_registration_that_was_pressed_before_is_forgotten(row: CrossConnection):
    """Azure would be asked to register Microsoft.Network once more, and maybe somebody has ended that since."""
    Readiness.objects.create(
        cloud="Sandbox", subscription_id=row.subscription.subscription_id, registration_wanted_at=timezone.now()
    )
    assert "to press again: 1." in restored()
    assert Readiness.objects.get().registration_wanted_at is None
