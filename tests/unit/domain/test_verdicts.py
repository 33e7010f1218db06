"""What each error means for an operation, sorted by what is known afterwards."""

import pytest

from crossconnections.arm import (
    AnotherOperationInProgress,
    AnswerCut,
    AnswerNotUnderstood,
    ApiVersionRefused,
    ArmError,
    AzureFailed,
    HostNotAllowed,
    NoAnswer,
    NotAuthenticated,
    NotConnected,
    NotEnrolled,
    NotFollowed,
    NotFound,
    NotPermitted,
    NotRegistered,
    OperationFailed,
    OperationGone,
    Refused,
    Throttled,
    TokenNotObtained,
)
from crossconnections.services.engine.verdicts import (
    MOST_REFUSALS,
    Verdict,
    is_busy,
    pause_after,
    pause_while_running,
    verdict_on_looking,
    verdict_on_sending,
)

SEND_AGAIN, LOOK_AGAIN, UNKNOWN, FAILED = Verdict.SEND_AGAIN, Verdict.LOOK_AGAIN, Verdict.UNKNOWN, Verdict.FAILED


@pytest.mark.parametrize(
    ("error", "sending", "looking"),
    [
        (NotConnected(), SEND_AGAIN, LOOK_AGAIN),
        (Throttled(status=429), SEND_AGAIN, LOOK_AGAIN),
        (AnotherOperationInProgress(status=400), SEND_AGAIN, LOOK_AGAIN),
        (TokenNotObtained(code="AADSTS7000215"), SEND_AGAIN, LOOK_AGAIN),
        (NotAuthenticated(status=401), SEND_AGAIN, LOOK_AGAIN),
        (NoAnswer(), UNKNOWN, LOOK_AGAIN),
        (AnswerCut(), UNKNOWN, LOOK_AGAIN),
        (AnswerNotUnderstood(), UNKNOWN, LOOK_AGAIN),
        (AzureFailed(status=500), UNKNOWN, LOOK_AGAIN),
        (AzureFailed(status=503, retry_after=3), UNKNOWN, LOOK_AGAIN),
        (NotPermitted(status=403), FAILED, LOOK_AGAIN),
        (NotFound(status=404), FAILED, LOOK_AGAIN),
        (NotEnrolled(status=404), FAILED, LOOK_AGAIN),
        (NotRegistered(status=409), FAILED, LOOK_AGAIN),
        (ApiVersionRefused(status=400), FAILED, LOOK_AGAIN),
        (Refused(status=400, code="SomethingNew"), FAILED, LOOK_AGAIN),
        (HostNotAllowed(), FAILED, FAILED),
        (NotFollowed(), FAILED, LOOK_AGAIN),
        (OperationGone(), FAILED, UNKNOWN),
        (OperationFailed(code="InternalServerError"), FAILED, FAILED),
        (OperationFailed(code="AnotherOperationInProgress"), FAILED, SEND_AGAIN),
    ],
    ids=lambda value: getattr(value, "word", None),
)
def test_an_error_means(error: ArmError, sending: Verdict, looking: Verdict):
    assert verdict_on_sending(error, failed_steps=0) is sending
    assert verdict_on_looking(error, failed_steps=0) is looking


@pytest.mark.parametrize("error", [NotConnected(), NoAnswer(), Throttled(status=429)])
def test_a_network_that_is_away_is_waited_out(error: ArmError):
    assert verdict_on_looking(error, failed_steps=1_000) is LOOK_AGAIN


@pytest.mark.parametrize("error", [AzureFailed(status=500), AnswerNotUnderstood(), NotPermitted(status=403)])
def test_a_refusal_that_comes_again_and_again_is_azures_last_word(error: ArmError):
    assert verdict_on_looking(error, failed_steps=MOST_REFUSALS - 1) is LOOK_AGAIN
    assert verdict_on_looking(error, failed_steps=MOST_REFUSALS) is FAILED


def test_a_token_that_is_not_to_be_had_is_not_waited_for_without_end():
    assert verdict_on_sending(TokenNotObtained(), failed_steps=MOST_REFUSALS) is FAILED
    assert verdict_on_sending(NotConnected(), failed_steps=MOST_REFUSALS) is SEND_AGAIN


def test_azure_is_busy_whichever_way_it_says_so():
    assert is_busy(AnotherOperationInProgress(status=429))
    assert is_busy(OperationFailed(code="AnotherOperationInProgress"))
    assert not is_busy(OperationFailed(code="InternalServerError"))


def test_pauses_double_up_to_half_a_minute():
    assert [pause_after(NoAnswer(), failed_steps=count) for count in range(6)] == [2, 4, 8, 16, 30, 30]
    assert pause_after(NoAnswer(), failed_steps=60_000) == 30


@pytest.mark.parametrize(("asked", "waited"), [(None, 2), (0, 2), (1, 2), (45, 45), (86_400, 300)])
def test_azures_retry_after_is_heeded_within_reason(asked: float | None, waited: float):
    assert pause_after(Throttled(status=429, retry_after=asked), failed_steps=0) == waited


@pytest.mark.parametrize(("asked", "waited"), [(None, 5), (0, 0), (0.2, 1), (10, 10), (86_400, 300)])
def test_between_two_looks_it_waits_as_azure_asks(asked: float | None, waited: float):
    assert pause_while_running(asked) == waited
