"""One step of one operation: at most one call to Azure, and what is known by then written down."""

from collections.abc import Callable
from typing import Generic

import structlog
from django.db import DatabaseError
from django.db.models.functions import Now

from crossconnections.arm import ArmClient, ArmError, OperationProgress, RetryPolicy
from crossconnections.azure import arm_client
from crossconnections.models import Operation
from crossconnections.services.engine.claims import Claim, ClaimLost, claim
from crossconnections.services.engine.outcomes import Outcomes
from crossconnections.services.engine.work import NeverGot, NotToBeSent, O, R, Wait, Work
from crossconnections.services.leases import clock

log = structlog.get_logger(__name__)

State = Operation.State
# What failed is asked again by the next step, if at all: a worker never sleeps.
ONCE = RetryPolicy(tries=1)


def carry_on(work: Work[O, R], *, row_id: int) -> None:
    """Take the next step of an operation, if it is due and nobody else is at it."""
    held = claim(work, row_id)
    if held is None:
        return
    step = Step(held)
    try:
        step.take()
    except ClaimLost:
        # Stopped by a person, or taken over after the lease: whoever has it writes down what comes of it.
        log.info("claim_lost", operation=str(held.row))
    finally:
        step.outcomes.write_what_is_left()


class Step(Generic[O, R]):
    """What there is to do for a row, as it stands when it is claimed."""

    def __init__(self, held: Claim[O, R]) -> None:
        self._held, self._work, self._row = held, held.work, held.row
        self.outcomes = Outcomes(held)

    def take(self) -> None:
        """Raises ClaimLost."""
        row = self._row
        if row.state == State.UNKNOWN and self._work.looks_before_repeating:
            self._try(self._inspect)
        elif self._is_over():
            self._give_up()
        elif row.state == State.RUNNING:
            self._try(self._look)
        elif self._may_be_sent():
            self._try(self._send)

    def _is_over(self) -> bool:
        """What must not be done twice is not given up unsent either: ``reason_to_wait`` knows what is too old."""
        may_end = self._row.state == State.RUNNING or not self._work.looks_before_repeating
        return may_end and self._row.give_up_at <= clock()

    def _give_up(self) -> None:
        if self._row.state == State.RUNNING and self._work.looks_before_repeating:
            self.outcomes.lose_sight()
        else:
            code = "GaveUp" if self._was_sent() else "NotSent"
            self.outcomes.fail_unsent(NotToBeSent(code, self._last_trouble()))

    def _may_be_sent(self) -> bool:
        if self._row.state == State.UNKNOWN and not self._may_be_sent_again():
            return False
        if reason := self._work.reason_not_to_send(self._row):
            self.outcomes.fail_unsent(reason)
            return False
        if wait := self._work.reason_to_wait(self._row):
            self.outcomes.give_back(wait)
            return False
        return True

    def _may_be_sent_again(self) -> bool:
        if self._row.sent >= self._work.most_sends:
            self.outcomes.fail(self._row.error_code or "NoWord", self._row.error_message)
            return False
        self._row.sent += 1
        self._held.move(State.SUBMITTING, sent=self._row.sent, sent_at=Now())
        return True

    def _was_sent(self) -> bool:
        """Before this step, which counted itself if it was about to send."""
        return self._row.sent > (self._row.state == State.SUBMITTING)

    def _last_trouble(self) -> str:
        return f"{self._row.error_code}: {self._row.error_message}" if self._row.error_code else ""

    def _try(self, ask: Callable[[ArmClient], OperationProgress | Wait | R]) -> None:
        try:
            with arm_client(recorder=self.outcomes.calls.note, retries=ONCE) as client:
                outcome = ask(client)
        except ArmError as error:
            self.outcomes.note_error(error)
        except NotToBeSent as reason:
            self.outcomes.fail_unsent(reason)
        except NeverGot:
            self.outcomes.send_again()
        except (DatabaseError, ClaimLost):
            raise  # that tells nothing of the operation: its lease runs out, and it is taken up again
        except Exception:
            # Our own fault would come again with every step: it ends here, the log has the rest.
            self.outcomes.note_fault()
            raise
        else:
            self._note(outcome)

    def _send(self, client: ArmClient) -> OperationProgress | R:
        return self._work.send(client, self._row, self._held.write)

    def _look(self, client: ArmClient) -> OperationProgress | R:
        return self._work.look(client, self._row)

    def _inspect(self, client: ArmClient) -> Wait | R:
        return self._work.inspect(client, self._row)

    def _note(self, outcome: OperationProgress | Wait | R) -> None:
        if isinstance(outcome, OperationProgress):
            self.outcomes.go_on(outcome)
        elif isinstance(outcome, Wait):
            self.outcomes.look_again(outcome)
        else:
            self.outcomes.succeed(outcome)
