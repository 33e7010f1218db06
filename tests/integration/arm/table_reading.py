"""The steps of reading a table: the POST, a look at the status, a look at the result."""

import base64
from collections.abc import Callable

import pytest

from crossconnections.arm import ArmClient, ArpRow, OperationProgress, ResourceId, Row
from crossconnections.enums import DevicePath, Table
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    reply,
    reply_with,
)

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
PLACE = "/subscriptions/s/providers/Microsoft.Network/locations/brazilsouth"
STATUS = f"{PLACE}/operations/o-1?api-version=2026-03-01"
RESULT = f"{PLACE}/operationResults/o-1?api-version=2026-03-01"
ARP = {"age": 0, "interface": "Microsoft", "ipAddress": "192.116.14.254", "macAddress": "885a.9269.9110"}
ROWS = (ArpRow(0, "Microsoft", "192.116.14.254", "885a.9269.9110"),)
IDS = {"x_ms_request_id": "r-1", "x_ms_correlation_request_id": "c-1"}
WHOLE = reply({"value": [ARP]})
CLAIMS = base64.b64encode(b'{"access_token":{}}').decode()
CHALLENGE = reply_with(
    401, {}, WWW_Authenticate=f'Bearer realm="", error="insufficient_claims", claims="{CLAIMS}"', Retry_After="1"
)

Outcome = OperationProgress | tuple[Row, ...]


def start(client: ArmClient, table: Table = Table.ARP, path: DevicePath = DevicePath.PRIMARY) -> Outcome:
    return client.start_table_read(resource_id=KEY, peering_type="AzurePrivatePeering", device_path=path, table=table)


def look(
    client: ArmClient, azure: Loopback, *, status: str = "", result: str = "", table: Table = Table.ARP
) -> Outcome:
    """At the status where it has an address, else at the result."""
    poll_url, result_url = (status, result) if status else (result, "")
    return client.follow_table_read(
        table=table, poll_url=azure.url + poll_url, result_url=azure.url + result_url if result_url else ""
    )


def follow(client: ArmClient, progress: Outcome) -> Outcome:
    assert isinstance(progress, OperationProgress)
    return client.follow_table_read(table=Table.ARP, poll_url=progress.poll_url, result_url=progress.result_url)


def look_at_the_status(client: ArmClient, azure: Loopback) -> Outcome:
    return look(client, azure, status=STATUS, result=RESULT)


def look_at_the_result(client: ArmClient, azure: Loopback) -> Outcome:
    return look(client, azure, result=RESULT)


def post(client: ArmClient, _azure: Loopback) -> Outcome:
    return start(client)


Step = Callable[[ArmClient, Loopback], Outcome]
each_step = pytest.mark.parametrize("step", [post, look_at_the_status, look_at_the_result])
each_look = pytest.mark.parametrize("step", [look_at_the_status, look_at_the_result])
what_gives_rows = pytest.mark.parametrize("step", [post, look_at_the_result])


def accepted(azure: Loopback, *, status: str = "", result: str = RESULT, host: str = "localhost") -> Script:
    own = azure.url.replace("localhost", host)
    headers = {"Location": own + result} | ({"Azure_AsyncOperation": own + status} if status else {})
    return reply_with(202, b"", **headers, **IDS)


def lines(azure: Loopback) -> list[str]:
    return [f"{asked.method} {asked.target}" for asked in azure.asked]
