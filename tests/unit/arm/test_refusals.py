import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from crossconnections import arm
from crossconnections.arm.answer import Answer, Head
from crossconnections.arm.refusals import refusal
from tests.unit.arm import answers


def refused(status: int, body: object = None, **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal(Answer(Head(status, {name.replace("_", "-"): value for name, value in headers.items()}), content))


def with_code(code: str) -> dict[str, dict[str, str]]:
    return {"error": {"code": code, "message": "…"}}


@pytest.mark.parametrize(
    ("status", "name", "expected"),
    [
        (401, "ExpiredAuthenticationToken(401)", arm.NotAuthenticated),
        (403, "AuthorizationFailed(403, x-ms-failure-cause: gateway)", arm.NotPermitted),
        (404, "RP-level 404", arm.NotFound),
        (404, "gateway 404", arm.NotFound),
        (404, "ResourceGroupNotFound(404)", arm.NotFound),
        (404, "unenrolled subscription 404", arm.NotEnrolled),
        (409, "MissingSubscriptionRegistration(409)", arm.NotRegistered),
        (429, "TooManyRequests(429, RP-level, no Retry-After)", arm.Throttled),
        (429, "AnotherOperationInProgress", arm.AnotherOperationInProgress),
        (400, "AnotherOperationInProgress", arm.AnotherOperationInProgress),
        (400, "MissingApiVersionParameter(400)", arm.ApiVersionRefused),
        (400, "InvalidApiVersionParameter(400)", arm.ApiVersionRefused),
        (400, "NoRegisteredProviderFound(400, x-ms-failure-cause: gateway)", arm.ApiVersionRefused),
        (400, "LocationRequired(400)", arm.Refused),
        (400, "CircuitReference", arm.Refused),
    ],
)
def test_bodies_as_azure_sent_them_find_their_class(status: int, name: str, expected: type) -> None:
    body = answers.load("errors")[name]
    error = refused(status, body)
    told = (error.status, error.code, error.message)
    assert told == (status, body["error"]["code"], body["error"]["message"])
    assert type(error) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, arm.Refused),
        (401, arm.NotAuthenticated),
        (403, arm.NotPermitted),
        (404, arm.NotFound),
        (409, arm.Refused),
        (408, arm.AzureFailed),
        (412, arm.Overtaken),
        (429, arm.Throttled),
        (500, arm.AzureFailed),
        (503, arm.AzureFailed),
        (504, arm.AzureFailed),
    ],
)
def test_a_code_that_nobody_listed_falls_back_on_the_status(status: int, expected: type) -> None:
    assert type(refused(status, with_code("SomethingNew"))) is expected


def test_the_code_goes_before_the_status() -> None:
    assert type(refused(404, with_code("SubscriptionNotFound"))) is arm.SubscriptionUnknown
    assert type(refused(400, with_code("ExpiredAuthenticationToken"))) is arm.NotAuthenticated
    assert type(refused(503, with_code("SubscriptionRequestsThrottled"))) is arm.Throttled


@pytest.mark.parametrize("body", [b"", b"<html>404</html>", b"[]", {"error": "x"}, {"error": {"code": 7}}, {}])
def test_a_404_without_azures_error_code_is_not_azures_word(body: object) -> None:
    assert type(refused(404, body)) is arm.AnswerNotUnderstood


@pytest.mark.parametrize("body", [b"", b"<html>bad gateway</html>", b"[]", {"error": []}, {"error": {"code": 7}}])
def test_an_error_page_of_a_proxy_is_known_by_its_status(body: object) -> None:
    error = refused(502, body)
    assert type(error) is arm.AzureFailed
    assert (error.code, error.message, str(error)) == ("", "", "Azure refused with 502.")


def test_ids_target_and_message_are_kept() -> None:
    body = {"error": {"code": "Conflict", "message": "one\r\n\x1b[31mtwo", "target": "sTag"}}
    error = refused(409, body, x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert (error.request_id, error.correlation_id, error.target) == ("r-1", "c-1", "sTag")
    assert "\n" not in str(error)
    assert "\r" not in str(error)


def test_a_message_without_end_is_cut() -> None:
    assert len(str(refused(400, {"error": {"code": "X", "message": "m" * 100_000}}))) < 1100


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("10", 10.0), ("0", 0.0), ("Tue, 01 May 2018 19:26:01 GMT", 30.0), ("Tue, 01 May 2018 19:00:00 GMT", 0.0)],
)
@time_machine.travel(datetime(2018, 5, 1, 19, 25, 31, tzinfo=UTC), tick=False)
def test_how_long_to_wait_is_seconds_or_a_date(header: str, seconds: float) -> None:
    assert refused(429, with_code("TooManyRequests"), Retry_After=header).retry_after == seconds


@pytest.mark.parametrize("header", ["", "soon", "-5", "nan", "inf", "1e9", "9" * 400, "Tue, 99 May 2018"])
def test_a_wait_that_makes_no_sense_is_unknown(header: str) -> None:
    assert refused(429, with_code("TooManyRequests"), Retry_After=header).retry_after is None


def test_every_error_survives_pickling() -> None:
    error = refused(429, with_code("TooManyRequests"), Retry_After="7", x_ms_request_id="r-1")
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(copied), str(copied), copied.__dict__) == (arm.Throttled, str(error), error.__dict__)
    assert vars(pickle.loads(pickle.dumps(arm.NoAnswer("x", request_id="r"))))["request_id"] == "r"  # noqa: S301


def test_the_tree_sorts_by_what_we_know() -> None:
    for not_asked in (arm.HostNotAllowed, arm.TokenNotObtained, arm.NotConnected):
        assert issubclass(not_asked, arm.NotAsked)
    for kind in (arm.NotAsked, arm.NoAnswer, arm.AnswerNotUnderstood, arm.Refused):
        assert kind.__base__ is arm.ArmError
