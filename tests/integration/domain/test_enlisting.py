"""Enlisting subscriptions, and the command that syncs them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from crossconnections.models import Subscription, SyncRun
from crossconnections.services import syncs
from crossconnections.services.subscriptions.enlisting import NotEnlisted, enlist
from portal.actors import Actor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
BY = Actor("command", "root", address="noc-1")


def test_enlisting_asks_for_the_first_sync_and_twice_is_fine(azure: SandboxProcess):
    found = azure.subscription("test")
    enlist(subscription_id=found["id"], label="one name", kind="test", by=BY)
    enlist(subscription_id=found["id"].upper(), label="another name", kind="test", by=BY)
    assert [row.label for row in Subscription.objects.all()] == ["another name"]
    assert SyncRun.objects.get().state == "queued"


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_a_label_has_a_length(azure: SandboxProcess, label: str):
    with pytest.raises(NotEnlisted, match="1 to 80"):
        enlist(subscription_id=azure.subscription("test")["id"], label=label, kind="test", by=BY)


def test_enlisting_says_what_is_wrong(enlisted):
    taken = enlisted("test").label
    with pytest.raises(NotEnlisted, match="GUID"):
        enlist(subscription_id="production", label="x", kind="production", by=BY)
    with pytest.raises(NotEnlisted, match="already called"):
        enlist(subscription_id="44444444-4444-4444-8444-444444444444", label=taken.upper(), kind="production", by=BY)


def test_the_sync_command_tells_what_it_did(enlisted, capsys):
    subscription = enlisted("test")
    call_command("sync", subscription=subscription.label)
    assert f"{subscription.label}: 2 listed on 1 pages, 2 new" in capsys.readouterr().out


def test_the_sync_command_fails_when_a_sync_fails(enlisted, capsys):
    enlisted("customer")
    with pytest.raises(CommandError, match="1 failed"):
        call_command("sync")
    told = capsys.readouterr().out
    assert "InvalidResourceType" in told
    assert "Microsoft enrolled for ExpressRoute partners" in told
    assert "Correlation id" in told


def test_the_sync_command_takes_a_run_over_from_a_worker_that_dies_meanwhile(enlisted, capsys):
    subscription = enlisted("test")
    run = syncs.active_sync(subscription=subscription)
    SyncRun.objects.update(state="running", claimed_until=timezone.now() + timedelta(seconds=1), attempts=1)
    call_command("sync")
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("succeeded", 2)


def test_the_sync_command_names_the_labels_it_knows(enlisted):
    label = enlisted("test").label
    with pytest.raises(CommandError, match=label):
        call_command("sync", subscription="no such label")
