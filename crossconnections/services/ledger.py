"""The ledger: whatever was asked of Azure is written down, with the ids that Microsoft's support asks for."""

import time
from dataclasses import asdict
from typing import Any

from crossconnections.arm import Call, Recorder
from crossconnections.azure import log_call
from crossconnections.models import ArmCall, Subscription, SyncRun

SECONDS_BETWEEN_WRITES = 1.0


def ledger(purpose: ArmCall.Purpose, *, subscription: Subscription | None, service_key: str = "") -> Recorder:
    """A recorder that writes a row for each call; without a subscription where it is not enlisted."""

    def note(call: Call) -> None:
        log_call(call)
        ArmCall.objects.create(purpose=purpose, subscription=subscription, service_key=service_key, **_columns(call))

    return note


class Notebook:
    """The calls of one step of an operation, kept until what came of them is written: in the same transaction."""

    def __init__(
        self, purpose: ArmCall.Purpose, *, subscription: Subscription, service_key: str, asked_by_id: int | None
    ) -> None:
        self._of_all = {
            "purpose": purpose,
            "subscription": subscription,
            "service_key": service_key,
            "asked_by_id": asked_by_id,
        }
        self._rows: list[ArmCall] = []

    def note(self, call: Call) -> None:
        """A recorder."""
        log_call(call)
        self._rows.append(ArmCall(**self._of_all, **_columns(call)))

    def write(self) -> None:
        """A row for each."""
        ArmCall.objects.bulk_create(self._rows)
        self._rows = []


class Tally:
    """One row for all the calls of one attempt at a sync: they come by the hundred, and one tells of the others.

    ``note`` writes at most once a second, so that a killed worker leaves a row that is nearly right; ``write`` at
    the end.
    """

    def __init__(self, run: SyncRun) -> None:
        self._row = ArmCall(
            purpose=ArmCall.Purpose.SYNC,
            subscription=run.subscription,
            sync_run=run,
            asked_by_id=run.asked_by_id,
            duration_ms=0,
            calls=0,
        )
        self._written_at = float("-inf")

    def note(self, call: Call) -> None:
        """A recorder."""
        log_call(call)
        row = self._row
        row.started_at = row.started_at or call.started_at
        row.calls += 1
        row.failed_calls += bool(call.error)
        row.duration_ms += _milliseconds(call)
        if call.error or not row.failed_calls:
            _assign(row, _told(call))
        if time.monotonic() - self._written_at >= SECONDS_BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """What was counted so far, if anything was asked at all."""
        if self._row.calls:
            self._row.save()
        self._written_at = time.monotonic()


def _columns(call: Call) -> dict[str, Any]:
    """Of a row that tells of one call."""
    return {
        "started_at": call.started_at,
        "duration_ms": _milliseconds(call),
        "failed_calls": int(bool(call.error)),
        **_told(call),
    }


def _told(call: Call) -> dict[str, Any]:
    told = asdict(call)
    del told["started_at"], told["duration_seconds"]
    # Azure promises no lengths; only the path has a column that takes any.
    return {name: value[:80] if isinstance(value, str) and name != "path" else value for name, value in told.items()}


def _assign(row: ArmCall, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _milliseconds(call: Call) -> int:
    return round(call.duration_seconds * 1000)
