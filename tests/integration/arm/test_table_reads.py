"""Tables of the edge routers over HTTPS: asked for once, and looked at one look at a time."""

import pytest

from crossconnections import arm
from crossconnections.arm import Call, OperationProgress
from crossconnections.enums import DevicePath, Table
from tests.integration.arm.loopback import (
    Loopback,
    reply,
    reply_with,
)
from tests.integration.arm.table_reading import (
    ARP,
    IDS,
    KEY,
    RESULT,
    ROWS,
    STATUS,
    WHOLE,
    ClientFor,
    Step,
    accepted,
    follow,
    lines,
    look,
    look_at_the_result,
    look_at_the_status,
    start,
    what_gives_rows,
)

# What is asked.


@pytest.mark.parametrize("path", ["primary", "secondary"])
@pytest.mark.parametrize(
    ("table", "words"),
    [(Table.ARP, "arpTables"), (Table.ROUTES_SUMMARY, "routeTablesSummary"), (Table.ROUTES, "routeTables")],
)
def test_each_table_of_each_path_is_asked_at_its_own_address(
    azure: Loopback, client_for: ClientFor, table: Table, words: str, path: str
) -> None:
    azure.plays(reply({"value": []}))
    client, peerings = client_for(azure), ("AzurePrivatePeering", "MicrosoftPeering")
    for peering in peerings:
        rows = client.start_table_read(resource_id=KEY, peering_type=peering, device_path=DevicePath(path), table=table)
        assert rows == ()
    assert lines(azure) == [
        f"POST {KEY.text}/peerings/{peering}/{words}/{path}?api-version=2026-03-01" for peering in peerings
    ]


def test_the_post_has_no_body(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(WHOLE)
    start(client_for(azure))
    (asked,) = azure.asked
    assert (asked.body, asked.headers["content-length"]) == (b"", "0")
    assert not {"content-type", "transfer-encoding", "expect"} & set(asked.headers)
    assert (asked.headers["authorization"], asked.headers["accept-language"]) == ("Bearer the-token", "en-US")


def test_a_name_cannot_leave_its_place_in_the_address(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": []}))
    client_for(azure).start_table_read(
        resource_id=KEY, peering_type="../x?y#z", device_path=DevicePath.PRIMARY, table=Table.ARP
    )
    assert azure.asked[0].target.startswith(f"{KEY.text}/peerings/..%2Fx%3Fy%23z/arpTables/primary?")


# The ways from the question to the rows.


def test_rows_may_come_at_once(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(WHOLE)
    assert start(client_for(azure)) == ROWS


def test_with_a_location_alone_that_is_looked_at_until_the_rows_are_there(
    azure: Loopback, client_for: ClientFor
) -> None:
    azure.plays(accepted(azure), accepted(azure, result=f"{RESULT}&moved=1"), reply_with(202, b""), WHOLE)
    client = client_for(azure)
    progress = start(client)
    for _ in range(2):
        progress = follow(client, progress)
    assert follow(client, progress) == ROWS
    assert [line.split()[0] for line in lines(azure)] == ["POST", "GET", "GET", "GET"]
    assert [asked.target for asked in azure.asked[1:]] == [RESULT, f"{RESULT}&moved=1", f"{RESULT}&moved=1"]
    assert {asked.body for asked in azure.asked} == {b""}


def test_with_both_the_status_is_looked_at_first_and_the_result_once(azure: Loopback, client_for: ClientFor) -> None:
    running, done = reply({"status": "InProgress"}, Retry_After="10"), reply({"status": "Succeeded"})
    azure.plays(accepted(azure, status=STATUS), running, done, WHOLE)
    client = client_for(azure)
    first = start(client)
    second = follow(client, first)
    third = follow(client, second)
    assert follow(client, third) == ROWS
    assert lines(azure)[1:] == [f"GET {STATUS}", f"GET {STATUS}", f"GET {RESULT}"]
    assert second == OperationProgress(azure.url + STATUS, azure.url + RESULT, "InProgress", 10.0, "", "")
    assert third == OperationProgress(azure.url + RESULT, "", "Succeeded", 0.0, "", "")


@pytest.mark.parametrize("status", ["", STATUS])
def test_a_regional_host_is_followed(azure: Loopback, client_for: ClientFor, proxy: Loopback, status: str) -> None:
    # Through the proxy, because a name server knows nothing of that host.
    azure.plays(accepted(azure, status=status, host="brazilus.localhost"), reply_with(202, {"status": "Running"}))
    client = client_for(azure, proxies={"https": f"http://127.0.0.1:{proxy.port}"})
    follow(client, start(client))
    assert azure.asked[1].headers["host"] == f"brazilus.localhost:{azure.port}"
    assert (azure.asked[1].target, azure.asked[1].headers["authorization"]) == (status or RESULT, "Bearer the-token")


def test_looking_twice_asks_twice_and_changes_nothing(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(WHOLE)
    client = client_for(azure)
    assert [look_at_the_result(client, azure) for _ in range(2)] == [ROWS, ROWS]


@pytest.mark.parametrize("end", ["Failed", "Canceled"])
def test_an_operation_that_azure_ended_is_told_in_its_words(
    azure: Loopback, client_for: ClientFor, calls: list[Call], end: str
) -> None:
    azure.plays(reply({"status": end, "error": {"code": "InternalServerError", "message": "boom"}}, **IDS))
    with pytest.raises(arm.OperationFailed, match=f"as {end}. InternalServerError: boom") as raised:
        look_at_the_status(client_for(azure), azure)
    assert (raised.value.code, raised.value.message, raised.value.request_id) == ("InternalServerError", "boom", "r-1")
    (call,) = calls
    assert (call.status, call.error, call.error_code) == (200, "OperationFailed", "InternalServerError")


# The rows.


@what_gives_rows
@pytest.mark.parametrize("link", ["https://evil.example/2", "{own}/2", "x"])
def test_half_a_table_is_none_and_its_link_is_not_followed(
    azure: Loopback, client_for: ClientFor, step: Step, link: str
) -> None:
    azure.plays(reply({"value": [ARP], "nextLink": link.format(own=azure.url)}))
    with pytest.raises(arm.AnswerNotUnderstood, match="goes on on another page"):
        step(client_for(azure), azure)
    assert len(azure.asked) == 1


@what_gives_rows
@pytest.mark.parametrize("link", [None, ""])
def test_a_link_that_leads_nowhere_is_none(
    azure: Loopback, client_for: ClientFor, step: Step, link: str | None
) -> None:
    azure.plays(reply({"value": [ARP], "nextLink": link}))
    assert step(client_for(azure), azure) == ROWS


@what_gives_rows
@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "value is missing"),
        ({"value": None}, "value is missing"),
        ({"value": {}}, "value is not a list"),
        ({"value": [ARP, None]}, r"value\[1\] is not a JSON object"),
        ({"value": [ARP, ARP | {"age": "0"}]}, r"value\[1\]\.age is not a whole number"),
        ({"value": [], "nextLink": 2}, "nextLink is not a text"),
        ({"status": "Succeeded"}, "value is missing"),
        ([ARP], "the document is not a JSON object"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_by_its_place(
    azure: Loopback, client_for: ClientFor, step: Step, body: object, wrong: str
) -> None:
    azure.plays(reply(body))
    with pytest.raises(arm.AnswerNotUnderstood, match=wrong):
        step(client_for(azure), azure)


def test_ten_thousand_routes_are_read_in_their_order(azure: Loopback, client_for: ClientFor) -> None:
    routes = [
        {"network": f"10.{n // 256}.{n % 256}.0/24", "nextHop": "10.17.17.140*", "weight": 0, "path": "65515"}
        for n in range(5_000)
    ]
    azure.plays(reply({"value": routes + routes}))  # the same network comes once for each gateway
    rows = look(client_for(azure), azure, result=RESULT, table=Table.ROUTES)
    assert isinstance(rows, tuple)
    assert [row.network for row in rows if isinstance(row, arm.RouteRow)] == [row["network"] for row in routes] * 2


def test_a_table_is_read_as_that_of_its_name(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": [{}]}))
    client = client_for(azure)
    assert [look(client, azure, result=RESULT, table=table) for table in Table] == [
        (arm.ArpRow(None, "", "", ""),),
        (arm.SummaryRow("", None, "", ""),),
        (arm.RouteRow("", "", "", None, ""),),
    ]


# What the recorder is told.


def test_the_recorder_gets_one_call_for_each_step(azure: Loopback, client_for: ClientFor, calls: list[Call]) -> None:
    azure.plays(accepted(azure, status=STATUS), reply({"status": "Succeeded"}, **IDS), WHOLE)
    client = client_for(azure)
    progress = start(client, path=DevicePath.SECONDARY)
    assert follow(client, follow(client, progress)) == ROWS
    assert [(call.operation, call.method, call.path, call.status, call.error) for call in calls] == [
        (
            "ExpressRouteCrossConnections_ListArpTable",
            "POST",
            f"{KEY.text}/peerings/AzurePrivatePeering/arpTables/secondary",
            202,
            "",
        ),
        ("Operations_Get", "GET", STATUS.partition("?")[0], 200, ""),
        ("OperationResults_Get", "GET", RESULT.partition("?")[0], 200, ""),
    ]
    assert [call.request_id for call in calls] == ["r-1", "r-1", ""]
    assert len({call.client_request_id for call in calls}) == 3


@pytest.mark.parametrize(
    ("table", "operation"),
    [
        (Table.ARP, "ExpressRouteCrossConnections_ListArpTable"),
        (Table.ROUTES_SUMMARY, "ExpressRouteCrossConnections_ListRoutesTableSummary"),
        (Table.ROUTES, "ExpressRouteCrossConnections_ListRoutesTable"),
    ],
)
def test_each_table_is_recorded_under_azures_name_for_it(
    azure: Loopback, client_for: ClientFor, calls: list[Call], table: Table, operation: str
) -> None:
    azure.plays(reply({"value": []}))
    start(client_for(azure), table)
    assert [call.operation for call in calls] == [operation]
