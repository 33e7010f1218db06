"""The second half of a sync: a GET of each row that waits for one, as far as the budget goes."""

import structlog
from django.utils import timezone

from crossconnections import mirror
from crossconnections.arm import (
    AnswerNotUnderstood,
    ApiVersionRefused,
    ArmClient,
    ArmError,
    NoAnswer,
    NotAuthenticated,
    NotEnrolled,
    NotRegistered,
    Refused,
    ResourceId,
    SubscriptionUnknown,
    Throttled,
)
from crossconnections.mirror import NotRead, Outcome
from crossconnections.services.attempts import Attempt
from crossconnections.services.budget import Budget
from crossconnections.services.throttling import note_throttled

log = structlog.get_logger(__name__)

# These tell of the subscription or of ourselves, and so of every row.
OF_ALL = (NotEnrolled, SubscriptionUnknown, NotRegistered, NotAuthenticated, ApiVersionRefused)
# A single cross connection that Azure cannot or does not want to show must not keep the others from being read.
OF_ONE = (Refused, NoAnswer, AnswerNotUnderstood)
ROWS_IN_ONE_WRITE = 20
MOST_FAILURES_IN_A_ROW = 5


class Rows:
    """Reads the rows that wait; what the budget leaves waits for the next sync: the rows themselves say so."""

    def __init__(self, attempt: Attempt, budget: Budget) -> None:
        self._attempt = attempt
        self._run = attempt.run
        self._budget = budget
        self._answers: list[mirror.Answer] = []
        self._failed_in_a_row = 0

    def read(self, client: ArmClient) -> None:
        """The most urgent first; what came is kept whatever comes after it.

        Raises:
            ArmError: it is not about a single row any more, but about all of them.
            LeaseLost: another worker has the run.
        """
        self._budget.start()
        waiting = mirror.list_to_read(self._run.subscription, now=timezone.now())
        self._run.to_read = len(waiting)
        try:
            self._read_all(client, waiting)
        finally:
            self._note()

    def _read_all(self, client: ArmClient, waiting: list[int]) -> None:
        for row_id in waiting:
            if self._budget.is_spent():
                return
            self._attempt.renew()
            if question := mirror.ask(row_id):
                self._ask(client, question)
            if len(self._answers) == ROWS_IN_ONE_WRITE:
                self._note()

    def _ask(self, client: ArmClient, question: mirror.Question) -> None:
        try:
            resource = client.get_cross_connection(resource_id=ResourceId.parse(question.resource_id))
        except OF_ALL:
            raise
        except Throttled as error:
            # The list is whole by now; the rows that are left know that they wait.
            self._budget.stop()
            note_throttled(self._run.subscription, error)
            self._run.unread += 1
        except OF_ONE as error:
            self._answers.append((question, NotRead(error.word, error.correlation_id)))
            self._count_failure(question, error)
        else:
            self._failed_in_a_row = 0
            self._answers.append((question, resource))

    def _count_failure(self, question: mirror.Question, error: ArmError) -> None:
        log.warning("cross_connection_not_read", service_key=question.service_key, reason=str(error))
        # Those that failed before are known to: they tell nothing of the others.
        self._failed_in_a_row += not question.has_failed
        if self._failed_in_a_row == MOST_FAILURES_IN_A_ROW:
            raise error

    def _note(self) -> None:
        # One transaction for many rows, since each costs a write to the disk.
        answers, self._answers = self._answers, []
        if answers:
            became = mirror.note_answers(answers, now=timezone.now(), fence=self._attempt.hold)
            self._run.changed += became[Outcome.CHANGED]
            self._run.read += became[Outcome.CHANGED] + became[Outcome.UNCHANGED]
            self._run.unread += became[Outcome.NOT_READ]
