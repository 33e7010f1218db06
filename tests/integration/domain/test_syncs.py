from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from crossconnections.models import Attention, CrossConnection, Subscription, SyncRun
from crossconnections.services import syncs
from crossconnections.services.subscriptions import NotEnlisted, enlist
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

PROVISIONED = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
NOT_PROVISIONED = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


def synced(subscription: Subscription) -> SyncRun:
    run = syncs.run_sync(run_id=syncs.active_sync(subscription=subscription).pk)
    assert run is not None
    return run


def test_a_first_sync_mirrors_the_published_trace(enlisted):
    run = synced(enlisted("test"))
    assert (run.state, run.listed, run.created, run.read, run.changed, run.gone) == ("succeeded", 2, 2, 2, 0, 0)
    row = CrossConnection.objects.get(service_key=NOT_PROVISIONED)
    assert (row.provider_provisioning_state, row.bandwidth_mbps, row.s_tag) == ("NotProvisioned", 200, 3)
    assert (row.primary_azure_port, row.secondary_azure_port) == (
        "EUAP-ARMTEST-06GMR-CIS-1-PRI-A",
        "EUAP-ARMTEST-06GMR-CIS-2-SEC-A",
    )
    assert (row.peering_location, row.azure_region, row.circuit_name) == ("EUAP Test", "eastus2euap", "TestCircuitXYZ")


def test_an_unchanged_sync_lists_and_reads_nothing(enlisted, azure: SandboxProcess):
    subscription = enlisted("production")
    synced(subscription)
    before = azure.requests()[-1]["number"]
    run = synced(subscription)
    assert (run.created, run.changed, run.gone, run.to_read, run.read) == (0, 0, 0, 0, 0)
    asked = [
        request["path"].rsplit("/", 1)[-1] for request in azure.requests(after=before) if request["method"] == "GET"
    ]
    assert asked == ["expressRouteCrossConnections"]


def test_an_order_of_a_customer_appears_at_the_next_sync_and_only_it_is_read(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    synced(subscription)
    service_key = azure.order(
        peering_location="EUAP Test", bandwidth_mbps=500, subscription=str(subscription.subscription_id)
    )
    run = synced(subscription)
    assert (run.listed, run.created, run.read) == (3, 1, 1)
    assert CrossConnection.objects.get(service_key=service_key).provider_provisioning_state == "NotProvisioned"


def test_what_the_customer_deletes_is_marked_gone_and_kept(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    synced(subscription)
    azure.delete(PROVISIONED)
    assert synced(subscription).gone == 1
    assert CrossConnection.objects.get(service_key=PROVISIONED).gone_at is not None
    assert CrossConnection.objects.get(service_key=NOT_PROVISIONED).gone_at is None


def test_a_subscription_that_is_not_enrolled_fails_with_azures_code_and_correlation_id(enlisted):
    run = synced(enlisted("customer"))
    assert (run.state, run.error_code) == ("failed", "InvalidResourceType")
    assert run.correlation_id


def test_a_failed_list_never_empties_the_mirror(enlisted, settings):
    subscription = enlisted("test")
    synced(subscription)
    settings.PORTAL_ARM_API_VERSION = "1999-01-01"
    run = synced(subscription)
    assert run.state == "failed"
    assert CrossConnection.objects.filter(gone_at=None).count() == 2


def test_an_azure_that_cannot_be_reached_fails_the_sync_with_a_sentence(enlisted, settings):
    subscription = enlisted("test")
    settings.PORTAL_ARM_ENDPOINT = "https://localhost:1"
    run = synced(subscription)
    assert (run.state, run.error_code) == ("failed", "NotConnected")
    assert run.error_message.startswith("No connection to Azure Resource Manager")


def test_a_wrong_secret_fails_the_sync_and_is_not_in_the_sentence(enlisted, settings):
    subscription = enlisted("test")
    settings.AZURE_CLIENT_SECRET = "not-the-secret-at-all"
    run = synced(subscription)
    assert run.state == "failed"
    assert run.error_code.startswith(("AADSTS", "TokenNotObtained"))
    assert "not-the-secret-at-all" not in run.error_message


def test_a_second_sync_of_a_subscription_is_the_first_one(enlisted):
    subscription = enlisted("test")
    assert syncs.active_sync(subscription=subscription) == syncs.active_sync(subscription=subscription)
    assert SyncRun.objects.count() == 1


def test_a_run_that_another_worker_has_is_left_alone(enlisted):
    run = syncs.active_sync(subscription=enlisted("test"))
    SyncRun.objects.update(state="running", claimed_until=timezone.now() + timedelta(minutes=1), attempts=1)
    assert syncs.run_sync(run_id=run.pk) is None


def test_a_run_whose_worker_died_is_taken_over(enlisted):
    run = syncs.active_sync(subscription=enlisted("test"))
    SyncRun.objects.update(state="running", claimed_until=timezone.now() - timedelta(seconds=1), attempts=1, listed=7)
    taken = syncs.run_sync(run_id=run.pk)
    assert taken is not None
    assert (taken.state, taken.attempts, taken.listed) == ("succeeded", 2, 2)


def test_a_worker_that_lost_its_lease_writes_no_more(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    synced(subscription)
    azure.order(peering_location="EUAP Test", subscription=str(subscription.subscription_id))
    azure.edit(PROVISIONED, bandwidth_mbps=1000)
    azure.delete(NOT_PROVISIONED)
    before = list(CrossConnection.objects.order_by("pk").values())
    run = syncs.active_sync(subscription=subscription)

    def somebody_else_takes_over(_: SyncRun) -> None:
        SyncRun.objects.filter(pk=run.pk).update(attempts=9)

    syncs.run_sync(run_id=run.pk, progress=somebody_else_takes_over)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.finished_at) == ("running", 9, None)
    assert list(CrossConnection.objects.order_by("pk").values()) == before


def test_a_fault_of_our_own_ends_the_run_and_is_not_hidden(enlisted):
    run = syncs.active_sync(subscription=enlisted("test"))
    seen = []

    def break_down_once(run: SyncRun) -> None:
        seen.append(run)
        if len(seen) == 1:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        syncs.run_sync(run_id=run.pk, progress=break_down_once)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "PortalFault")


def test_the_clock_asks_for_syncs_that_are_due_and_only_for_those(enlisted, settings):
    subscription = enlisted("test")
    syncs.sweep()
    assert SyncRun.objects.count() == 1
    synced(subscription)
    syncs.sweep()
    assert SyncRun.objects.count() == 1
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(seconds=settings.PORTAL_SYNC_SECONDS + 1))
    syncs.sweep()
    assert SyncRun.objects.filter(state="queued").count() == 1


def test_enlisting_asks_for_the_first_sync_and_twice_is_fine(azure: SandboxProcess):
    found = azure.subscription("test")
    enlist(subscription_id=found["id"], label="one name", kind="test")
    enlist(subscription_id=found["id"].upper(), label="another name", kind="test")
    assert [row.label for row in Subscription.objects.all()] == ["another name"]
    assert SyncRun.objects.get().state == "queued"


def test_what_was_asked_of_another_cloud_is_not_carried_out_in_this_one(enlisted):
    subscription = enlisted("test")
    run = syncs.active_sync(subscription=subscription)
    Subscription.objects.update(cloud="AzureCloud")
    assert syncs.run_sync(run_id=run.pk) is None
    syncs.sweep()
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("queued", 0)


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_a_label_has_a_length(azure: SandboxProcess, label: str):
    with pytest.raises(NotEnlisted, match="1 to 80"):
        enlist(subscription_id=azure.subscription("test")["id"], label=label, kind="test")


def test_enlisting_says_what_is_wrong(enlisted):
    taken = enlisted("test").label
    with pytest.raises(NotEnlisted, match="GUID"):
        enlist(subscription_id="production", label="x", kind="production")
    with pytest.raises(NotEnlisted, match="already called"):
        enlist(subscription_id="44444444-4444-4444-8444-444444444444", label=taken.upper(), kind="production")


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


def waiting(service_key: str) -> set[str]:
    waits = Attention.objects.filter(cross_connection__service_key=service_key, settled_at=None)
    return set(waits.values_list("kind", flat=True))


def test_what_the_customer_does_meanwhile_waits_for_somebody_after_the_next_sync(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    azure.edit(PROVISIONED, peerings={"AzurePrivatePeering": {"vlanId": 200}})
    synced(subscription)
    azure.edit(PROVISIONED, bandwidth_mbps=1000, peerings={"AzurePrivatePeering": {"vlanId": 201}})
    azure.delete(NOT_PROVISIONED)
    synced(subscription)
    assert waiting(PROVISIONED) == {"bandwidth-raised", "edited"}
    assert waiting(NOT_PROVISIONED) == {"deleted"}


def test_an_edit_that_left_the_etag_alone_is_found_within_a_day(enlisted, azure: SandboxProcess):
    subscription = enlisted("test")
    azure.edit(PROVISIONED, peerings={"AzurePrivatePeering": {"vlanId": 200}})
    synced(subscription)
    azure.behave(peering_edit_moves_etag=False)
    azure.edit(PROVISIONED, peerings={"AzurePrivatePeering": {"vlanId": 201}})
    assert synced(subscription).read == 0
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(hours=25))
    synced(subscription)
    assert waiting(PROVISIONED) == {"edited"}


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
    azure.fault("status", status=429, code="SubscriptionRequestsThrottled", retry_after=600, times=1)
    assert synced(subscription).error_code == "SubscriptionRequestsThrottled"
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    syncs.sweep()
    assert SyncRun.objects.count() == 1
    assert synced(subscription).state == "succeeded"
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    Subscription.objects.update(throttled_until=timezone.now() - timedelta(seconds=1))
    syncs.sweep()
    assert SyncRun.objects.filter(state="queued").count() == 1


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
