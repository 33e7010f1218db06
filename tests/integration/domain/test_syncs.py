from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.models import Attention, CrossConnection, Subscription, SyncRun
from crossconnections.services import syncs
from tests.integration.domain.runs import NOT_PROVISIONED, PROVISIONED, synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


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


def test_what_was_asked_of_another_cloud_is_not_carried_out_in_this_one(enlisted):
    subscription = enlisted("test")
    run = syncs.active_sync(subscription=subscription)
    Subscription.objects.update(cloud="AzureCloud")
    assert syncs.run_sync(run_id=run.pk) is None
    syncs.sweep()
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("queued", 0)


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
