"""Readings as people ask for them: numbered, shared, asked once more in part, stopped and commented."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crossconnections import queue
from crossconnections.models import CrossConnection, Peering, Snapshot, TableRead
from crossconnections.services import retention, snapshots, table_reads
from crossconnections.services.engine.claims import ClaimLost, claim
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.activity.models import Entry
from portal.actors import WEB, Actor
from tests.integration.domain.conftest import Swept
from tests.integration.domain.readings import (
    LONG_AGO,
    PRIVATE,
    SOMEBODY,
    asked,
    carried_out,
    circuit,
    first,
    posts,
    states,
    step,
)
from tests.people import given, person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = TableRead.State


@pytest.fixture
def row(azure: SandboxProcess, enlisted: Callable[[str], Any]) -> CrossConnection:
    return circuit(azure, enlisted("test"))


def one_failed(azure: SandboxProcess, row: CrossConnection) -> Snapshot:
    """A reading that has ended, and whose first read failed."""
    azure.fault("operation-failure", code="GatewayTimeout", status=400, path_pattern="arpTables/primary")
    return carried_out(asked(row))


def test_readings_are_numbered_within_their_cross_connection(azure, row, enlisted):
    other = circuit(azure, row.subscription)
    assert [carried_out(asked(row)).number for _ in range(2)] == [1, 2]
    assert asked(other).number == 1


def test_who_presses_while_one_is_open_shares_it(azure: SandboxProcess, row):
    before = azure.requests()[-1]["number"]
    mine, theirs = asked(row), asked(row)
    assert mine == theirs
    carried_out(mine)
    assert len(posts(azure, before)) == 6


def test_a_press_after_it_has_ended_starts_a_new_one(row):
    former = carried_out(asked(row))
    assert asked(row) != former


def test_a_reading_keeps_what_was_configured_when_it_was_asked_for(row):
    snapshot = asked(row)
    Peering.objects.update(primary_prefix="10.9.9.0/30")
    snapshot.refresh_from_db()
    (peering,) = snapshot.configuration["peerings"]
    assert (peering["peering_type"], peering["primary_prefix"]) == (PRIVATE, "172.31.0.0/30")
    assert snapshot.configuration["provider_provisioning_state"] == row.provider_provisioning_state


def test_layer_two_is_asked_for_before_the_session_and_that_before_the_routes(row):
    order = list(asked(row).reads.order_by("pk").values_list("table", "device_path"))
    assert order == [
        (table, path) for table in ("arp", "routes-summary", "routes") for path in ("primary", "secondary")
    ]


def test_it_ends_with_its_last_read_and_not_before(row):
    snapshot = asked(row)
    table_reads.close_if_ended(snapshot.pk)
    snapshot.refresh_from_db()
    assert snapshot.finished_at is None
    assert carried_out(snapshot).finished_at is not None


def test_a_read_that_failed_is_asked_once_more_within_its_reading(azure: SandboxProcess, row):
    snapshot = one_failed(azure, row)
    rest = dict(snapshot.reads.exclude(pk=first(snapshot).pk).values_list("pk", "finished_at"))
    snapshots.request_retry(read=first(snapshot), by=SOMEBODY)
    snapshot.refresh_from_db()
    assert (snapshot.finished_at, first(snapshot).state, first(snapshot).error_code) == (None, State.QUEUED, "")
    assert states(carried_out(snapshot)) == {State.SUCCEEDED}
    assert dict(snapshot.reads.exclude(pk=first(snapshot).pk).values_list("pk", "finished_at")) == rest


def test_a_read_that_succeeded_is_not_asked_once_more(row):
    snapshot = carried_out(asked(row))
    with pytest.raises(snapshots.NotPossible, match="Only a read that failed"):
        snapshots.request_retry(read=first(snapshot), by=SOMEBODY)


def test_a_read_of_an_earlier_reading_is_not_asked_once_more(azure: SandboxProcess, row):
    failed = one_failed(azure, row)
    carried_out(asked(row))
    with pytest.raises(snapshots.NotPossible, match="newer reading"):
        snapshots.request_retry(read=first(failed), by=SOMEBODY)


def test_asking_once_more_twice_is_asking_once(azure: SandboxProcess, row):
    snapshot = one_failed(azure, row)
    read = first(snapshot)
    before = azure.requests()[-1]["number"]
    snapshots.request_retry(read=read, by=SOMEBODY)
    snapshots.request_retry(read=read, by=SOMEBODY)  # by a page that has not heard of it
    carried_out(snapshot)
    assert posts(azure, before) == [f"{PRIVATE}/arpTables/primary"]


def test_what_is_stopped_is_not_looked_at_any_more_and_keeps_what_came(azure: SandboxProcess, row):
    snapshot = asked(row)
    reads = list(snapshot.reads.order_by("pk"))
    while step(reads[0]).state != State.SUCCEEDED:
        pass
    step(reads[1])
    snapshots.stop(snapshot=snapshot, by=SOMEBODY)
    snapshot.refresh_from_db()
    assert snapshot.finished_at is not None
    found = list(snapshot.reads.order_by("pk").values_list("state", flat=True))
    assert found == [State.SUCCEEDED, *[State.CANCELED] * 5]
    before = azure.requests()[-1]["number"]
    assert [step(read).state for read in reads] == found
    assert azure.requests(after=before) == []


def test_a_worker_that_was_at_it_when_it_was_stopped_writes_nothing(row):
    read = first(asked(row))
    held = claim(table_reads.TABLE_READS, read.pk)
    assert held is not None
    snapshots.stop(snapshot=read.snapshot, by=SOMEBODY)
    with pytest.raises(ClaimLost):
        held.move(State.RUNNING)
    read.refresh_from_db()
    assert read.state == State.CANCELED


def test_what_has_ended_is_not_stopped(row):
    with pytest.raises(snapshots.NotPossible, match="It has ended already"):
        snapshots.stop(snapshot=carried_out(asked(row)), by=SOMEBODY)


def test_the_trail_tells_who_asked_retried_stopped_and_commented(azure: SandboxProcess, row):
    snapshot = one_failed(azure, row)
    snapshots.request_retry(read=first(snapshot), by=SOMEBODY)
    snapshots.stop(snapshot=Snapshot.objects.get(), by=SOMEBODY)
    snapshots.note_comment(snapshot=snapshot, comment="The customer rebooted.", by=SOMEBODY)
    deeds = Entry.objects.filter(deed__startswith="tables.").order_by("number")
    assert list(deeds.values_list("deed", flat=True)) == [
        "tables.asked", "tables.asked-again", "tables.stopped", "tables.commented",
    ]  # fmt: skip


def test_a_viewer_may_read_no_tables(row):
    lotte = person()
    given(Role.VIEWER, to=lotte)
    for deed in (
        lambda by: snapshots.request_snapshot(row=row, by=by),
        lambda by: snapshots.stop(snapshot=Snapshot(cross_connection=row), by=by),
        lambda by: snapshots.note_comment(snapshot=Snapshot(cross_connection=row), comment="", by=by),
        lambda by: snapshots.request_retry(read=TableRead(snapshot=Snapshot(cross_connection=row)), by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(Actor(WEB, lotte.name, lotte))


def test_messages_are_sent_for_each_read_that_is_asked_for(row, swept: Swept):
    sent = swept(lambda: asked(row), queue.READ_TABLE)
    assert sent == list(TableRead.objects.order_by("pk").values_list("pk", flat=True))


def test_a_lost_message_is_sent_again_after_a_few_seconds(row, swept: Swept):
    asked(row)
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == []
    TableRead.objects.update(hurried_at=timezone.now() - timedelta(seconds=6))
    assert len(swept(table_reads.hurry_the_due, queue.READ_TABLE)) == 6
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == []


def test_what_comes_due_is_hurried_once(row, swept: Swept):
    read = step(first(asked(row)))
    TableRead.objects.exclude(pk=read.pk).delete()
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == []  # Azure asked for a second
    TableRead.objects.update(due_at=timezone.now() - timedelta(seconds=0.1))
    TableRead.objects.update(hurried_at=timezone.now() - timedelta(seconds=1))
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == [read.pk]
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == []


@pytest.mark.parametrize(("lease", "hurried"), [(timedelta(seconds=30), 0), (timedelta(seconds=-1), 6)])
def test_what_a_worker_holds_is_left_alone_until_its_lease_ends(row, swept: Swept, lease: timedelta, hurried: int):
    asked(row)
    now = timezone.now()
    TableRead.objects.update(state=State.SUBMITTING, claimed_until=now + lease, hurried_at=now - timedelta(seconds=3))
    assert len(swept(table_reads.hurry_the_due, queue.READ_TABLE)) == hurried


def test_nothing_is_hurried_that_has_ended_or_belongs_to_another_cloud(row, swept: Swept, settings):
    carried_out(asked(row))
    asked(row)
    TableRead.objects.update(hurried_at=LONG_AGO, due_at=LONG_AGO)
    settings.PORTAL_CLOUD = "AzureCloud"
    assert swept(table_reads.hurry_the_due, queue.READ_TABLE) == []
    settings.PORTAL_CLOUD = "Sandbox"
    assert len(swept(table_reads.hurry_the_due, queue.READ_TABLE)) == 6


def test_readings_are_forgotten_after_the_retention_with_all_their_rows(row):
    carried_out(asked(row))
    open_one = asked(row)
    Snapshot.objects.update(asked_at=LONG_AGO)
    retention.forget_the_old()
    assert list(Snapshot.objects.all()) == [open_one]
    assert TableRead.objects.count() == 6
