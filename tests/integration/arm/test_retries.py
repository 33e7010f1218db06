import time
from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ResourceId, RetryPolicy, TimeOuts
from crossconnections.arm.answer import Answer
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    head,
    reply,
    reply_with,
    resets_after,
    sends,
    sends_then_waits,
)
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
Patient = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
GOOD = reply(answers.load("trace_get"))
LONG = TimeOuts(connect_seconds=0.3, read_seconds=0.3, total_seconds=5)


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def patient(client_for: ClientFor, slept: list[float]) -> Patient:
    def build(server: Loopback, **options: object) -> ArmClient:
        return client_for(server, **{"retries": RetryPolicy(), "sleep": slept.append, "time_outs": LONG} | options)

    return build


@pytest.mark.parametrize(
    ("script", "error"),
    [
        pytest.param(sends(b""), "NoAnswer", id="hangs up"),
        pytest.param(resets_after(b""), "NoAnswer", id="resets"),
        pytest.param(sends_then_waits(b""), "NoAnswer", id="says nothing"),
        pytest.param(sends(head(200, Content_Length="1000") + b'{"id":'), "NoAnswer", id="truncates"),
        pytest.param(sends(head(200) + b'{"id":'), "AnswerCut", id="truncates without a length"),
        *(pytest.param(reply_with(status, {}), "AzureFailed", id=str(status)) for status in (500, 502, 503, 504)),
    ],
)
def test_a_read_outlives_two_passing_failures(
    azure: Loopback, patient: Patient, calls: list[Call], script: Script, error: str
) -> None:
    azure.plays(script, script, GOOD)
    assert patient(azure).get_cross_connection(resource_id=KEY).s_tag == 3
    assert [call.error for call in calls] == [error, error, ""]
    assert len({asked.headers["x-ms-client-request-id"] for asked in azure.asked}) == 3


def test_the_third_failure_is_raised(azure: Loopback, patient: Patient, slept: list[float]) -> None:
    azure.plays(reply_with(500, {}), reply_with(500, {}), reply_with(502, {}), GOOD)
    with pytest.raises(arm.AzureFailed) as raised:
        patient(azure).get_cross_connection(resource_id=KEY)
    assert (raised.value.status, len(azure.asked), slept) == (502, 3, [0.2, 1.0])


def test_a_machine_that_does_not_listen_is_tried_again(azure: Loopback, patient: Patient, slept: list[float]) -> None:
    gone = Loopback(azure.port)
    client = patient(gone, proxies={"https": "http://127.0.0.1:1"})
    with pytest.raises(arm.NotConnected):
        client.get_cross_connection(resource_id=KEY)
    assert slept == [0.2, 1.0]


@pytest.mark.parametrize("headers", [{}, {"Retry_After": "0"}, {"Retry_After": "1"}, {"Retry_After": "17"}])
def test_throttling_is_never_waited_out(
    azure: Loopback, patient: Patient, slept: list[float], headers: dict[str, str]
) -> None:
    azure.plays(reply_with(429, answers.load("errors")["TooManyRequests(429, RP-level, no Retry-After)"], **headers))
    with pytest.raises(arm.Throttled) as raised:
        patient(azure).get_cross_connection(resource_id=KEY)
    assert raised.value.retry_after == (float(headers["Retry_After"]) if headers else None)
    assert (len(azure.asked), slept) == (1, [])


@pytest.mark.parametrize(("asked", "expected"), [("0", [0.2, 1.0]), ("1", [1.0, 1.0]), ("2", [2.0, 2.0])])
def test_a_short_wait_that_azure_asks_for_is_waited(
    azure: Loopback, patient: Patient, slept: list[float], asked: str, expected: list[float]
) -> None:
    script = reply_with(503, {}, Retry_After=asked)
    azure.plays(script, script, GOOD)
    patient(azure).get_cross_connection(resource_id=KEY)
    assert slept == expected


def test_a_long_wait_that_azure_asks_for_is_told(azure: Loopback, patient: Patient, slept: list[float]) -> None:
    azure.plays(reply_with(503, {}, Retry_After="3"), GOOD)
    with pytest.raises(arm.AzureFailed) as raised:
        patient(azure).get_cross_connection(resource_id=KEY)
    assert (raised.value.retry_after, len(azure.asked), slept) == (3.0, 1, [])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
@pytest.mark.parametrize("script", [sends(b""), reply_with(503, {}), sends(head(200) + b"{")])
def test_only_reads_are_tried_again(
    azure: Loopback, patient: Patient, slept: list[float], method: str, script: Script
) -> None:
    def refuses(_answer: Answer) -> None:
        raise arm.AzureFailed(status=503)

    azure.plays(script)
    with pytest.raises(arm.ArmError):
        patient(azure)._transport.ask(operation="x", method=method, url=f"{azure.url}/x", understand=refuses)
    assert (len(azure.asked), slept) == (1, [])


def test_all_tries_together_stay_within_the_time_of_one_call(
    azure: Loopback, patient: Patient, slept: list[float]
) -> None:
    azure.plays(sends_then_waits(b""))
    start = time.monotonic()
    with pytest.raises(arm.NoAnswer):
        patient(azure, time_outs=TimeOuts(0.2, 0.5, 1.0), sleep=time.sleep).get_cross_connection(resource_id=KEY)
    assert time.monotonic() - start < 1.15
    assert len(azure.asked) == 2


def test_a_call_that_used_its_time_up_is_not_tried_again(azure: Loopback, patient: Patient, slept: list[float]) -> None:
    azure.plays(sends_then_waits(b""))
    with pytest.raises(arm.NoAnswer):
        patient(azure, time_outs=TimeOuts(0.3, 0.6, 0.7)).get_cross_connection(resource_id=KEY)
    assert (len(azure.asked), slept) == (1, [])


def test_the_pauses_are_really_taken(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply_with(500, {}), GOOD)
    start = time.monotonic()
    client_for(azure, retries=RetryPolicy(), time_outs=LONG).get_cross_connection(resource_id=KEY)
    assert 0.2 <= time.monotonic() - start < 1


def test_a_second_page_is_tried_again_and_the_first_is_not(azure: Loopback, patient: Patient) -> None:
    page = reply({"value": [], "nextLink": f"{azure.url}/2"})
    azure.plays(page, reply_with(503, {}), reply({"value": []}))
    assert [one.number for one in patient(azure).list_cross_connections(subscription_id="s")] == [1, 2]
    assert [asked.target for asked in azure.asked[1:]] == ["/2", "/2"]


def test_what_is_left_of_the_quota_is_remembered(azure: Loopback, patient: Patient) -> None:
    quota = {"x_ms_ratelimit_remaining_subscription_reads": "11998"}
    azure.plays(reply_with(500, {}, x_ms_ratelimit_remaining_subscription_reads="11999"), GOOD)
    client = patient(azure)
    assert client.quota == {}
    client.get_cross_connection(resource_id=KEY)
    assert client.quota["s"].remaining_reads == 11999
    azure.plays(reply_with(429, {}, **quota, x_ms_ratelimit_remaining_subscription_writes="1199"))
    with pytest.raises(arm.Throttled):
        client.get_cross_connection(resource_id=KEY)
    assert (client.quota["s"].remaining_reads, client.quota["s"].remaining_writes) == (11998, 1199)
