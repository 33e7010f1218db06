"""One step of one operation: at most one call to Azure, and what is known by then written down in one transaction."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, Generic

import structlog
from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from crossconnections.arm import ArmError, OperationProgress, RetryPolicy
from crossconnections.azure import arm_client
from crossconnections.models import Operation
from crossconnections.services.engine.claims import Claim, ClaimLost, claim
from crossconnections.services.engine.verdicts import (
    Verdict,
    is_busy,
    pause_after,
    pause_while_running,
    verdict_on_looking,
    verdict_on_sending,
)
from crossconnections.services.engine.work import O, R, Work
from crossconnections.services.leases import clock, from_now
from crossconnections.services.ledger import Notebook
from crossconnections.services.throttling import note_throttled

log = structlog.get_logger(__name__)

State = Operation.State
ONCE = RetryPolicy(tries=1)
SECONDS_IN_THE_LANE = 1.0


def carry_on(work: Work[O, R], *, row_id: int) -> None:
    """Take the next step of an operation, if it is due and nobody else is at it."""
    held = claim(work, row_id)
    if held is None:
        return
    with suppress(ClaimLost):  # stopped by a person, or taken over: whoever has it now writes it down
        Step(held).take()


class Step(Generic[O, R]):
    """A claimed row and the calls that were made for it, which are written with whatever comes of them."""

    def __init__(self, held: Claim[O, R]) -> None:
        self._held, self._work, self._row = held, held.work, held.row
        subject = self._work.subject(self._row)
        self._subscription = subject.subscription
        self._calls = Notebook(
            self._work.purpose,
            subscription=subject.subscription,
            service_key=subject.service_key,
            asked_by_id=self._row.asked_by_id,
        )

    def take(self) -> None:
        """Raises ClaimLost."""
        if self._row.give_up_at <= clock():
            self._fail("GaveUp", self._last_trouble(), **self._as_not_sent())
        elif self._row.state == State.RUNNING or self._may_be_sent():
            self._ask()

    def _may_be_sent(self) -> bool:
        if self._row.state == State.UNKNOWN and not self._may_be_sent_again():
            return False
        if reason := self._work.reason_not_to_send(self._row):
            self._fail(reason.code, reason.sentence, **self._as_not_sent())
            return False
        if self._work.has_to_wait(self._row):
            self._again(State.QUEUED, SECONDS_IN_THE_LANE, **self._as_not_sent())
            return False
        return True

    def _last_trouble(self) -> str:
        return f"{self._row.error_code}: {self._row.error_message}" if self._row.error_code else ""

    def _as_not_sent(self) -> dict[str, int]:
        """The claim counted it as sent, before the call leaves; where it does not, that is taken back."""
        return {"sent": self._row.sent - 1} if self._row.state == State.SUBMITTING else {}

    def _may_be_sent_again(self) -> bool:
        if self._row.sent >= self._work.most_sends:
            self._fail(self._row.error_code or "NoWord", self._row.error_message)
            return False
        self._row.sent += 1
        self._held.move(State.SUBMITTING, sent=self._row.sent, sent_at=Now())
        return True

    def _ask(self) -> None:
        try:
            outcome = self._call()
        except ArmError as error:
            self._note_error(error)
        except DatabaseError:
            raise  # nothing is known to be wrong with the operation: its lease runs out, and it is taken up again
        except Exception:
            # Our own fault would come again with every step: it ends here, the log has the rest.
            self._fail("PortalFault", "")
            raise
        else:
            self._note(outcome)

    def _call(self) -> OperationProgress | R:
        ask = self._work.look if self._row.state == State.RUNNING else self._work.send
        with arm_client(recorder=self._calls.note, retries=ONCE) as client:
            return ask(client, self._row)

    def _note(self, outcome: OperationProgress | R) -> None:
        if isinstance(outcome, OperationProgress):
            self._go_on(outcome)
        else:
            self._succeed(outcome)

    def _go_on(self, progress: OperationProgress) -> None:
        told = {
            "poll_url": progress.poll_url,
            "result_url": progress.result_url,
            "azure_status": progress.word[:80],
            "correlation_id": progress.correlation_id[:80],
        }
        if self._row.state == State.SUBMITTING:
            told["request_id"] = progress.request_id[:80]
        pause = pause_while_running(progress.retry_after)
        self._again(State.RUNNING, pause, failed_steps=0, error_code="", error_message="", **told)
        if not pause:
            self._work.hurry(self._row.pk)

    @transaction.atomic
    def _succeed(self, result: R) -> None:
        told = self._work.keep(self._row, result)
        self._end(State.SUCCEEDED, error_code="", error_message="", **told)

    @transaction.atomic
    def _note_error(self, error: ArmError) -> None:
        log.warning("step_failed", operation=str(self._row), state=self._row.state, reason=str(error))
        note_throttled(self._subscription, error)
        if is_busy(error):
            self._work.note_busy(self._row)
        verdict = self._verdict(error)
        if verdict is Verdict.FAILED:
            self._fail(error.word, _azures_words(error), correlation_id=error.correlation_id[:80])
            return
        self._again(
            _STATE_AFTER[verdict],
            pause_after(error, failed_steps=self._row.failed_steps),
            failed_steps=self._row.failed_steps + 1,
            error_code=error.word[:80],
            error_message=_azures_words(error),
            correlation_id=error.correlation_id[:80],
        )

    def _verdict(self, error: ArmError) -> Verdict:
        judge = verdict_on_looking if self._row.state == State.RUNNING else verdict_on_sending
        return judge(error, failed_steps=self._row.failed_steps)

    @transaction.atomic
    def _again(self, state: Operation.State, pause: float, **values: Any) -> None:  # noqa: ANN401 - columns
        values |= {"claimed_until": None, "due_at": from_now(timedelta(seconds=pause))}
        if state == self._row.state:
            self._held.write(**values)
        else:
            self._held.move(state, **values)
        self._calls.write()

    @transaction.atomic
    def _fail(self, code: str, message: str, **values: Any) -> None:  # noqa: ANN401 - columns
        self._end(State.FAILED, error_code=code[:80], error_message=message, **values)

    def _end(self, state: Operation.State, **values: Any) -> None:  # noqa: ANN401 - columns
        self._held.move(state, claimed_until=None, finished_at=Now(), **values)
        self._calls.write()
        self._work.note_end(self._row)


_STATE_AFTER = {
    Verdict.SEND_AGAIN: State.QUEUED,
    Verdict.LOOK_AGAIN: State.RUNNING,
    Verdict.UNKNOWN: State.UNKNOWN,
}


def _azures_words(error: ArmError) -> str:
    return getattr(error, "message", "") or str(error)
