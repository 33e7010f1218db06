"""One attempt at a sync: its lease, its counts and its end."""

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from crossconnections.models import SyncRun
from crossconnections.services.leases import lease_end

COUNTS = ("pages", "listed", "to_read", "read", "unread", "created", "changed", "gone")
SECONDS_BETWEEN_RENEWALS = 1.0


class LeaseLost(Exception):  # noqa: N818 - reads as what happened
    """Another worker has taken the run over; this one must not write any more."""


class Attempt:
    """Writes to the run only while it is this attempt's: the number of attempts is the fence."""

    def __init__(self, run: SyncRun, progress: Callable[[SyncRun], None]) -> None:
        self.run = run
        self._progress = progress
        self._renewed_at = float("-inf")
        for name in COUNTS:  # an earlier attempt's counts say nothing of this one
            setattr(run, name, 0)
        run.location = ""

    def renew(self) -> None:
        """Before each call to Azure: keep the claim and show how far it got.

        At most once a second, since a write costs more than a call: a lease is longer than the longest call by
        more than that.

        Raises:
            LeaseLost: another worker has the run.
        """
        if time.monotonic() - self._renewed_at >= SECONDS_BETWEEN_RENEWALS:
            self._write(claimed_until=lease_end())
            self._renewed_at = time.monotonic()
        self._progress(self.run)

    def hold(self) -> None:
        """A fence for the mirror's writes: inside their transaction, so that nobody takes the run over before its end.

        Raises:
            LeaseLost: another worker has the run.
        """
        self._write(claimed_until=lease_end())

    def succeed(self) -> None:
        """The end, and the mirror's new age."""
        self._end(SyncRun.State.SUCCEEDED)
        subscription = self.run.subscription
        subscription.last_synced_at = self.run.finished_at
        subscription.save(update_fields=["last_synced_at"])

    def fail(self, code: str, sentence: str, correlation_id: str = "") -> None:
        """The end, with Azure's code or ours."""
        self.run.error_code, self.run.error_message = code[:80], sentence
        self.run.correlation_id = correlation_id[:80]
        self._end(SyncRun.State.FAILED)

    def _end(self, state: SyncRun.State) -> None:
        self.run.state, self.run.finished_at = state, timezone.now()
        words = ("state", "finished_at", "error_code", "error_message", "correlation_id")
        self._write(**{name: getattr(self.run, name) for name in words})
        self._progress(self.run)

    def _write(self, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        far = {name: getattr(self.run, name) for name in (*COUNTS, "location")}
        mine = SyncRun.objects.filter(pk=self.run.pk, state=SyncRun.State.RUNNING, attempts=self.run.attempts)
        if not mine.update(**far, **values):
            raise LeaseLost
