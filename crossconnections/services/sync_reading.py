"""The reading itself: every LIST page, then a GET of each row that is new or moved."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import structlog
from django.utils import timezone

from crossconnections import mirror
from crossconnections.arm import (
    AnswerNotUnderstood,
    ArmClient,
    ArmError,
    AzureFailed,
    CrossConnectionResource,
    NotEnrolled,
    NotFound,
    ResourceId,
    SubscriptionUnknown,
)
from crossconnections.azure import arm_client, log_call
from crossconnections.models import CrossConnection, SyncRun
from crossconnections.services.leases import lease_end

log = structlog.get_logger(__name__)

# A single cross connection that Azure cannot show must not keep the others from being read.
SKIPPED = (NotFound, AzureFailed, AnswerNotUnderstood)
COUNTS = ("pages", "listed", "to_read", "read", "unread", "created", "changed", "gone")
ROWS_AT_ONCE = 100
SECONDS_BETWEEN_RENEWALS = 1.0


class LeaseLost(Exception):  # noqa: N818 - reads as what happened
    """Another worker has taken the run over; this one must not write any more."""


class Reading:
    """One attempt at one run. A page that fails ends it and leaves the mirror as it was for all that was not read."""

    def __init__(self, run: SyncRun, progress: Callable[[SyncRun], None]) -> None:
        self.run = run
        self.subscription = run.subscription
        self.progress = progress
        self._renewed_at = float("-inf")

    def carry_out(self) -> None:
        """Read, and write down how it ended."""
        try:
            self._read_all()
        except LeaseLost:
            log.warning("sync_lease_lost", run_id=self.run.pk)

    def _read_all(self) -> None:
        for name in COUNTS:  # an earlier attempt's counts say nothing of this one
            setattr(self.run, name, 0)
        try:
            with arm_client(recorder=log_call) as client:
                self._list(client)
                self._read(client)
        except ArmError as error:
            self._fail(error.code or type(error).__name__, str(error), error.correlation_id)
        except LeaseLost:
            raise
        except Exception:
            self._fail("PortalFault", "The portal itself failed; the worker's log says where.")
            raise
        else:
            self._succeed()

    def _list(self, client: ArmClient) -> None:
        seen: set[str] = set()
        self._renew()
        subscription_id = str(self.subscription.subscription_id)
        for page in client.list_cross_connections(subscription_id=subscription_id):
            seen.update(entry.service_key.lower() for entry in page.items)
            self._note_page(page.items)
            self._renew()
        # Only a complete list can tell that something is missing from it.
        self.run.gone = mirror.note_gone(subscription=self.subscription, seen=seen, now=timezone.now())

    def _note_page(self, entries: Sequence[CrossConnectionResource]) -> None:
        created, changed = mirror.note_listed(subscription=self.subscription, entries=entries, now=timezone.now())
        self.run.pages += 1
        self.run.listed += len(entries)
        self.run.created += created
        self.run.changed += changed

    def _read(self, client: ArmClient) -> None:
        self.run.to_read = mirror.list_to_read(self.subscription).count()
        for row in self._rows_to_read():
            self._renew()
            self._read_one(client, row)

    def _rows_to_read(self) -> Iterator[CrossConnection]:
        # By primary key, so that a row that could not be read is met once in a run, not for ever.
        last = 0
        while rows := list(mirror.list_to_read(self.subscription).filter(pk__gt=last)[:ROWS_AT_ONCE]):
            yield from rows
            last = rows[-1].pk

    def _read_one(self, client: ArmClient, row: CrossConnection) -> None:
        try:
            resource = client.get_cross_connection(resource_id=ResourceId.parse(row.resource_id))
        except (NotEnrolled, SubscriptionUnknown):
            raise  # these tell of the whole subscription
        except SKIPPED as error:
            self.run.unread += 1
            log.warning("cross_connection_not_read", service_key=row.service_key, reason=str(error))
            return
        self.run.changed += mirror.note_read(row=row, resource=resource, now=timezone.now())
        self.run.read += 1

    def _renew(self) -> None:
        """Before each call to Azure: keep the claim and show how far it got.

        At most once a second, since a write costs more than a call: a lease is longer than the longest call by
        more than that.
        """
        if time.monotonic() - self._renewed_at >= SECONDS_BETWEEN_RENEWALS:
            self._write(claimed_until=lease_end())
            self._renewed_at = time.monotonic()
        self.progress(self.run)

    def _fail(self, code: str, sentence: str, correlation_id: str = "") -> None:
        self.run.error_code, self.run.error_message = code[:80], sentence
        self.run.correlation_id = correlation_id[:80]
        self._end(SyncRun.State.FAILED)

    def _succeed(self) -> None:
        self._end(SyncRun.State.SUCCEEDED)
        self.subscription.last_synced_at = self.run.finished_at
        self.subscription.save(update_fields=["last_synced_at"])

    def _end(self, state: SyncRun.State) -> None:
        self.run.state, self.run.finished_at = state, timezone.now()
        words = ("state", "finished_at", "error_code", "error_message", "correlation_id")
        self._write(**{name: getattr(self.run, name) for name in words})
        self.progress(self.run)

    def _write(self, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        """Write to the run while it is this attempt's: the number of attempts is the fence."""
        counts = {name: getattr(self.run, name) for name in COUNTS}
        mine = SyncRun.objects.filter(pk=self.run.pk, state=SyncRun.State.RUNNING, attempts=self.run.attempts)
        if not mine.update(**counts, **values):
            raise LeaseLost
