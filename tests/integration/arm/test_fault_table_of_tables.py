"""Each fault of Azure's x each step of reading a table: what is raised, and how many requests were made."""

from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, ResourceId, RetryPolicy, TimeOuts
from crossconnections.enums import DevicePath, Table
from tests.integration.arm.conftest import PATIENT
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

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
# Time for three tries, none of which is answered.
WAITING = TimeOuts(connect_seconds=1, read_seconds=0.3, total_seconds=5)
SEEMS_WELL = {"status": "Succeeded", "value": []}


def refused(status: int, code: str, **headers: str) -> Script:
    return reply_with(status, {"error": {"code": code, "message": "…"}}, **headers)


# Faults that mean the same at each step: class of error, and how often a look is tried; the POST is sent once.
EVERYWHERE: dict[str, tuple[Script, type[arm.ArmError], int]] = {
    "401": (refused(401, "ExpiredAuthenticationToken"), arm.NotAuthenticated, 1),
    "403": (refused(403, "AuthorizationFailed"), arm.NotPermitted, 1),
    "404 of a proxy": (reply_with(404, b"<html>"), arm.AnswerNotUnderstood, 1),
    "429 with Retry-After": (refused(429, "SubscriptionRequestsThrottled", Retry_After="1"), arm.Throttled, 1),
    "429 without": (refused(429, "TooManyRequests"), arm.Throttled, 1),
    "500": (refused(500, "InternalServerError"), arm.AzureFailed, 3),
    "503": (refused(503, "ServiceUnavailable"), arm.AzureFailed, 3),
    "503 with Retry-After 1": (refused(503, "ServiceUnavailable", Retry_After="1"), arm.AzureFailed, 3),
    "503 with Retry-After 60": (refused(503, "ServiceUnavailable", Retry_After="60"), arm.AzureFailed, 1),
    "delay": (sends_then_waits(b""), arm.NoAnswer, 3),
    "reset": (resets_after(b""), arm.NoAnswer, 3),
    "truncate": (sends(head(200, Content_Length="1000") + b'{"value": ['), arm.NoAnswer, 3),
    "truncate without a length": (sends(head(200) + b'{"value": ['), arm.AnswerCut, 3),
    "garbage": (reply(b"<html>hello</html>"), arm.AnswerNotUnderstood, 1),
    "redirect": (reply_with(302, SEEMS_WELL, Location="https://evil.example/x"), arm.AnswerNotUnderstood, 1),
    "204": (reply_with(204, b""), arm.AnswerNotUnderstood, 1),
}
# Refusals that mean something else at each step: at the POST, at the status, at the result. Each is told at once.
BY_STEP: dict[str, tuple[Script, tuple[type[arm.ArmError], ...]]] = {
    "400": (refused(400, "SomethingNew"), (arm.Refused, arm.Refused, arm.OperationFailed)),
    "404": (refused(404, "ResourceNotFound"), (arm.NotFound, arm.OperationGone, arm.OperationGone)),
    "404 of a subscription": (
        refused(404, "SubscriptionNotFound"),
        (arm.SubscriptionUnknown, arm.OperationGone, arm.OperationGone),
    ),
    "409": (
        refused(409, "MissingSubscriptionRegistration"),
        (arm.NotRegistered, arm.NotRegistered, arm.OperationFailed),
    ),
    "429 for another operation": (
        refused(429, "AnotherOperationInProgress"),
        (arm.AnotherOperationInProgress, arm.AnotherOperationInProgress, arm.OperationFailed),
    ),
}


def post(client: ArmClient, _azure: Loopback) -> object:
    return client.start_table_read(
        resource_id=KEY, peering_type="AzurePrivatePeering", device_path=DevicePath.PRIMARY, table=Table.ARP
    )


def look_at_the_status(client: ArmClient, azure: Loopback) -> object:
    return client.follow_table_read(table=Table.ARP, poll_url=f"{azure.url}/status", result_url=f"{azure.url}/result")


def look_at_the_result(client: ArmClient, azure: Loopback) -> object:
    return client.follow_table_read(table=Table.ARP, poll_url=f"{azure.url}/result", result_url="")


Step = Callable[[ArmClient, Loopback], object]
STEPS: list[Step] = [post, look_at_the_status, look_at_the_result]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", EVERYWHERE)
def test_each_fault_that_means_the_same_everywhere(
    azure: Loopback, client_for: ClientFor, step: Step, fault: str
) -> None:
    script, error, looks = EVERYWHERE[fault]
    azure.plays(script)
    time_outs = WAITING if fault == "delay" else PATIENT
    client = client_for(azure, retries=RetryPolicy(), sleep=lambda _seconds: None, time_outs=time_outs)
    with pytest.raises(arm.ArmError) as raised:
        step(client, azure)
    assert (type(raised.value), len(azure.asked)) == (error, 1 if step is post else looks)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", BY_STEP)
def test_each_refusal_that_means_something_else_at_each_step(
    azure: Loopback, client_for: ClientFor, step: Step, fault: str
) -> None:
    script, errors = BY_STEP[fault]
    azure.plays(script)
    with pytest.raises(arm.ArmError) as raised:
        step(client_for(azure, retries=RetryPolicy(), sleep=lambda _seconds: None), azure)
    assert (type(raised.value), len(azure.asked)) == (errors[STEPS.index(step)], 1)


@pytest.mark.parametrize("step", STEPS[1:])
@pytest.mark.parametrize("fault", ["500", "reset", "truncate", "truncate without a length"])
def test_a_look_outlives_two_passing_faults(azure: Loopback, client_for: ClientFor, step: Step, fault: str) -> None:
    script = EVERYWHERE[fault][0]
    azure.plays(script, script, reply(SEEMS_WELL))
    step(client_for(azure, retries=RetryPolicy(), sleep=lambda _seconds: None), azure)
    assert [asked.method for asked in azure.asked] == ["GET"] * 3
