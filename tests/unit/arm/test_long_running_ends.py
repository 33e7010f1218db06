import pickle

import pytest

from crossconnections import arm
from crossconnections.arm import OperationProgress
from tests.unit.arm import answers
from tests.unit.arm.looks import (
    GERMAN,
    MOVED,
    NOT_AZURES,
    RESULT,
    STATUS,
    Look,
    at_result,
    at_status,
    both_addresses,
    with_code,
)

# How it ended, by the status.


@pytest.mark.parametrize("word", ["Failed", "Canceled"])
@pytest.mark.parametrize(
    ("error", "code", "message", "told"),
    [
        (
            {"code": "InternalServerError", "message": "boom"},
            "InternalServerError",
            "boom",
            " InternalServerError: boom",
        ),
        ({"code": "X", "message": "one\r\ntwo", "details": [{"code": "Y"}]}, "X", "one two", " X: one two"),
        ({"code": "NotFound", "message": GERMAN}, "NotFound", GERMAN, f" NotFound: {GERMAN}"),
        ({"code": "TooManyRequests"}, "TooManyRequests", "", " TooManyRequests"),
        ({"message": "boom"}, "", "boom", " boom"),
        ({"code": 7, "message": ["boom"]}, "", "", ""),
        ({}, "", "", ""),
        (None, "", "", ""),
        ("boom", "", "", ""),
        ([], "", "", ""),
    ],
)
def test_an_end_without_success_is_told_in_azures_words(
    word: str, error: object, code: str, message: str, told: str
) -> None:
    with pytest.raises(arm.OperationFailed) as raised:
        at_status(200, {"status": word, "error": error}, x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert (raised.value.code, raised.value.message) == (code or word, message)
    assert str(raised.value) == f"Azure ended the operation as {word}.{told}"
    assert (raised.value.request_id, raised.value.correlation_id) == ("r-1", "c-1")


def test_an_end_without_any_error_is_told_by_its_word() -> None:
    with pytest.raises(arm.OperationFailed, match=r"^Azure ended the operation as Canceled\.$") as raised:
        at_status(200, {"status": "canceled"})
    assert (raised.value.code, raised.value.word, raised.value.message) == ("Canceled", "Canceled", "")


def test_an_error_beside_another_word_ends_nothing() -> None:
    assert at_status(200, {"status": "InProgress"} | with_code("X")).poll_url == STATUS
    assert at_status(200, {"status": "Succeeded"} | with_code("X")).poll_url == RESULT


def test_a_message_without_end_is_cut() -> None:
    with pytest.raises(arm.OperationFailed) as raised:
        at_status(200, {"status": "Failed"} | with_code("X", "m" * 100_000))
    assert len(str(raised.value)) < 1100


# A look that is refused.


@both_addresses
@pytest.mark.parametrize("name", ["RP-level 404", "gateway 404", "ResourceGroupNotFound(404)"])
def test_a_404_in_azures_words_means_that_it_is_gone(look: Look, name: str) -> None:
    body = answers.load("errors")[name]
    with pytest.raises(arm.OperationGone, match="does not know the operation any more") as raised:
        look(404, body, x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    # Azure's code would tell of a peering or a cross connection that is not there.
    assert raised.value.word == "OperationGone"
    assert body["error"]["code"] in str(raised.value)
    assert (raised.value.request_id, raised.value.correlation_id) == ("r-1", "c-1")


@both_addresses
@pytest.mark.parametrize("body", NOT_AZURES)
def test_a_404_of_somebody_else_tells_of_the_look(look: Look, body: object) -> None:
    with pytest.raises(arm.AnswerNotUnderstood, match="not Azure's word"):
        look(404, body)


@both_addresses
def test_the_code_decides_and_neither_the_status_nor_the_message(look: Look) -> None:
    with pytest.raises(arm.OperationGone):
        look(400, with_code("NotFound", "Der Vorgang läuft noch."))
    with pytest.raises(arm.NotAuthenticated):
        look(400, with_code("ExpiredAuthenticationToken", GERMAN))
    with pytest.raises(arm.Throttled):
        look(404, with_code("TooManyRequests", GERMAN))


LOOK_REFUSED = [
    (401, "ExpiredAuthenticationToken", arm.NotAuthenticated),
    (403, "AuthorizationFailed", arm.NotPermitted),
    (429, "SubscriptionRequestsThrottled", arm.Throttled),
    (500, "InternalServerError", arm.AzureFailed),
    (502, "BadGateway", arm.AzureFailed),
    (503, "ServiceUnavailable", arm.AzureFailed),
    (504, "GatewayTimeout", arm.AzureFailed),
]


@both_addresses
@pytest.mark.parametrize(("status", "code", "expected"), LOOK_REFUSED)
def test_these_tell_of_the_look_and_not_of_the_operation(
    look: Look, status: int, code: str, expected: type[arm.Refused]
) -> None:
    for body in (with_code(code), with_code(code, GERMAN), *NOT_AZURES):
        with pytest.raises(expected) as raised:
            look(status, body, Retry_After="17")
        assert (type(raised.value), raised.value.status, raised.value.retry_after) == (expected, status, 17.0)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "InvalidApiVersionParameter"),
        (400, "SomethingNew"),
        (409, "MissingSubscriptionRegistration"),
        (409, "Conflict"),
        (412, "PreconditionFailed"),
        (429, "AnotherOperationInProgress"),
    ],
)
@pytest.mark.parametrize("message", ["The BGP Peering … is not found", GERMAN])
def test_each_other_refusal_is_the_end_at_the_place_of_the_result_only(status: int, code: str, message: str) -> None:
    body = with_code(code, message)
    with pytest.raises(arm.OperationFailed) as ended:
        at_result(status, body, x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert (ended.value.code, ended.value.message) == (code, message)
    assert (ended.value.request_id, ended.value.correlation_id) == ("r-1", "c-1")
    assert str(ended.value) == f"Azure refused with {status} {code}: {message}"
    with pytest.raises(arm.Refused) as raised:
        at_status(status, body)
    assert raised.value.code == code


# The place of the result.


def test_a_202_there_goes_on_at_the_same_place() -> None:
    progress = at_result(202, Retry_After="10", x_ms_request_id="r-1", x_ms_correlation_request_id="c-1")
    assert progress == OperationProgress(RESULT, "", "", 10.0, "r-1", "c-1")


def test_a_202_there_may_name_a_new_place() -> None:
    assert at_result(202, Location=MOVED) == OperationProgress(MOVED, "", "", None, "", "")


@pytest.mark.parametrize("body", [{"status": "Succeeded"}, {"status": "Failed"}, {"value": []}, b"<html>"])
def test_no_body_of_a_202_there_ends_it(body: object) -> None:
    assert at_result(202, body) == OperationProgress(RESULT, "", "", None, "", "")


@pytest.mark.parametrize("status", [200, 204, 302])
def test_what_is_neither_202_nor_refused_is_for_whoever_knows_the_result(status: int) -> None:
    assert at_result(status, {"value": []}) is None


def test_both_errors_survive_pickling_and_stand_beside_the_refusals() -> None:
    failed = arm.OperationFailed("It failed.", message="boom", code="X", request_id="r-1", correlation_id="c-1")
    for error in (failed, arm.OperationGone("It is gone.", code="NotFound", request_id="r-1")):
        copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        assert (type(copied), str(copied), vars(copied)) == (type(error), str(error), vars(error))
        assert type(error).__base__ is arm.ArmError
