"""One attempt at a sync: the list, then the rows, and how it ended."""

from collections.abc import Callable

import structlog

from crossconnections.arm import ArmError, Call
from crossconnections.azure import arm_client
from crossconnections.models import SyncRun
from crossconnections.services.attempts import Attempt, LeaseLost
from crossconnections.services.budget import Budget
from crossconnections.services.ledger import Tally
from crossconnections.services.sync_listing import TOO_SHORT, Listing, ListTooShort
from crossconnections.services.sync_rows import Rows
from crossconnections.services.throttling import note_quota, note_throttled, quota_seen

log = structlog.get_logger(__name__)


class Reading:
    """A page that fails ends it and leaves the mirror as it was for all that was not read."""

    def __init__(self, run: SyncRun, progress: Callable[[SyncRun], None]) -> None:
        self.run = run
        self.attempt = Attempt(run, progress)
        self.budget = Budget(known_reads=quota_seen(run.subscription))
        self.tally = Tally(run)

    def carry_out(self) -> None:
        """Read, and write down how it ended."""
        try:
            self._read()
        except LeaseLost:
            log.warning("sync_lease_lost", run_id=self.run.pk)
        finally:
            self.tally.write()
            note_quota(self.run.subscription, seen_reads=self.budget.seen_reads)

    def _read(self) -> None:
        try:
            with arm_client(recorder=self._note_call) as client:
                Listing(self.attempt).read(client)
                Rows(self.attempt, self.budget).read(client)
        except ArmError as error:
            self._fail(error)
        except ListTooShort as error:
            self.attempt.fail(TOO_SHORT, str(error))
        except LeaseLost:
            raise
        except Exception:
            self.attempt.fail("PortalFault", "The portal itself failed; the worker's log says where.")
            raise
        else:
            self.attempt.succeed()

    def _fail(self, error: ArmError) -> None:
        log.warning("sync_failed", run_id=self.run.pk, reason=str(error))
        note_throttled(self.run.subscription, error)
        self.attempt.fail(error.word, str(error), error.correlation_id)

    def _note_call(self, call: Call) -> None:
        self.budget.note(call)
        self.tally.note(call)
