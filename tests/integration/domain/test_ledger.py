"""Whatever is asked of Azure is written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.models import ArmCall, CrossConnection
from crossconnections.services import refreshes, syncs
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


@pytest.fixture
def row(enlisted) -> CrossConnection:
    syncs.run_sync(run_id=syncs.active_sync(subscription=enlisted("test")).pk)
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(minutes=5))
    return CrossConnection.objects.get(service_key=KEY)


def refreshed(row: CrossConnection) -> list[ArmCall]:
    refreshes.request_refresh(row)
    refreshes.refresh(row_id=row.pk)
    return list(ArmCall.objects.filter(purpose=ArmCall.Purpose.REFRESH).order_by("started_at"))


def test_a_sync_is_one_row_with_the_number_of_its_calls(row: CrossConnection):
    [call] = ArmCall.objects.all()
    assert (call.purpose, call.calls, call.failed_calls, call.status) == ("sync", 3, 0, 200)  # one page, two rows
    assert (call.subscription, call.sync_run) == (row.subscription, row.subscription.sync_runs.get())
    assert call.duration_ms > 0
    assert call.remaining_reads is not None


def test_a_reading_of_one_is_a_row_with_azures_ids_and_what_is_left_of_the_quota(row: CrossConnection, azure):
    [call] = refreshed(row)
    asked = azure.requests()[-1]
    assert (call.operation, call.method, call.status, call.calls) == ("ExpressRouteCrossConnections_Get", "GET", 200, 1)
    assert call.path == asked["path"]
    assert call.service_key == KEY
    assert call.correlation_id
    assert call.request_id
    assert call.client_request_id
    assert call.remaining_reads is not None


def test_a_refusal_is_kept_with_azures_code(row: CrossConnection, azure: SandboxProcess):
    azure.delete(KEY)
    [call] = refreshed(row)
    assert (call.status, call.error, call.error_code, call.failed_calls) == (404, "NotFound", "ResourceNotFound", 1)


def test_a_call_that_was_tried_again_is_two_rows(row: CrossConnection, azure: SandboxProcess):
    azure.fault("status", status=500, times=1)
    assert [call.status for call in refreshed(row)] == [500, 200]


def test_a_sync_tells_of_its_last_failure(row: CrossConnection, azure: SandboxProcess):
    azure.fault("status", status=500, times=1)
    syncs.run_sync(run_id=syncs.active_sync(subscription=row.subscription).pk)
    call = ArmCall.objects.latest("started_at")
    assert (call.calls, call.failed_calls, call.status) == (2, 1, 500)


def test_without_a_connection_there_is_a_row_without_a_status(row: CrossConnection, settings):
    settings.PORTAL_ARM_ENDPOINT = "https://127.0.0.1:9"
    calls = refreshed(row)
    assert {(call.status, call.error, call.request_id) for call in calls} == {(None, "NotConnected", "")}
