"""Microsoft's own client writes cross connections, as far as its models let it."""

import time
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.network.models import TagsObject
from azure.mgmt.network.operations import ExpressRouteCrossConnectionsOperations

from tests.integration.sandbox.credential import Connect
from tests.integration.sandbox.estates import NOT_PROVISIONED, traced_path
from tests.integration.sandbox.tables import MICROSOFT, PEERINGS, PRIVATE
from tests.integration.sandbox.writing import PROVIDER_STATE, body_of, facts, stall
from tests.sandbox_process import SandboxProcess

EUAP = "CrossConnection-EUAPTest"
KEY = NOT_PROVISIONED
VERSIONS = ["2018-02-01", "2020-06-01", "2026-03-01"]


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda _: sleep(0.06))  # it would wait a second before it asks again


@pytest.fixture
def cross_connections(connect: Connect) -> ExpressRouteCrossConnectionsOperations:
    found: ExpressRouteCrossConnectionsOperations = connect("test", retry_total=0).express_route_cross_connections
    return found


def raw(sandbox: SandboxProcess, **changes: Any) -> Any:
    """A body of ours: the client's types know only models and streams, yet it sends a dict as it is."""
    return body_of(sandbox, KEY, **changes)


def asked_since(sandbox: SandboxProcess, number: int) -> list[tuple[str, str]]:
    """What was asked of Azure Resource Manager above a number: methods, and operation, resource or something else."""
    found = [one for one in sandbox.requests(after=number) if one["path"].startswith("/subscriptions/")]
    kinds = {True: "operation", False: "resource"}
    return [(one["method"], kinds["/locations/" in one["path"]]) for one in found]


@pytest.mark.parametrize("version", VERSIONS)
def test_it_writes_a_body_of_ours_polls_and_gets_the_resource(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations, version: str
) -> None:
    body = raw(sandbox, **{PROVIDER_STATE: "Provisioned"})
    number = sandbox.requests()[-1]["number"]
    poller = cross_connections.begin_create_or_update(EUAP, KEY, body, api_version=version)
    found = poller.result()
    assert found.properties is not None
    assert found.properties.service_provider_provisioning_state == "Provisioned"
    assert found.properties.provisioning_state == "Succeeded"
    assert found.properties.primary_azure_port == "EUAP-ARMTEST-06GMR-CIS-1-PRI-A"
    asked = asked_since(sandbox, number)
    assert (asked[0], asked[-1]) == (("PUT", "resource"), ("GET", "resource"))
    assert set(asked[1:-1]) == {("GET", "operation")}


def test_what_it_read_it_cannot_write_back_for_its_model_leaves_the_peering_location_out(
    cross_connections: ExpressRouteCrossConnectionsOperations, sandbox: SandboxProcess
) -> None:
    """Azure/azure-sdk-for-python#35073, azure-sdk-for-net#20546: provisioning by the models is impossible."""
    found = cross_connections.get(EUAP, KEY)
    assert found.properties is not None
    found.properties.service_provider_provisioning_state = "Provisioned"
    with pytest.raises(HttpResponseError) as raised:
        cross_connections.begin_create_or_update(EUAP, KEY, found)
    assert raised.value.status_code == 400
    assert raised.value.error is not None
    assert raised.value.error.message == (
        f"The Peering Location for an Express Route Cross Connection {traced_path(sandbox)} cannot be modified "
        "from EUAP Test to ."
    )
    assert facts(sandbox, KEY)[PROVIDER_STATE] == "NotProvisioned"


def test_it_writes_peerings_with_the_cross_connection(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations
) -> None:
    peerings = [{"name": name, "properties": {"peeringType": name, **PEERINGS[name]}} for name in (PRIVATE, MICROSOFT)]
    found = cross_connections.begin_create_or_update(EUAP, KEY, raw(sandbox, peerings=peerings)).result()
    assert found.properties is not None
    told = [(one.name, one.properties.azure_asn) for one in found.properties.peerings or [] if one.properties]
    assert told == [(PRIVATE, 12076), (MICROSOFT, 12076)]


def test_it_changes_tags(cross_connections: ExpressRouteCrossConnectionsOperations) -> None:
    found = cross_connections.update_tags(EUAP, KEY, TagsObject(tags={"tier": "gold"}))
    assert found.tags == {"tier": "gold"}
    assert cross_connections.get(EUAP, KEY).tags == {"tier": "gold"}


@pytest.mark.parametrize("word", ["Failed", "Canceled"])
def test_it_tells_that_an_operation_failed(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations, word: str
) -> None:
    sandbox.behave(failed_operation_word=word)
    sandbox.fault("operation-failure", method="PUT", code="ExpressRouteProviderError")
    poller = cross_connections.begin_create_or_update(EUAP, KEY, raw(sandbox))
    with pytest.raises(HttpResponseError, match="ExpressRouteProviderError"):
        poller.result()
    found = cross_connections.get(EUAP, KEY)
    assert found.properties is not None
    assert found.properties.provisioning_state == "Failed"


def test_it_waits_until_another_writer_is_done(
    sandbox: SandboxProcess, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, body = connect("test").express_route_cross_connections, raw(sandbox, **{PROVIDER_STATE: "Provisioned"})
    number = sandbox.requests()[-1]["number"]
    stall(sandbox, KEY)
    monkeypatch.setattr(time, "sleep", lambda _: sandbox.behave(parallel_writes="allowed"))
    found = patient.begin_create_or_update(EUAP, KEY, body).result()
    assert found.properties is not None
    assert found.properties.service_provider_provisioning_state == "Provisioned"
    written = [one["status"] for one in sandbox.requests(after=number) if one["method"] == "PUT"]
    assert (written[0], set(written[1:-1]), written[-1]) == (200, {429}, 200)


def test_it_tells_that_another_operation_is_in_progress(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations
) -> None:
    stall(sandbox, KEY)
    with pytest.raises(HttpResponseError, match="AnotherOperationInProgress"):
        cross_connections.begin_create_or_update(EUAP, KEY, raw(sandbox))


def test_a_word_that_it_does_not_know_is_no_end(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations
) -> None:
    sandbox.behave(operation_word="Halbfertig")
    found = cross_connections.begin_create_or_update(EUAP, KEY, raw(sandbox)).result()
    assert found.properties is not None
    assert found.properties.provisioning_state == "Succeeded"


def test_it_lists_writing_among_the_operations(connect: Connect) -> None:
    found = {str(one.name): one for one in connect("test").operations.list()}
    display = found["Microsoft.Network/expressRouteCrossConnections/write"].display
    assert display is not None
    assert display.operation == "Create or Update ExpressRouteCrossConnection"
