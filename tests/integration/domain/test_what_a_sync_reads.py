"""Which rows a sync reads, what it leaves for the next one, and when that comes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.arm import NoAnswer, Throttled
from crossconnections.models import CrossConnection, Subscription, SyncRun
from crossconnections.services import syncs
from crossconnections.services.leases import clock
from crossconnections.services.throttling import note_throttled
from tests.integration.domain.runs import PROVISIONED, synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


def unreadable(azure: SandboxProcess, keys: list[str]) -> None:
    """Azure lists these and says that each is not there."""
    pattern = f"/expressRouteCrossConnections/({'|'.join(keys)})$"
    azure.fault("status", status=404, code="ResourceNotFound", path_pattern=pattern, times=1000)


def test_rows_that_cannot_be_read_keep_no_others_waiting(enlisted, azure: SandboxProcess):
    subscription = enlisted("production")
    keys = sorted(entry["name"] for entry in listed_by(azure, subscription))[:6]
    unreadable(azure, keys)
    runs = [synced(subscription) for _ in range(4)]
    assert [run.state for run in runs][-1] == "succeeded"
    left = CrossConnection.objects.filter(read_at=None)
    assert sorted(left.values_list("service_key", flat=True)) == keys
    assert set(left.values_list("read_error_code", flat=True)) == {"ResourceNotFound"}
    CrossConnection.objects.update(mirrored_etag="an older one")
    assert synced(subscription).unread == 6
    assert set(CrossConnection.objects.filter(mirrored_etag="an older one")) == set(left)


def listed_by(azure: SandboxProcess, subscription: Subscription) -> list[dict[str, str]]:
    path = f"/subscriptions/{subscription.subscription_id}/providers/Microsoft.Network/expressRouteCrossConnections"
    found: list[dict[str, str]] = azure.get(path).json()["value"]
    return found


@pytest.mark.parametrize("code", ["AuthorizationFailed", "SomethingUnheardOf"])
def test_one_row_that_azure_refuses_keeps_no_others_waiting(enlisted, azure: SandboxProcess, code: str):
    subscription = enlisted("production")
    key = listed_by(azure, subscription)[0]["name"]
    azure.fault("status", status=403, code=code, path_pattern=f"/expressRouteCrossConnections/{key}$", times=100)
    run = synced(subscription)
    assert (run.state, run.unread, run.read) == ("succeeded", 1, run.to_read - 1)
    assert CrossConnection.objects.get(read_at=None).read_error_code == code


def test_a_row_that_azure_throttles_ends_the_reading_and_keeps_how_long_to_wait(enlisted, azure: SandboxProcess):
    subscription = enlisted("production")
    azure.fault(
        "status", status=429, code="TooManyRequests", retry_after=300, path_pattern="Connections/[^/]+$", times=1
    )
    run = synced(subscription)
    assert (run.state, run.unread, run.read) == ("succeeded", 1, 0)
    soon, until = timezone.now(), Subscription.objects.get().throttled_until
    assert until is not None
    assert timedelta(seconds=290) < until - soon <= timedelta(seconds=300)


def test_a_sync_that_cannot_read_what_somebody_waits_for_says_so_on_its_row(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    synced(subscription)
    CrossConnection.objects.filter(service_key=PROVISIONED).update(wanted_at=timezone.now())
    unreadable(azure, [PROVISIONED])
    synced(subscription)
    row = CrossConnection.objects.get(service_key=PROVISIONED)
    assert (row.wanted_at, row.read_error_code) == (None, "ResourceNotFound")
    assert row.read_correlation_id


def test_a_list_that_lacks_more_than_half_has_to_say_so_twice(enlisted, azure: SandboxProcess):
    subscription = enlisted("production")
    synced(subscription)
    everything = CrossConnection.objects.count()
    for key in CrossConnection.objects.values_list("service_key", flat=True)[: everything // 2 + 1]:
        azure.delete(key)
    doubtful = synced(subscription)
    assert (doubtful.state, doubtful.error_code, doubtful.gone) == ("failed", "ListTooShort", 0)
    assert f"of {everything} cross connections" in doubtful.error_message
    assert not CrossConnection.objects.exclude(gone_at=None).exists()
    assert synced(subscription).gone == everything // 2 + 1


def test_the_clock_waits_as_long_as_azure_asked_to_and_a_person_need_not(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    throttled = {"status": 429, "code": "SubscriptionRequestsThrottled", "retry_after": 600}
    azure.fault("status", **throttled, path_pattern="CrossConnections$", times=1)
    assert synced(subscription).error_code == "SubscriptionRequestsThrottled"
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    syncs.sweep()
    assert SyncRun.objects.count() == 1
    assert synced(subscription).state == "succeeded"
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    Subscription.objects.update(throttled_until=timezone.now() - timedelta(seconds=1))
    syncs.sweep()
    assert SyncRun.objects.filter(state="queued").count() == 1


@pytest.mark.parametrize(("told", "waits"), [(7.0, 7), (None, 60), (1e9, 3600)])
def test_the_clock_waits_a_minute_where_azure_names_no_time_and_an_hour_at_most(
    enlisted, told: float | None, waits: int
):
    subscription = enlisted("test")
    note_throttled(subscription, NoAnswer("not throttled"))
    assert Subscription.objects.get().throttled_until is None
    note_throttled(subscription, Throttled("slower", retry_after=told))
    soon, until = clock(), Subscription.objects.get().throttled_until
    assert until is not None
    assert timedelta(seconds=waits - 5) < until - soon <= timedelta(seconds=waits)


def test_a_list_of_many_pages_is_asked_for_more_seldom(enlisted):
    synced(enlisted("test"))
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(minutes=4), pages=500)
    syncs.sweep()
    assert not SyncRun.objects.filter(state="queued").exists()
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(minutes=6))
    syncs.sweep()
    assert SyncRun.objects.filter(state="queued").exists()


def test_half_of_the_quota_is_half_of_what_an_earlier_sync_saw_of_it(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    synced(subscription)
    subscription.refresh_from_db()
    assert subscription.most_reads_left > 3000
    Subscription.objects.update(most_reads_left=12_000)
    CrossConnection.objects.update(read_at=None)
    assert synced(Subscription.objects.get()).read == 0
    Subscription.objects.update(most_reads_seen_at=timezone.now() - timedelta(hours=2))
    assert synced(Subscription.objects.get()).read == 2
