"""A table is promised, and fetched later: what is answered meanwhile, and how that can go wrong."""

import uuid
from urllib.parse import urlsplit

import pytest
from requests import Response
from requests.exceptions import ReadTimeout

from tests.integration.sandbox.estates import NOT_PROVISIONED, control, refusal, traced_path
from tests.integration.sandbox.tables import (
    ARP,
    PEERINGS,
    PRIVATE,
    ROUTES,
    SUMMARY,
    TABLES,
    ask_for,
    follow,
    order,
    read,
    send,
    table_path,
)
from tests.sandbox_process import SandboxProcess

STATE = "Azure-AsyncOperation"


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    return order(sandbox)


def stalled(sandbox: SandboxProcess, key: str) -> Response:
    """An operation that runs for ever, with both headers."""
    sandbox.behave(table_operation_header=True)
    sandbox.fault("operation-stall")
    return ask_for(sandbox, key, ARP)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_promised_and_then_there(sandbox: SandboxProcess, key: str, table: str) -> None:
    accepted = ask_for(sandbox, key, table)
    assert (accepted.status_code, accepted.content) == (202, b"")
    assert accepted.headers["Retry-After"] == "1"
    assert STATE not in accepted.headers
    where = urlsplit(accepted.headers["Location"])
    assert where.path.endswith(f"/locations/eastus2euap/operationResults/{accepted.headers['x-ms-request-id']}")
    assert where.query == "api-version=2025-09-01"
    assert follow(sandbox, accepted).json()["value"]


def test_a_promise_may_tell_where_the_state_of_the_operation_is(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(table_operation_header=True)
    accepted = ask_for(sandbox, key, ARP)
    assert accepted.headers[STATE] == accepted.headers["Location"].replace("operationResults", "operations")
    follow(sandbox, accepted)
    state = send(sandbox, "GET", accepted.headers[STATE])
    assert (state.json(), "Retry-After" in state.headers) == ({"status": "Succeeded"}, False)


def test_while_it_runs_there_is_no_content_and_a_word(sandbox: SandboxProcess, key: str) -> None:
    accepted = stalled(sandbox, key)
    result, state = (send(sandbox, "GET", accepted.headers[name]) for name in ("Location", STATE))
    assert (result.status_code, result.content) == (202, b"")
    assert result.headers["Location"] == accepted.headers["Location"]
    assert (state.status_code, state.json()) == (200, {"status": "InProgress"})
    assert result.headers["Retry-After"] == state.headers["Retry-After"] == "1"


def test_a_running_operation_may_have_any_word_that_is_no_end(sandbox: SandboxProcess, key: str) -> None:
    accepted = stalled(sandbox, key)
    sandbox.behave(operation_word="Halbfertig")
    assert send(sandbox, "GET", accepted.headers[STATE]).json() == {"status": "Halbfertig"}
    for end in ("Succeeded", "failed", "CANCELED"):
        assert control(sandbox, "PATCH", "behaviour", json={"operation_word": end}).status_code == 400


def test_a_result_can_be_read_again_and_is_the_same(sandbox: SandboxProcess, key: str) -> None:
    accepted = ask_for(sandbox, key, ROUTES)
    assert follow(sandbox, accepted).json() == follow(sandbox, accepted).json()


def test_a_table_shows_the_path_as_it_was_when_it_was_asked_for(sandbox: SandboxProcess, key: str) -> None:
    accepted = ask_for(sandbox, key, SUMMARY)
    sandbox.edit(key, peerings={PRIVATE: None})
    sandbox.delete(key)
    [row] = follow(sandbox, accepted).json()["value"]
    assert row["asn"] == PEERINGS[PRIVATE]["peerASN"]


def test_a_table_may_come_at_once(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(table_answers="at_once")
    answer = ask_for(sandbox, key, ARP)
    assert answer.status_code == 200
    assert answer.json()["value"]
    assert "Location" not in answer.headers


def test_what_comes_at_once_may_fail_at_once_or_never_come(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(table_answers="at_once")
    sandbox.fault("operation-failure")
    assert refusal(ask_for(sandbox, key, ARP)) == (500, "InternalServerError")
    sandbox.fault("operation-stall")
    assert ask_for(sandbox, key, ARP).status_code == 202


def test_the_words_of_a_path_are_read_in_any_case(sandbox: SandboxProcess, key: str) -> None:
    path = table_path(sandbox, key, "ARPTABLES", "Secondary", "azureprivatepeering")
    answer = follow(sandbox, send(sandbox, "POST", path))
    assert answer.json()["value"][0]["ipAddress"] == "172.31.0.5"


def test_what_is_not_there_has_no_table(sandbox: SandboxProcess, key: str) -> None:
    missing = ask_for(sandbox, key, ARP, peering="MicrosoftPeering")
    assert refusal(missing) == (404, "NotFound")
    assert missing.json()["error"]["details"] == []
    assert refusal(ask_for(sandbox, str(uuid.uuid4()), ARP)) == (404, "ResourceNotFound")
    tertiary = ask_for(sandbox, key, ARP, "tertiary")
    assert refusal(tertiary) == (400, "InvalidDevicePath")
    assert tertiary.json()["error"]["details"] == []


def test_a_table_is_only_posted_for(sandbox: SandboxProcess, key: str) -> None:
    answer = sandbox.get(table_path(sandbox, key, ARP))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("table", TABLES)
def test_each_table_takes_a_permission_of_its_own_and_a_write(sandbox: SandboxProcess, key: str, table: str) -> None:
    action = f"Microsoft.Network/expressRouteCrossConnections/peerings/{table}/action"
    sandbox.behave(missing_permission=action)
    answer = ask_for(sandbox, key, table)
    assert refusal(answer) == (403, "AuthorizationFailed")
    assert f"'{action}' over scope '{table_path(sandbox, key, table)}'" in answer.json()["error"]["message"]
    assert "x-ms-ratelimit-remaining-subscription-writes" in answer.headers


def test_the_log_tells_which_path_was_asked_for(sandbox: SandboxProcess, key: str) -> None:
    number = sandbox.requests()[-1]["number"]
    ask_for(sandbox, key, ARP, "secondary")
    assert [one["path"].rpartition("/")[2] for one in sandbox.requests(after=number)] == ["secondary"]


def test_an_operation_that_fails_says_so_at_both_addresses(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(table_operation_header=True)
    sandbox.fault("operation-failure", method="POST", path_pattern=f"/{ARP}/")
    accepted = ask_for(sandbox, key, ARP)
    result = follow(sandbox, accepted)
    error = {"code": "InternalServerError", "message": "An error occurred.", "details": []}
    assert (result.status_code, result.json()) == (500, {"error": error})
    assert send(sandbox, "GET", accepted.headers[STATE]).json() == {"status": "Failed", "error": error}


def test_a_failure_may_have_a_code_a_status_and_the_word_for_a_cancellation(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(table_operation_header=True, failed_operation_word="Canceled", localised_messages=True)
    sandbox.fault("operation-failure", code="OperationPreempted", status=409)
    accepted = ask_for(sandbox, key, ARP)
    assert refusal(follow(sandbox, accepted)) == (409, "OperationPreempted")
    state = send(sandbox, "GET", accepted.headers[STATE]).json()
    assert (state["status"], state["error"]["message"]) == ("Canceled", "Ein Fehler ist aufgetreten.")


def test_a_fault_of_operations_strikes_only_the_request_it_is_meant_for(sandbox: SandboxProcess, key: str) -> None:
    sandbox.fault("operation-failure", path_pattern=f"/{ROUTES}/secondary$")
    assert read(sandbox, key, ROUTES, "primary")
    assert refusal(follow(sandbox, ask_for(sandbox, key, ROUTES, "secondary"))) == (500, "InternalServerError")
    assert read(sandbox, key, ROUTES, "secondary")


@pytest.mark.parametrize("status", [400, 429])
def test_a_second_read_of_a_circuit_may_be_refused_while_one_runs(
    sandbox: SandboxProcess, key: str, status: int
) -> None:
    sandbox.behave(parallel_table_reads=f"refused_{status}")
    running = stalled(sandbox, key)
    answer = ask_for(sandbox, key, SUMMARY, "secondary")
    assert refusal(answer) == (status, "AnotherOperationInProgress")
    assert answer.json()["error"]["details"] == []
    assert f"use uri: {running.headers[STATE]}." in answer.json()["error"]["message"]
    assert read(sandbox, order(sandbox), SUMMARY)


def test_a_second_read_of_a_circuit_may_be_accepted_and_fail(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_table_reads="fails")
    stalled(sandbox, key)
    accepted = ask_for(sandbox, key, SUMMARY)
    assert refusal(follow(sandbox, accepted)) == (429, "AnotherOperationInProgress")
    state = send(sandbox, "GET", accepted.headers[STATE]).json()
    assert (state["status"], state["error"]["code"]) == ("Failed", "AnotherOperationInProgress")


def test_one_read_after_another_is_never_refused(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_table_reads="refused_429")
    assert all(read(sandbox, key, table) for table in TABLES)


@pytest.mark.parametrize("host", ["https://brazilus.management.azure.com", "https://evil.example", "//evil.example"])
def test_the_addresses_may_lead_elsewhere(sandbox: SandboxProcess, key: str, host: str) -> None:
    sandbox.behave(operation_host=host, table_operation_header=True)
    accepted = ask_for(sandbox, key, ARP)
    for name in ("Location", STATE):
        assert accepted.headers[name].startswith(f"{host}/subscriptions/")


def test_another_name_of_the_same_host_leads_to_the_result(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(operation_host=f"https://127.0.0.1:{sandbox.port}")
    accepted = ask_for(sandbox, key, ARP)
    assert urlsplit(accepted.headers["Location"]).hostname == "127.0.0.1"
    assert follow(sandbox, accepted).json()["value"]


@pytest.mark.parametrize("host", ["a b", "a\r\nb", "é", 7, None])
def test_no_address_can_spoil_a_header(sandbox: SandboxProcess, host: object) -> None:
    assert control(sandbox, "PATCH", "behaviour", json={"operation_host": host}).status_code == 400


def test_an_operation_is_known_in_its_subscription_only_and_no_longer_than_until_a_reset(
    sandbox: SandboxProcess, key: str
) -> None:
    location = ask_for(sandbox, key, ARP).headers["Location"]
    test, production = (sandbox.subscription(kind)["id"] for kind in ("test", "production"))
    assert refusal(send(sandbox, "GET", location.replace(test, production))) == (404, "NotFound")
    sandbox.reset()
    assert refusal(send(sandbox, "GET", location)) == (404, "NotFound")


def test_a_result_may_be_gone(sandbox: SandboxProcess, key: str) -> None:
    accepted = ask_for(sandbox, key, ARP)
    sandbox.fault("status", path_pattern="/operationResults/", status=404, code="NotFound")
    assert refusal(send(sandbox, "GET", accepted.headers["Location"])) == (404, "NotFound")
    assert follow(sandbox, accepted).status_code == 200


def test_a_circuit_without_peerings_has_no_tables(sandbox: SandboxProcess) -> None:
    path = f"{traced_path(sandbox, NOT_PROVISIONED)}/peerings/{PRIVATE}/{ARP}/primary"
    assert refusal(send(sandbox, "POST", path)) == (404, "NotFound")


def test_a_read_whose_answer_comes_too_late_was_accepted_all_the_same(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_table_reads="refused_429")
    sandbox.fault("delay", method="POST", seconds=5)
    sandbox.fault("operation-stall")
    where = f"{sandbox.manifest['arm']}{table_path(sandbox, key, ARP)}?api-version=2025-09-01"
    with pytest.raises(ReadTimeout):
        sandbox.session.post(where, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=1)
    assert refusal(ask_for(sandbox, key, ARP)) == (429, "AnotherOperationInProgress")
