"""What could not be read, one call-out for each cause; each read in it with its own ids and its own retry."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.models import Snapshot, TableRead
from crossconnections.policies import reason_not_to_retry
from crossconnections.presenters.tables.explanations import explain_read_failure
from crossconnections.presenters.tables.words import full_read_name

State = TableRead.State


@dataclass(frozen=True, slots=True)
class FailedRead:
    """A table that was not read. ``reason_not_to_retry`` is "" where it can be asked for once more."""

    key: int
    name: str
    peering: str
    path: str
    table: str
    azures_words: str
    correlation_id: str
    request_id: str
    reason_not_to_retry: str


@dataclass(frozen=True, slots=True)
class Failure:
    """All reads that failed for one cause."""

    claim: str
    cause: str
    next_step: str
    code: str
    reads: tuple[FailedRead, ...]


def show_failures(reads: Sequence[TableRead], latest: Snapshot) -> list[Failure]:
    """One for each code; ``latest`` is the newest reading of the same cross connection."""
    by_code: dict[str, list[TableRead]] = {}
    for read in reads:
        if read.state == State.FAILED:
            by_code.setdefault(read.error_code, []).append(read)
    return [_failure(code, failed, latest) for code, failed in by_code.items()]


def _failure(code: str, reads: Sequence[TableRead], latest: Snapshot) -> Failure:
    meaning = explain_read_failure(code)
    what = full_read_name(reads[0]) if len(reads) == 1 else f"{len(reads)} tables"
    failed = tuple(_read(read, latest) for read in reads)
    return Failure(
        claim=f"{what} could not be read.",
        cause=meaning.cause,
        # Where it cannot be retried any more, that is what matters.
        next_step=failed[0].reason_not_to_retry or meaning.next_step,
        code=code,
        reads=failed,
    )


def _read(read: TableRead, latest: Snapshot) -> FailedRead:
    return FailedRead(
        key=read.pk,
        name=full_read_name(read),
        peering=read.peering_type,
        path=read.device_path,
        table=read.table,
        azures_words=read.error_message,
        correlation_id=read.correlation_id,
        request_id=read.request_id,
        reason_not_to_retry=reason_not_to_retry(read, latest) or "",
    )
