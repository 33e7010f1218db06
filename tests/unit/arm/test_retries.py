import pytest

from crossconnections import arm
from crossconnections.arm import RetryPolicy
from crossconnections.arm.retries import pause_after, tried_again


def failed(status: int, retry_after: float | None = None) -> arm.AzureFailed:
    return arm.AzureFailed(status=status, retry_after=retry_after)


@pytest.mark.parametrize(
    "error", [arm.NoAnswer(), arm.NotConnected(), arm.AnswerCut(), *(failed(status) for status in (500, 502, 503, 504))]
)
def test_a_passing_failure_is_tried_again(error: arm.ArmError) -> None:
    assert pause_after(error, 0.2) == 0.2


@pytest.mark.parametrize(
    "error",
    [
        arm.HostNotAllowed(),
        arm.TokenNotObtained(),
        arm.AnswerNotUnderstood(),
        arm.Throttled(status=429),
        arm.Throttled(status=429, retry_after=0.0),
        arm.Throttled(status=503, retry_after=1.0),
        arm.NotAuthenticated(status=401),
        arm.NotPermitted(status=403),
        arm.NotFound(status=404),
        arm.NotEnrolled(status=404),
        arm.AnotherOperationInProgress(status=429),
        arm.Refused(status=409),
        failed(501),
        failed(505),
    ],
)
def test_nothing_else_is(error: arm.ArmError) -> None:
    assert pause_after(error, 0.2) is None


@pytest.mark.parametrize(
    ("asked", "pause"), [(None, 0.2), (0.0, 0.2), (1.0, 1.0), (2.0, 2.0), (2.1, None), (600.0, None)]
)
def test_what_azure_asks_to_wait_is_waited_if_it_is_short(asked: float | None, pause: float | None) -> None:
    assert pause_after(failed(503, asked), 0.2) == pause


def attempts(*outcomes: arm.ArmError | str):
    left = list(outcomes)

    def attempt() -> str:
        outcome = left.pop(0)
        if isinstance(outcome, str):
            return outcome
        raise outcome

    return attempt


def test_the_pauses_are_as_the_policy_says() -> None:
    slept: list[float] = []
    attempt = attempts(arm.NoAnswer(), failed(500), "answer")
    read = tried_again(attempt, policy=RetryPolicy(), sleep=slept.append, has_time_after=lambda _pause: True)
    assert (read, slept) == ("answer", [0.2, 1.0])


def test_the_last_failure_is_what_is_raised() -> None:
    slept: list[float] = []
    attempt = attempts(arm.NoAnswer("first"), arm.NoAnswer("second"), failed(500), "too late")
    with pytest.raises(arm.AzureFailed) as raised:
        tried_again(attempt, policy=RetryPolicy(), sleep=slept.append, has_time_after=lambda _pause: True)
    assert raised.value.__context__ is None


def test_without_time_there_is_no_further_try() -> None:
    slept: list[float] = []
    attempt = attempts(arm.NoAnswer("first"), "never asked")
    with pytest.raises(arm.NoAnswer, match="first"):
        tried_again(attempt, policy=RetryPolicy(), sleep=slept.append, has_time_after=lambda pause: pause < 0.2)
    assert slept == []


@pytest.mark.parametrize(("tries", "pauses"), [(0, ()), (-1, (0.2,)), (3, (0.2,)), (2, (-0.1,))])
def test_a_policy_that_cannot_be_kept_is_refused(tries: int, pauses: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="retry policy"):
        RetryPolicy(tries=tries, pauses_seconds=pauses)


def test_a_policy_of_one_try_has_no_pauses() -> None:
    assert RetryPolicy(tries=1).pauses == ()
