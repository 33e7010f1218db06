"""What the domain tells whoever watches over it, from the rows that are there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.models import ArmCall, Change, CrossConnection, Subscription, SyncRun
from crossconnections.queries.figures import figures
from crossconnections.services.syncs import request_sync
from tests.integration.domain.changing import asked_for, carried_out
from tests.integration.domain.readings import circuit
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    return circuit(azure, enlisted("test"))


def told() -> dict[tuple[str, ...], float]:
    return {(figure.name, *values): number for figure in figures() for values, number in figure.samples}


def call(subscription: Subscription, **values: object) -> ArmCall:
    common = {"started_at": timezone.now(), "duration_ms": 5, "method": "GET", "path": "/", "operation": "get"}
    return ArmCall.objects.create(subscription=subscription, **common | values)


def test_a_change_that_waits_for_a_worker_is_due_and_grows_old(row):
    change = asked_for(row)
    Change.objects.filter(pk=change.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    found = told()
    assert found["operations", "change", "queued"] == 1
    assert found["queue_length", "change"] == 1
    assert found["queue_oldest_seconds", "change"] == pytest.approx(300, abs=10)
    assert found["queue_oldest_seconds", "table-read"] == 0


def test_what_a_worker_has_taken_is_in_no_queue(row):
    change = asked_for(row)
    long_ago, soon = timezone.now() - timedelta(minutes=5), timezone.now() + timedelta(minutes=1)
    Change.objects.filter(pk=change.pk).update(due_at=long_ago, claimed_until=soon)
    assert told()["queue_length", "change"] == 0
    Change.objects.filter(pk=change.pk).update(claimed_until=long_ago)
    assert told()["queue_length", "change"] == 1


def test_a_change_that_waits_for_a_person_is_in_no_queue(row):
    change = asked_for(row)
    Change.objects.filter(pk=change.pk).update(held_at=timezone.now(), due_at=timezone.now() + timedelta(days=36_500))
    found = told()
    assert (found["changes_waiting_for_a_person",], found["queue_length", "change"]) == (1, 0)


def test_changes_are_told_by_how_they_ended_for_an_hour(row):
    change = carried_out(asked_for(row))
    assert told()["changes_ended_last_hour", "succeeded", ""] == 1
    Change.objects.filter(pk=change.pk).update(finished_at=timezone.now() - timedelta(hours=2))
    assert ("changes_ended_last_hour", "succeeded", "") not in told()


def test_a_failed_change_is_told_by_its_code(row):
    now = timezone.now()
    Change.objects.filter(pk=asked_for(row).pk).update(
        state="failed", error_code="AuthorizationFailed", finished_at=now
    )
    assert told()["changes_ended_last_hour", "failed", "AuthorizationFailed"] == 1


def test_a_subscription_is_as_old_as_its_last_good_sync(row):
    label = row.subscription.label
    Subscription.objects.update(last_synced_at=None)
    assert told()["sync_age_seconds", label] == float("inf")
    Subscription.objects.update(last_synced_at=timezone.now() - timedelta(minutes=3))
    assert told()["sync_age_seconds", label] == pytest.approx(180, abs=10)
    assert told()["cross_connections", label] == CrossConnection.objects.count()


def test_a_sync_that_nobody_takes_is_due_and_one_that_failed_has_a_code(row):
    run = request_sync(subscription=row.subscription)
    assert told()["queue_length", "sync"] == 1
    SyncRun.objects.filter(pk=run.pk).update(state="failed", error_code="NotConnected")
    found = told()
    assert found["queue_length", "sync"] == 0
    assert found["syncs_failed_last_hour", row.subscription.label, "NotConnected"] == 1


def test_calls_are_told_by_purpose_and_status_and_a_syncs_by_their_number(row):
    ArmCall.objects.all().delete()
    call(row.subscription, purpose="change", status=200)
    call(row.subscription, purpose="change", status=429, failed_calls=1)
    call(row.subscription, purpose="tables", status=None, failed_calls=1)
    for failed in (0, 0, 1):
        call(row.subscription, purpose="watch", status=202, failed_calls=failed)
    call(row.subscription, purpose="sync", status=403, calls=12, failed_calls=2)
    call(row.subscription, purpose="sync", status=200, started_at=timezone.now() - timedelta(hours=2))
    calls = {key[1:]: number for key, number in told().items() if key[0] == "azure_calls_last_hour"}
    assert calls == {
        ("change", "200"): 1,
        ("change", "429"): 1,
        ("tables", "none"): 1,
        ("watch", "202"): 3,
        ("sync", "403"): 2,
        ("sync", "200"): 10,
    }


def test_the_quota_is_what_azure_told_last(row):
    ArmCall.objects.all().delete()
    for minutes, left in ((20, 100), (5, 7), (10, 50)):
        started_at = timezone.now() - timedelta(minutes=minutes)
        call(row.subscription, purpose="sync", status=200, remaining_reads=left, started_at=started_at)
    call(row.subscription, purpose="sync", status=200)
    assert told()["azure_quota_remaining_reads", row.subscription.label] == 7


def test_another_cloud_is_not_told_of(row, settings):
    """What was asked there no worker takes up: it must raise no alarm."""
    change = asked_for(row)
    Change.objects.filter(pk=change.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    ArmCall.objects.all().delete()
    settings.PORTAL_CLOUD = "AzureCloud"
    assert {key: number for key, number in told().items() if number} == {}
    Change.objects.filter(pk=change.pk).update(held_at=timezone.now())
    assert {key: number for key, number in told().items() if number} == {}


def test_a_scrape_takes_fifteen_queries(row, django_assert_max_num_queries):
    carried_out(asked_for(row))
    with django_assert_max_num_queries(15):
        assert told()
