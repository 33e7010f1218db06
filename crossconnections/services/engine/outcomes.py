"""Writing down what came of a step: the row, the calls that were made, and when the next step is due, all at once."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, Generic

import structlog
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models.functions import Now

from crossconnections.arm import ArmError, OperationProgress
from crossconnections.models import Operation
from crossconnections.services.engine.claims import Claim
from crossconnections.services.engine.verdicts import (
    LONGEST_WAIT_SECONDS,
    Verdict,
    is_busy,
    pause_after,
    pause_while_running,
)
from crossconnections.services.engine.work import NotToBeSent, O, R, Wait
from crossconnections.services.leases import from_now
from crossconnections.services.ledger import Notebook
from crossconnections.services.throttling import note_throttled

log = structlog.get_logger(__name__)

State = Operation.State

_STATE_AFTER = {
    Verdict.SEND_AGAIN: State.QUEUED,
    Verdict.LOOK_AGAIN: State.RUNNING,
    Verdict.UNKNOWN: State.UNKNOWN,
}


class Outcomes(Generic[O, R]):
    """What can come of a step. Each method is one transaction, and raises ClaimLost where the row is another's now."""

    def __init__(self, held: Claim[O, R]) -> None:
        self._held, self._work, self._row = held, held.work, held.row
        subject = self._work.subject(self._row)
        self._subscription = subject.subscription
        self.calls = Notebook(
            self._work.purpose,
            subscription=subject.subscription,
            service_key=subject.service_key,
            asked_by_id=self._row.asked_by_id,
        )

    def write_what_is_left(self) -> None:
        """The calls of a step whose outcome is not this worker's to write any more: they were made all the same."""
        if not connection.in_atomic_block:  # one around the step would not survive it
            close_old_connections()  # it may be the database's going that left them
        with suppress(DatabaseError):
            self.calls.write()

    def go_on(self, progress: OperationProgress) -> None:
        """Azure is at it."""
        told = {
            "poll_url": progress.poll_url,
            "result_url": progress.result_url,
            "azure_status": progress.word[:80],
            **self._ids(progress.request_id, progress.correlation_id),
        }
        if self._row.state != State.SUBMITTING:
            told.pop("request_id", None)  # of the call that began it, which names the operation
        pause = pause_while_running(progress.retry_after)
        self._again(State.RUNNING, pause, failed_steps=0, error_code="", error_message="", **told)
        if not pause:
            self._work.hurry(self._row.pk)

    @transaction.atomic
    def succeed(self, result: R) -> None:
        """Azure has answered."""
        self._held.confirm()  # whoever took over may have kept a result already
        told = self._work.keep(self._row, result)
        self._end(State.SUCCEEDED, failed_steps=0, error_code="", error_message="", **told)

    @transaction.atomic
    def note_error(self, error: ArmError) -> None:
        """Azure, or the way to it, failed: what that means is the verdict's."""
        log.warning("step_failed", operation=str(self._row), state=self._row.state, reason=str(error))
        note_throttled(self._subscription, error)
        if is_busy(error):
            self._work.note_busy(self._row)
        told = {
            "error_code": error.word[:80],
            "error_message": getattr(error, "message", "") or str(error),
            **self._ids(error.request_id, error.correlation_id),
            "failed_steps": self._row.failed_steps + 1,
        }
        verdict = self._verdict(error)
        if verdict is Verdict.FAILED:
            self._end(State.FAILED, **told)
        else:
            self._once_more(verdict, pause_after(error, failed_steps=self._row.failed_steps), told)

    @transaction.atomic
    def give_back(self, wait: Wait) -> None:
        """Nothing was sent, and the row waits as before."""
        self._again(State.QUEUED, wait.seconds, **self._as_not_sent(), **wait.told)

    @transaction.atomic
    def look_again(self, wait: Wait) -> None:
        """Whether Azure got it is still not known."""
        self._again(State.UNKNOWN, wait.seconds, failed_steps=0, **wait.told)

    @transaction.atomic
    def send_again(self) -> None:
        """Azure never got it, as a look at it shows."""
        self._again(State.QUEUED, 0.0, **self._work.never_sent)
        self._work.hurry(self._row.pk)

    @transaction.atomic
    def lose_sight(self) -> None:
        """Azure came to no end: what became of it has to be looked up elsewhere."""
        self._again(State.UNKNOWN, 0.0, error_code="NoEnd", error_message="")
        self._work.hurry(self._row.pk)

    @transaction.atomic
    def fail_unsent(self, reason: NotToBeSent) -> None:
        """It ends by our own decision, before this step wrote anything."""
        told = {"error_code": reason.code[:80], "error_message": reason.sentence}
        self._end(State.FAILED, **told, **reason.told, **self._as_not_sent())

    @transaction.atomic
    def fail(self, code: str, message: str) -> None:
        """It was asked often enough."""
        self._end(State.FAILED, error_code=code[:80], error_message=message)

    def note_fault(self) -> None:
        """A fault of our own: the end, unless Azure may have got what must not be done twice."""
        if self._work.looks_before_repeating:
            self._again(State.UNKNOWN, LONGEST_WAIT_SECONDS, error_code="PortalFault", error_message="")
        else:
            self.fail("PortalFault", "")

    def _ids(self, request_id: str, correlation_id: str) -> dict[str, str]:
        """Of the call that asked; of what must not be done twice, no look takes their place: support asks for those."""
        if self._row.state != State.SUBMITTING and self._work.looks_before_repeating:
            return {}
        return {"request_id": request_id[:80], "correlation_id": correlation_id[:80]}

    def _once_more(self, verdict: Verdict, pause: float, told: dict[str, Any]) -> None:
        if verdict is Verdict.SEND_AGAIN:
            told |= {**self._work.never_sent, **self._as_not_sent()}
        self._again(_STATE_AFTER[verdict], pause, **told)

    def _as_not_sent(self) -> dict[str, Any]:
        """The claim counted it as sent before the call left; where nothing came of that, it is taken back."""
        return {**self._work.never_sent, "sent": self._row.sent - 1} if self._row.state == State.SUBMITTING else {}

    def _verdict(self, error: ArmError) -> Verdict:
        if self._row.state == State.RUNNING:
            return self._work.verdict_on_looking(self._row, error)
        if self._row.state == State.UNKNOWN:
            return Verdict.UNKNOWN  # the look failed, which tells nothing of what was looked at
        return self._work.verdict_on_sending(self._row, error)

    @transaction.atomic
    def _again(self, state: Operation.State, pause: float, **values: Any) -> None:  # noqa: ANN401 - columns
        values |= {"claimed_until": None, "due_at": from_now(timedelta(seconds=pause))}
        if state == self._row.state:
            self._held.write(**values)
        else:
            self._held.move(state, **values)
        self.calls.write()

    def _end(self, state: Operation.State, **values: Any) -> None:  # noqa: ANN401 - columns
        values |= {"claimed_until": None, "finished_at": Now(), **self._work.at_the_end}
        self._held.move(state, **values)
        self.calls.write()
        self._work.note_end(self._row)
