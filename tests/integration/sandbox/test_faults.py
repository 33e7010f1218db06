import socket
import ssl
import time

import pytest
from requests.exceptions import ChunkedEncodingError, JSONDecodeError, ReadTimeout
from requests.exceptions import ConnectionError as BrokenError

from tests.integration.sandbox.estates import control, refusal, traced_path
from tests.sandbox_process import SandboxProcess


def test_a_status_is_answered_in_azures_shape_once_and_then_all_is_well(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=503)
    answer = sandbox.get(traced_path(sandbox))
    assert refusal(answer) == (503, "ServiceUnavailable")
    assert answer.json()["error"]["details"] == []
    assert answer.headers["x-ms-request-id"]
    assert "Retry-After" not in answer.headers
    assert sandbox.get(traced_path(sandbox)).status_code == 200


def test_a_status_may_have_a_code_of_its_own_and_say_when_to_come_back(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=429, code="SubscriptionRequestsThrottled", retry_after=7)
    answer = sandbox.get(traced_path(sandbox))
    assert refusal(answer) == (429, "SubscriptionRequestsThrottled")
    assert answer.headers["Retry-After"] == "7"


def test_a_status_is_500_when_none_is_named(sandbox: SandboxProcess) -> None:
    sandbox.fault("status")
    assert refusal(sandbox.get(traced_path(sandbox))) == (500, "InternalServerError")


def test_a_reset_breaks_the_connection_without_an_answer(sandbox: SandboxProcess) -> None:
    sandbox.token()
    number = sandbox.requests()[-1]["number"]
    sandbox.fault("reset")
    with pytest.raises(BrokenError):
        sandbox.get(traced_path(sandbox))
    assert [request["status"] for request in sandbox.requests(after=number)] == [None]


def drain(connection: socket.socket) -> None:
    while connection.recv(4096):
        pass


def test_a_reset_is_one_on_the_wire(sandbox: SandboxProcess) -> None:
    sandbox.fault("reset")
    context = ssl.create_default_context(cafile=sandbox.manifest["ca"])
    # TLS would tell of an early end; what comes below TLS is read from a second handle.
    with socket.create_connection(("127.0.0.1", sandbox.port)) as connection, connection.dup() as wire:
        wire.settimeout(10)
        with context.wrap_socket(connection, server_hostname="localhost") as secured:
            secured.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            with pytest.raises(ConnectionResetError):
                drain(wire)


def test_a_truncated_answer_promises_more_than_it_sends(sandbox: SandboxProcess) -> None:
    whole = sandbox.get(traced_path(sandbox))
    sandbox.fault("truncate")
    with pytest.raises((ChunkedEncodingError, BrokenError)) as raised:
        sandbox.get(traced_path(sandbox))
    half, missing = len(whole.content) // 2, len(whole.content) - len(whole.content) // 2
    assert f"{half} bytes read, {missing} more expected" in str(raised.value)


def test_an_answer_without_content_has_nothing_to_cut(sandbox: SandboxProcess) -> None:
    sandbox.token()
    ports = f"/subscriptions/{sandbox.subscription('test')['id']}/providers/Microsoft.Network/expressRouteProviderPorts"
    sandbox.fault("truncate")
    assert sandbox.get(f"{ports}/nothing").status_code == 204
    assert sandbox.faults() == []


def test_garbage_is_a_200_that_is_no_json(sandbox: SandboxProcess) -> None:
    sandbox.fault("garbage")
    answer = sandbox.get(traced_path(sandbox))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    with pytest.raises(JSONDecodeError):
        answer.json()


def test_a_delay_waits_and_then_answers_as_always(sandbox: SandboxProcess) -> None:
    sandbox.fault("delay", seconds=0.3)
    started = time.monotonic()
    assert sandbox.get(traced_path(sandbox)).status_code == 200
    assert time.monotonic() - started >= 0.3


def test_a_delayed_request_takes_effect_although_nobody_waits_for_its_answer(sandbox: SandboxProcess) -> None:
    sandbox.behave(unregistered=True)
    sandbox.fault("delay", path_pattern="/register$", seconds=5)
    subscription = f"{sandbox.manifest['arm']}/subscriptions/{sandbox.subscription('test')['id']}"
    register = f"{subscription}/providers/Microsoft.Network/register?api-version=2021-04-01"
    with pytest.raises(ReadTimeout):
        sandbox.session.post(register, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=1)
    assert sandbox.get(traced_path(sandbox)).status_code == 200


def test_a_fault_strikes_as_often_as_it_says(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=502, times=2)
    assert [sandbox.get(traced_path(sandbox)).status_code for _ in range(3)] == [502, 502, 200]


def test_a_fault_strikes_only_the_method_and_path_it_is_meant_for(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", method="put")
    sandbox.fault("status", path_pattern="/PEERINGS$", status=504)
    assert sandbox.get(traced_path(sandbox)).status_code == 200
    assert refusal(sandbox.get(f"{traced_path(sandbox)}/peerings")) == (504, "GatewayTimeout")
    assert [fault["method"] for fault in sandbox.faults()] == ["PUT"]


def test_the_authority_suffers_as_well(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", path_pattern="/oauth2/v2.0/token$", status=503)
    scope = f"{sandbox.manifest['arm']}/.default"
    fields = {"grant_type": "client_credentials", "scope": scope}
    assert sandbox.ask_token(fields).status_code == 503
    assert sandbox.ask_token(fields).status_code == 200


def test_the_controls_never_suffer(sandbox: SandboxProcess) -> None:
    sandbox.fault("reset", path_pattern="_sandbox", times=5)
    assert [fault["times"] for fault in sandbox.faults()] == [5]


def test_what_is_left_is_listed_in_the_order_it_will_strike(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", times=3, status=500)
    sandbox.fault("garbage")
    sandbox.get(traced_path(sandbox))
    assert [(fault["fault"], fault["times"]) for fault in sandbox.faults()] == [("status", 2), ("garbage", 1)]


def test_faults_of_operations_are_kept_for_those_who_write(sandbox: SandboxProcess) -> None:
    sandbox.fault("operation-failure", code="InternalServerError")
    sandbox.fault("operation-stall", seconds=5)
    assert sandbox.get(traced_path(sandbox)).status_code == 200
    assert [fault["fault"] for fault in sandbox.faults()] == ["operation-failure", "operation-stall"]


@pytest.mark.parametrize("end", ["clear_faults", "reset"])
def test_faults_are_gone_when_they_are_deleted_or_everything_is_reset(sandbox: SandboxProcess, end: str) -> None:
    sandbox.fault("status", times=9)
    getattr(sandbox, end)()
    assert sandbox.faults() == []
    assert sandbox.get(traced_path(sandbox)).status_code == 200


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ([], "JSON object"),
        ({}, "fault"),
        ({"fault": "explode"}, "explode"),
        ({"fault": "status", "status": 200}, "status"),
        ({"fault": "status", "status": True}, "status"),
        ({"fault": "delay", "seconds": -1}, "seconds"),
        ({"fault": "reset", "times": 0}, "times"),
        ({"fault": "status", "retry_after": "soon"}, "retry_after"),
        ({"fault": "status", "code": "a\r\nb"}, "code"),
        ({"fault": "reset", "path_pattern": "("}, "path_pattern"),
        ({"fault": "reset", "pathpattern": "x"}, "pathpattern"),
        ({"fault": "reset", "method": "FETCH"}, "FETCH"),
        ({"fault": "reset", "method": ""}, "method"),
        ({"fault": "reset", "method": False}, "method"),
    ],
)
def test_a_fault_that_cannot_be_is_refused_with_a_sentence(sandbox: SandboxProcess, body: object, word: str) -> None:
    answer = control(sandbox, "POST", "faults", json=body)
    assert answer.status_code == 400
    assert word in answer.json()["error"]
    assert sandbox.faults() == []
