"""Asking again: only what is safe to ask twice, soon, and within the time that the whole call has."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from crossconnections.arm.errors import AnswerCut, ArmError, AzureFailed, NoAnswer, NotConnected

T = TypeVar("T")

_PASSING_FAULTS = frozenset(
    {
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
_LONGEST_WAIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a read is tried in all, and the pause before the second try, the third and so on.

    ValueError unless there is a pause for each try but the first.
    """

    tries: int = 3
    pauses_seconds: tuple[float, ...] = (0.2, 1.0)

    def __post_init__(self) -> None:
        if not 1 <= self.tries <= len(self.pauses_seconds) + 1 or min(self.pauses_seconds, default=0) < 0:
            raise ValueError("A retry policy needs at least one try and a pause before each of the others.")

    @property
    def pauses(self) -> tuple[float, ...]:
        """The pauses that there are tries for."""
        return self.pauses_seconds[: self.tries - 1]


def tried_again(
    attempt: Callable[[], T],
    *,
    policy: RetryPolicy,
    sleep: Callable[[float], None],
    has_time_after: Callable[[float], bool],
) -> T:
    """What ``attempt`` returns, tried again after a passing failure while ``has_time_after(pause)``.

    Otherwise the failure itself: the last one where several tries failed.
    """
    for planned in policy.pauses:
        try:
            return attempt()
        except ArmError as error:
            pause = pause_after(error, planned)
            if pause is None or not has_time_after(pause):
                raise
        sleep(pause)
    return attempt()


def pause_after(error: ArmError, planned: float) -> float | None:
    """How long to wait before a read is tried again; None when it must not be, or when Azure asks for too long.

    Throttling is not waited out here: who asked knows what else there is to do meanwhile.
    """
    if isinstance(error, AzureFailed):
        wait = planned if error.retry_after is None else max(planned, error.retry_after)
        return wait if error.status in _PASSING_FAULTS and wait <= max(planned, _LONGEST_WAIT_SECONDS) else None
    return planned if isinstance(error, (NoAnswer, NotConnected, AnswerCut)) else None
