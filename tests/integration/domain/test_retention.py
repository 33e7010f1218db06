"""What is kept, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.models import ArmCall, Attention, Change, ChangeSet, CrossConnection, Observation, SyncRun
from crossconnections.services import retention
from tests.integration.pages.rows import KEY, cross_connection, enlisted

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OLD, RECENT = NOW - timedelta(days=401), NOW - timedelta(days=399)


@pytest.fixture
def row() -> CrossConnection:
    return cross_connection(enlisted(), KEY, first_seen_at=OLD, gone_at=OLD)


def test_the_ledger_forgets_after_the_retention(row: CrossConnection):
    for started in (OLD, RECENT):
        ArmCall.objects.create(started_at=started, purpose="refresh", operation="x", method="GET", duration_ms=1)
    retention.forget_the_old()
    assert [call.started_at for call in ArmCall.objects.all()] == [RECENT]


def test_ended_syncs_go_and_one_that_still_waits_stays(row: CrossConnection):
    for state, asked in (("succeeded", OLD), ("failed", RECENT), ("queued", OLD)):
        SyncRun.objects.create(subscription=row.subscription, state=state, asked_at=asked)
    retention.forget_the_old()
    assert {run.state for run in SyncRun.objects.all()} == {"failed", "queued"}


def test_history_goes_and_the_cross_connection_stays(row: CrossConnection):
    for seen in (OLD, RECENT):
        Observation.objects.create(cross_connection=row, seen_at=seen, field="s_tag", before=1, after=2)
    retention.forget_the_old()
    assert row.observations.count() == 1
    assert CrossConnection.objects.get() == row


def test_what_waits_for_somebody_waits_however_old_it_is(row: CrossConnection):
    for kind, settled in (("deleted", None), ("raised", OLD), ("edited", RECENT)):
        Attention.objects.create(cross_connection=row, kind=kind, seen_at=OLD, settled_at=settled)
    retention.forget_the_old()
    assert {one.kind for one in Attention.objects.all()} == {"deleted", "edited"}


def test_ended_changes_go_with_their_sets_and_one_that_waits_stays(row: CrossConnection):
    times = {"due_at": OLD, "hurried_at": OLD, "give_up_at": OLD, "not_after": OLD}
    for state, asked, of in (("succeeded", OLD, "old"), ("failed", RECENT, "recent"), ("queued", OLD, "waiting")):
        together = ChangeSet.objects.create(asked_at=asked, asked={"set": of})
        Change.objects.create(cross_connection=row, state=state, asked_at=asked, change_set=together, **times)
    retention.forget_the_old()
    assert {change.state for change in Change.objects.all()} == {"failed", "queued"}
    assert {one.asked["set"] for one in ChangeSet.objects.all()} == {"recent", "waiting"}


def test_more_than_fits_into_one_piece_is_forgotten_as_well(row: CrossConnection, monkeypatch):
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    Observation.objects.bulk_create(
        Observation(cross_connection=row, seen_at=OLD, field="s_tag", before=n, after=n + 1) for n in range(5)
    )
    retention.forget_the_old()
    assert not Observation.objects.exists()


def test_a_shorter_retention_forgets_more(row: CrossConnection, settings):
    Observation.objects.create(cross_connection=row, seen_at=RECENT, field="s_tag", before=1, after=2)
    settings.PORTAL_RETENTION_DAYS = 30
    retention.forget_the_old()
    assert not Observation.objects.exists()
