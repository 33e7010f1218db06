"""The ledger's end of the wire: one :class:`Call` for each HTTP request, told to whoever was passed in."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from crossconnections.arm.answer import Head
from crossconnections.arm.errors import ArmError


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request to Azure Resource Manager and what came of it; never a body, a header or a query.

    ``operation`` is Azure's operation id (ExpressRouteCrossConnections_List), ``status`` None where none came,
    ``started_at`` aware UTC, ``remaining_reads`` and ``remaining_writes`` what Azure said is left of the quota,
    ``error`` the class name of what was raised and ``error_code`` Azure's word for it, or "".
    """

    operation: str
    method: str
    path: str
    status: int | None
    started_at: datetime
    duration_seconds: float
    request_id: str
    correlation_id: str
    client_request_id: str
    remaining_reads: int | None
    remaining_writes: int | None
    error: str
    error_code: str


Recorder = Callable[[Call], None]


def ignore_calls(_call: Call) -> None:
    """The recorder of those who keep no ledger."""


@dataclass(slots=True)
class Recording:
    """What is known of a call while it runs; ``head`` is set as soon as Azure's headers are there."""

    operation: str
    method: str
    path: str
    client_request_id: str
    head: Head | None = None


@contextmanager
def recorded(recorder: Recorder, recording: Recording) -> Iterator[Recording]:
    """Tell ``recorder`` of the block exactly once, however it ends; what the recorder raises is not caught."""
    started_at, start, error = datetime.now(UTC), time.monotonic(), None
    try:
        yield recording
    except BaseException as raised:
        error = raised
        raise
    finally:
        recorder(_call(recording, started_at, time.monotonic() - start, error))


def _call(recording: Recording, started_at: datetime, seconds: float, error: BaseException | None) -> Call:
    head = recording.head
    return Call(
        operation=recording.operation,
        method=recording.method,
        path=recording.path,
        status=head.status if head else None,
        started_at=started_at,
        duration_seconds=seconds,
        request_id=head.request_id if head else "",
        correlation_id=head.correlation_id if head else "",
        client_request_id=recording.client_request_id,
        remaining_reads=head.remaining_reads if head else None,
        remaining_writes=head.remaining_writes if head else None,
        error=type(error).__name__ if error else "",
        error_code=error.code if isinstance(error, ArmError) else "",
    )
