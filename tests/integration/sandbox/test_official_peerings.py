"""Microsoft's own client writes, reads and deletes single peerings, by its models and by bodies of ours."""

import time
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.network.models import (
    ExpressRouteCircuitPeeringConfig,
    ExpressRouteCrossConnectionPeering,
    ExpressRouteCrossConnectionPeeringProperties,
)
from azure.mgmt.network.operations import ExpressRouteCrossConnectionPeeringsOperations

from tests.integration.sandbox.credential import Connect
from tests.integration.sandbox.estates import NOT_PROVISIONED
from tests.integration.sandbox.tables import MICROSOFT, PEERINGS, PRIVATE, order
from tests.sandbox_process import SandboxProcess

EUAP, KEY = "CrossConnection-EUAPTest", NOT_PROVISIONED
VERSIONS = ["2018-02-01", "2020-06-01", "2026-03-01"]


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda _: sleep(0.06))  # it would wait a second before it asks again


@pytest.fixture
def peerings(connect: Connect) -> ExpressRouteCrossConnectionPeeringsOperations:
    client = connect("test", retry_total=0)
    found: ExpressRouteCrossConnectionPeeringsOperations = client.express_route_cross_connection_peerings
    return found


def private(**changes: Any) -> ExpressRouteCrossConnectionPeering:
    told: dict[str, Any] = {
        "peering_type": PRIVATE,
        "peer_asn": 65010,
        "vlan_id": 200,
        "primary_peer_address_prefix": "172.31.0.0/30",
        "secondary_peer_address_prefix": "172.31.0.4/30",
    }
    properties = ExpressRouteCrossConnectionPeeringProperties(**told | changes)
    return ExpressRouteCrossConnectionPeering(name=PRIVATE, properties=properties)


def told(peering: ExpressRouteCrossConnectionPeering) -> tuple[str | None, int | None, str | None, int | None]:
    facts = peering.properties
    assert facts is not None
    return facts.provisioning_state, facts.azure_asn, facts.state, facts.vlan_id


@pytest.mark.parametrize("version", VERSIONS)
def test_it_makes_a_peering_changes_it_and_deletes_it(
    peerings: ExpressRouteCrossConnectionPeeringsOperations, version: str
) -> None:
    for vlan in (200, 201):
        poller = peerings.begin_create_or_update(EUAP, KEY, PRIVATE, private(vlan_id=vlan), api_version=version)
        assert told(poller.result()) == ("Succeeded", 12076, "Enabled", vlan)
    assert told(peerings.get(EUAP, KEY, PRIVATE, api_version=version)) == ("Succeeded", 12076, "Enabled", 201)
    assert [one.name for one in peerings.list(EUAP, KEY, api_version=version)] == [PRIVATE]
    assert peerings.begin_delete(EUAP, KEY, PRIVATE, api_version=version).result() is None
    with pytest.raises(ResourceNotFoundError, match="NotFound"):
        peerings.get(EUAP, KEY, PRIVATE, api_version=version)


def test_what_it_read_it_can_write_back_with_a_change(peerings: ExpressRouteCrossConnectionPeeringsOperations) -> None:
    found = peerings.begin_create_or_update(EUAP, KEY, PRIVATE, private()).result()
    assert found.properties is not None
    found.properties.vlan_id = 202
    assert told(peerings.begin_create_or_update(EUAP, KEY, PRIVATE, found).result())[-1] == 202


def test_it_makes_a_microsoft_peering(peerings: ExpressRouteCrossConnectionPeeringsOperations) -> None:
    config = ExpressRouteCircuitPeeringConfig(
        advertised_public_prefixes=["123.1.0.0/24"], customer_asn=45, routing_registry_name="ARIN"
    )
    body = private(peering_type=MICROSOFT, microsoft_peering_config=config)
    body.name = MICROSOFT
    found = peerings.begin_create_or_update(EUAP, KEY, MICROSOFT, body).result()
    assert found.properties is not None
    assert found.properties.microsoft_peering_config is not None
    assert found.properties.microsoft_peering_config.advertised_public_prefixes_state == "Configured"


def test_it_asks_for_the_operation_and_then_for_the_peering(
    sandbox: SandboxProcess, peerings: ExpressRouteCrossConnectionPeeringsOperations
) -> None:
    number = sandbox.requests()[-1]["number"]
    peerings.begin_create_or_update(EUAP, KEY, PRIVATE, private()).result()
    asked = [one for one in sandbox.requests(after=number) if one["path"].startswith("/subscriptions/")]
    assert [asked[0]["method"], asked[-1]["method"]] == ["PUT", "GET"]
    assert asked[0]["path"] == asked[-1]["path"]
    assert all("/operations/" in one["path"] for one in asked[1:-1])


def test_what_is_not_there_is_deleted_at_once(peerings: ExpressRouteCrossConnectionPeeringsOperations) -> None:
    assert peerings.begin_delete(EUAP, KEY, MICROSOFT).result() is None


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_it_tells_that_a_write_or_a_deletion_failed(
    sandbox: SandboxProcess, peerings: ExpressRouteCrossConnectionPeeringsOperations, method: str
) -> None:
    key = order(sandbox)
    sandbox.fault("operation-failure", code="ExpressRouteProviderError")
    begin: Any = peerings.begin_delete if method == "DELETE" else peerings.begin_create_or_update
    poller = begin(EUAP, key, PRIVATE, *([] if method == "DELETE" else [private()]))
    with pytest.raises(HttpResponseError, match="ExpressRouteProviderError"):
        poller.result()
    assert told(peerings.get(EUAP, key, PRIVATE))[0] == "Failed"


def test_it_tells_why_a_peering_is_refused(peerings: ExpressRouteCrossConnectionPeeringsOperations) -> None:
    body: Any = {"properties": PEERINGS[PRIVATE]}
    with pytest.raises(HttpResponseError, match="Microsoft Peering Config is not specified"):
        peerings.begin_create_or_update(EUAP, KEY, MICROSOFT, body)


def test_it_lists_both_among_the_operations(connect: Connect) -> None:
    found = {str(one.name): one for one in connect("test").operations.list()}
    for verb, words in (("write", "Create or Update"), ("delete", "Delete")):
        display = found[f"Microsoft.Network/expressRouteCrossConnections/peerings/{verb}"].display
        assert display is not None
        assert display.operation == f"{words} Express Route Cross Connection Peering"
