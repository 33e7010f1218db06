"""What an error means for an operation: sorted by what is known of it afterwards.

Sources: the table of errors in ``crossconnections.arm.errors``; Azure Resource Manager RPC, Asynchronous Operations.
"""

from enum import Enum, auto

from crossconnections.arm import (
    AnotherOperationInProgress,
    AnswerNotUnderstood,
    ArmError,
    AzureFailed,
    HostNotAllowed,
    NoAnswer,
    NotAsked,
    NotAuthenticated,
    NotConnected,
    OperationFailed,
    OperationGone,
    Overtaken,
    Refused,
    Throttled,
)

BUSY = "AnotherOperationInProgress"
# A person waits: soon, but not so often that an Azure in trouble gets more of it.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 30.0
PAUSE_WHILE_RUNNING_SECONDS = 5.0
SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 300.0
# After so many failed steps on end a refusal is taken for Azure's last word; a network that is away is waited out.
MOST_REFUSALS = 4


class Verdict(Enum):
    """What comes next."""

    SEND_AGAIN = auto()  # Azure never got it
    LOOK_AGAIN = auto()  # it goes on, only the look failed
    UNKNOWN = auto()  # Azure may have got it
    FAILED = auto()


def verdict_on_sending(error: ArmError, *, failed_steps: int) -> Verdict:
    """After a call that should have begun the operation failed; ``failed_steps`` on end, without this one.

    NotFollowed is the end for whatever may be asked twice: the next answer would be no other.
    """
    if isinstance(error, HostNotAllowed):
        return Verdict.FAILED  # a setting, or an answer, that leads out of the cloud: it would do so again
    if isinstance(error, (NotConnected, Throttled, AnotherOperationInProgress, Overtaken)):
        return Verdict.SEND_AGAIN
    if isinstance(error, (NotAsked, NotAuthenticated)):  # no token, or one that Azure does not take
        return Verdict.SEND_AGAIN if failed_steps < MOST_REFUSALS else Verdict.FAILED
    if isinstance(error, (NoAnswer, AnswerNotUnderstood, AzureFailed)):
        return Verdict.UNKNOWN
    return Verdict.FAILED


def verdict_on_looking(error: ArmError, *, failed_steps: int) -> Verdict:
    """After a look at an operation that goes on failed, or told that it did."""
    if isinstance(error, OperationFailed):
        return Verdict.SEND_AGAIN if error.code == BUSY else Verdict.FAILED
    if isinstance(error, OperationGone):
        return Verdict.UNKNOWN
    if isinstance(error, HostNotAllowed):
        return Verdict.FAILED
    is_patient = isinstance(error, (NotConnected, NoAnswer, Throttled))
    return Verdict.LOOK_AGAIN if is_patient or failed_steps < MOST_REFUSALS else Verdict.FAILED


def is_busy(error: ArmError) -> bool:
    """Whether Azure was busy with another operation on the same resource, whichever way it said so."""
    return isinstance(error, AnotherOperationInProgress) or error.code == BUSY


def pause_after(error: ArmError, *, failed_steps: int) -> float:
    """Seconds until the next step: twice as long after each failure, and at least what Azure asks for."""
    planned = min(FIRST_PAUSE_SECONDS * 2.0 ** min(failed_steps, 10), LONGEST_PAUSE_SECONDS)
    asked = error.retry_after if isinstance(error, Refused) and error.retry_after is not None else 0.0
    return min(max(planned, asked), LONGEST_WAIT_SECONDS)


def pause_while_running(retry_after: float | None) -> float:
    """Seconds until the next look: what Azure asks for, within reason."""
    if retry_after is None:
        return PAUSE_WHILE_RUNNING_SECONDS
    return 0.0 if retry_after == 0 else min(max(retry_after, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)
