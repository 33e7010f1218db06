"""The proof of what a change did: the tables before it, and the tables after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections import queue
from crossconnections.models import Change, CrossConnection, Snapshot
from crossconnections.services.changes import carrying_out, proofs
from tests.integration.domain import readings
from tests.integration.domain.changing import asked_for, carried_out, step
from tests.integration.domain.readings import circuit
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    return circuit(azure, enlisted("test"))


def proven(change: Change) -> Change:
    proofs.prove(change_id=change.pk)
    change.refresh_from_db()
    return change


def test_where_it_is_wished_for_the_change_waits_for_the_tables_before_it(row):
    change = asked_for(row, wants_proof=True)
    assert change.snapshot_before == Snapshot.objects.get()
    assert step(change).state == State.QUEUED
    readings.carried_out(Snapshot.objects.get())
    assert carried_out(change).state == State.SUCCEEDED


def test_the_tables_after_it_are_read_once_by_the_name_of_who_asked(row):
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    change = proven(proven(carried_out(change)))
    assert Snapshot.objects.count() == 2
    assert change.snapshot_after == Snapshot.objects.get(number=2)
    assert change.snapshot_after.asked_by == change.asked_by


def test_a_reading_that_began_before_its_end_is_none_of_after(row):
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    change = carried_out(change)
    open_one = readings.asked(row)
    assert proven(change).snapshot_after is None
    readings.carried_out(open_one)
    assert proven(change).snapshot_after == Snapshot.objects.get(number=3)


def test_without_the_wish_nothing_is_read(row):
    assert proven(carried_out(asked_for(row))).snapshot_after is None
    assert not Snapshot.objects.exists()


def test_what_failed_has_nothing_to_prove(azure: SandboxProcess, row):
    azure.fault("status", status=400, code="LocationRequired", method="PUT")
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    assert proven(carried_out(change)).snapshot_after is None


def test_where_no_peering_is_left_there_is_none(row):
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    change = carried_out(change)
    row.peerings.all().delete()
    assert not proven(change).wants_proof


def test_whoever_lost_the_role_reads_nothing(row):
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    change = carried_out(change)
    assert change.asked_by
    change.asked_by.app_roles = ["Portal.Viewer"]
    change.asked_by.save()
    assert proven(change).snapshot_after is None


def test_the_sweep_finds_what_a_lost_message_left(row, swept):
    change = asked_for(row, wants_proof=True)
    readings.carried_out(Snapshot.objects.get())
    carried_out(change)
    assert swept(proofs.sweep, queue.PROVE_CHANGE) == [change.pk]
    proven(change)
    assert swept(proofs.sweep, queue.PROVE_CHANGE) == []


def test_the_next_hurry_finds_a_change_whose_message_was_lost(row, swept):
    change = asked_for(row)
    Change.objects.update(hurried_at=timezone.now() - timedelta(minutes=1))
    assert swept(carrying_out.hurry_the_due, queue.CARRY_OUT_CHANGE) == [change.pk]
