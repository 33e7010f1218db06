"""The reading itself: every LIST page, then a GET of each row that is new or moved, or was not read for a day."""

from collections.abc import Callable, Sequence

import structlog
from django.db import transaction
from django.utils import timezone

from crossconnections import mirror
from crossconnections.arm import (
    AnswerNotUnderstood,
    ArmClient,
    ArmError,
    AzureFailed,
    Call,
    CrossConnectionResource,
    NoAnswer,
    NotEnrolled,
    NotFound,
    ResourceId,
    SubscriptionUnknown,
    Throttled,
)
from crossconnections.azure import arm_client
from crossconnections.models import CrossConnection, SyncRun
from crossconnections.services.attempts import Attempt, LeaseLost
from crossconnections.services.budget import Budget
from crossconnections.services.ledger import Tally

log = structlog.get_logger(__name__)

# A single cross connection that Azure cannot show must not keep the others from being read.
SKIPPED = (NotFound, AzureFailed, NoAnswer, AnswerNotUnderstood)
ROWS_IN_ONE_WRITE = 20
MOST_FAILURES_IN_A_ROW = 5


class Reading:
    """One attempt at one run. A page that fails ends it and leaves the mirror as it was for all that was not read.

    What the budget leaves unread waits for the next sync: the rows themselves say so.
    """

    def __init__(self, run: SyncRun, progress: Callable[[SyncRun], None]) -> None:
        self.run = run
        self.subscription = run.subscription
        self.attempt = Attempt(run, progress)
        self.budget = Budget()
        self.tally = Tally(run)
        self._not_readable: set[int] = set()
        self._failed_in_a_row = 0

    def carry_out(self) -> None:
        """Read, and write down how it ended."""
        try:
            self._read_all()
        except LeaseLost:
            log.warning("sync_lease_lost", run_id=self.run.pk)
        finally:
            self.tally.write()

    def _read_all(self) -> None:
        try:
            with arm_client(recorder=self._note_call) as client:
                self._list(client)
                self._read(client)
        except ArmError as error:
            self.attempt.fail(error.code or type(error).__name__, str(error), error.correlation_id)
        except LeaseLost:
            raise
        except Exception:
            self.attempt.fail("PortalFault", "The portal itself failed; the worker's log says where.")
            raise
        else:
            self.attempt.succeed()

    def _note_call(self, call: Call) -> None:
        self.budget.note(call)
        self.tally.note(call)

    def _list(self, client: ArmClient) -> None:
        seen: set[str] = set()
        self.attempt.renew()
        subscription_id = str(self.subscription.subscription_id)
        for page in client.list_cross_connections(subscription_id=subscription_id):
            seen.update(entry.service_key.lower() for entry in page.items)
            self._note_page(page.items)
            self.attempt.renew()
        # Only a complete list can tell that something is missing from it.
        self.run.gone = mirror.note_gone(subscription=self.subscription, seen=seen, now=timezone.now())

    def _note_page(self, entries: Sequence[CrossConnectionResource]) -> None:
        created, changed = mirror.note_listed(subscription=self.subscription, entries=entries, now=timezone.now())
        self.run.pages += 1
        self.run.location = _location(entries)
        self.run.listed += len(entries)
        self.run.created += created
        self.run.changed += changed

    def _read(self, client: ArmClient) -> None:
        due = mirror.list_to_read(self.subscription, now=timezone.now())
        self.run.to_read = due.count()
        while rows := list(due.exclude(pk__in=self._not_readable)[:ROWS_IN_ONE_WRITE]):
            answers = [(row, self._ask(client, row)) for row in rows if not self.budget.is_spent()]
            self._note_answers(answers)
            if len(answers) < len(rows):
                return

    def _ask(self, client: ArmClient, row: CrossConnection) -> CrossConnectionResource | None:
        self.attempt.renew()
        try:
            resource = client.get_cross_connection(resource_id=ResourceId.parse(row.resource_id))
        except (NotEnrolled, SubscriptionUnknown):
            raise  # these tell of the whole subscription
        except Throttled:
            # The list is whole by now; the rows that are left know that they wait.
            self.budget.stop()
            return None
        except SKIPPED as error:
            self._failed_in_a_row += 1
            if self._failed_in_a_row == MOST_FAILURES_IN_A_ROW:
                raise  # it is no longer about single ones
            log.warning("cross_connection_not_read", service_key=row.service_key, reason=str(error))
            return None
        self._failed_in_a_row = 0
        return resource

    # No lock is held while Azure is asked; one transaction for many rows, since each costs a write to the disk.
    @transaction.atomic
    def _note_answers(self, answers: Sequence[tuple[CrossConnection, CrossConnectionResource | None]]) -> None:
        for row, resource in answers:
            if resource is None:
                self._not_readable.add(row.pk)
                self.run.unread += 1
            else:
                self.run.changed += mirror.note_read(row=row, resource=resource, now=timezone.now())
                self.run.read += 1


def _location(entries: Sequence[CrossConnectionResource]) -> str:
    return entries[-1].peering_location[:80] if entries else ""
