from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections import queue
from crossconnections.models import CrossConnection, Subscription
from crossconnections.services import refreshes, syncs, wishes

pytestmark = pytest.mark.django_db

KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


@pytest.fixture
def row(enlisted) -> CrossConnection:
    syncs.run_sync(run_id=syncs.active_sync(subscription=enlisted("test")).pk)
    CrossConnection.objects.filter(service_key=KEY).update(read_at=timezone.now() - timedelta(minutes=5), s_tag=999)
    return CrossConnection.objects.get(service_key=KEY)


def test_what_is_wanted_is_read_and_no_longer_wanted(row):
    assert refreshes.request_refresh(row) is None
    refreshes.refresh(row_id=row.pk)
    row.refresh_from_db()
    assert (row.s_tag, row.wanted_at, row.claimed_until) == (3, None, None)


def test_wanting_it_twice_asks_azure_once(row, azure):
    before = azure.requests()[-1]["number"]
    refreshes.request_refresh(row)
    refreshes.request_refresh(row)
    refreshes.refresh(row_id=row.pk)
    refreshes.refresh(row_id=row.pk)
    assert [request["method"] for request in azure.requests(after=before)] == ["GET"]


def test_what_was_read_a_moment_ago_is_not_asked_for_again(row):
    CrossConnection.objects.update(read_at=timezone.now())
    row.refresh_from_db()
    assert refreshes.request_refresh(row) == "It was read within the last ten seconds."


def test_a_wish_whose_worker_died_is_fulfilled_by_the_next_sync(row):
    refreshes.request_refresh(row)
    CrossConnection.objects.filter(pk=row.pk).update(claimed_until=timezone.now() + timedelta(minutes=1))
    refreshes.refresh(row_id=row.pk)
    row.refresh_from_db()
    assert row.wanted_at is not None
    syncs.run_sync(run_id=syncs.active_sync(subscription=row.subscription).pk)
    row.refresh_from_db()
    assert (row.s_tag, row.wanted_at) == (3, None)


def test_a_failure_is_kept_with_azures_code_and_correlation_id_until_a_reading_succeeds(row, azure):
    refreshes.request_refresh(row)
    azure.delete(KEY)
    refreshes.refresh(row_id=row.pk)
    row.refresh_from_db()
    assert (row.read_error_code, row.wanted_at, row.s_tag) == ("ResourceNotFound", None, 999)
    assert row.read_correlation_id
    azure.reset()
    refreshes.request_refresh(row)
    refreshes.refresh(row_id=row.pk)
    row.refresh_from_db()
    assert (row.read_error_code, row.s_tag) == ("", 3)


def test_a_wish_whose_message_or_worker_was_lost_is_sent_again(row, swept):
    refreshes.request_refresh(row)
    assert swept(refreshes.sweep, queue.REFRESH) == []
    now = timezone.now()
    CrossConnection.objects.filter(pk=row.pk).update(wanted_at=now - timedelta(minutes=5))
    assert swept(refreshes.sweep, queue.REFRESH) == [row.pk]
    CrossConnection.objects.filter(pk=row.pk).update(claimed_until=now + timedelta(minutes=1))
    assert swept(refreshes.sweep, queue.REFRESH) == []


def test_a_claim_lasts_for_the_lease_and_ends_with_the_reading(row, settings):
    refreshes.request_refresh(row)
    assert wishes.claim(CrossConnection.objects.filter(pk=row.pk))
    row.refresh_from_db()
    left = row.claimed_until - timezone.now()
    assert timedelta(0) < left <= timedelta(seconds=settings.PORTAL_LEASE_SECONDS)
    assert not wishes.claim(CrossConnection.objects.filter(pk=row.pk))
    CrossConnection.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    wishes.renew(CrossConnection.objects.filter(pk=row.pk))
    row.refresh_from_db()
    assert row.claimed_until > timezone.now()


def test_a_page_that_azure_throttled_keeps_the_clock_from_asking(row, azure):
    azure.fault("status", status=429, code="SubscriptionRequestsThrottled", retry_after=600, path_pattern=KEY, times=1)
    refreshes.request_refresh(row)
    refreshes.refresh(row_id=row.pk)
    soon, until = timezone.now(), Subscription.objects.get().throttled_until
    assert until is not None
    assert timedelta(seconds=590) < until - soon <= timedelta(seconds=600)


def test_a_passing_failure_of_a_page_is_over_with_the_next_sync(row, azure):
    azure.fault("status", status=500, path_pattern=KEY, times=3)
    refreshes.request_refresh(row)
    refreshes.refresh(row_id=row.pk)
    row.refresh_from_db()
    assert row.read_error_code == "InternalServerError"
    syncs.run_sync(run_id=syncs.active_sync(subscription=row.subscription).pk)
    row.refresh_from_db()
    assert (row.read_error_code, row.read_failed_at) == ("", None)


def test_a_wish_ends_with_the_cross_connection(row, azure):
    refreshes.request_refresh(row)
    azure.delete(KEY)
    syncs.run_sync(run_id=syncs.active_sync(subscription=row.subscription).pk)
    row.refresh_from_db()
    assert (row.wanted_at, row.gone_at is None) == (None, False)
    refreshes.refresh(row_id=row.pk)
