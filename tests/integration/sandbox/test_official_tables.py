"""Microsoft's own client reads the tables."""

import time
from collections.abc import Iterable
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.network.operations import ExpressRouteCrossConnectionsOperations

from tests.integration.sandbox.credential import Connect
from tests.integration.sandbox.tables import (
    ARP,
    EDGE,
    PATHS,
    PEERINGS,
    PRIVATE,
    ROUTES,
    SUMMARY,
    order,
    read,
)
from tests.sandbox_process import SandboxProcess

EUAP = "CrossConnection-EUAPTest"
METHODS = {
    ARP: "begin_list_arp_table",
    ROUTES: "begin_list_routes_table",
    SUMMARY: "begin_list_routes_table_summary",
}
WAYS: dict[str, dict[str, Any]] = {
    "promised": {},
    "promised, with the state of the operation": {"table_operation_header": True},
    "at once": {"table_answers": "at_once"},
    "with a word that nobody knows": {"table_operation_header": True, "operation_word": "Halbfertig"},
}


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    return order(sandbox, **PEERINGS)


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)  # it would wait a second before it asks again


@pytest.fixture
def cross_connections(connect: Connect) -> ExpressRouteCrossConnectionsOperations:
    found: ExpressRouteCrossConnectionsOperations = connect("test", retry_total=0).express_route_cross_connections
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("table", METHODS)
def test_it_reads_every_table_of_both_paths(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations, key: str, table: str, way: str
) -> None:
    expected = [settled(read(sandbox, key, table, path)) for path in PATHS]
    sandbox.behave(**WAYS[way])
    begin = getattr(cross_connections, METHODS[table])
    tables = [begin(EUAP, key, PRIVATE, path).result() for path in PATHS]
    assert [settled(row.as_dict() for row in found.value) for found in tables] == expected


def settled(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what moves on with the clock."""
    return [{name: fact for name, fact in row.items() if name not in {"age", "upDown"}} for row in rows]


def test_it_shows_the_paths_apart(cross_connections: ExpressRouteCrossConnectionsOperations, key: str) -> None:
    for path in PATHS:
        found = cross_connections.begin_list_arp_table(EUAP, key, PRIVATE, path).result()
        assert (found.value or [])[0].ip_address == EDGE[path]


@pytest.mark.parametrize("with_header", [True, False])
def test_it_tells_a_failure_with_its_code(
    sandbox: SandboxProcess,
    cross_connections: ExpressRouteCrossConnectionsOperations,
    key: str,
    *,
    with_header: bool,
) -> None:
    sandbox.behave(table_operation_header=with_header)
    sandbox.fault("operation-failure", code="GatewayDeviceUnreachable")
    with pytest.raises(HttpResponseError, match="GatewayDeviceUnreachable"):
        cross_connections.begin_list_arp_table(EUAP, key, PRIVATE, "primary").result()


def test_it_tells_that_a_peering_is_missing(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations
) -> None:
    with pytest.raises(ResourceNotFoundError, match=r"Resource .* not found\."):
        cross_connections.begin_list_routes_table_summary(EUAP, order(sandbox), "MicrosoftPeering", "primary")


def test_it_tells_that_another_operation_is_in_progress(
    sandbox: SandboxProcess, cross_connections: ExpressRouteCrossConnectionsOperations, key: str
) -> None:
    sandbox.behave(parallel_table_reads="refused_400")
    sandbox.fault("operation-stall")
    cross_connections.begin_list_arp_table(EUAP, key, PRIVATE, "primary", polling=False)
    with pytest.raises(HttpResponseError, match="AnotherOperationInProgress"):
        cross_connections.begin_list_arp_table(EUAP, key, PRIVATE, "secondary")
