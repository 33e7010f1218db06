"""What has changed since a page last asked: which of its parts to show anew, and the words for who cannot see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.enums import Table
from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.tables.words import full_read_name

State = TableRead.State
_ENDS = {State.SUCCEEDED: "answered", State.FAILED: "failed", State.CANCELED: "stopped"}


@dataclass(frozen=True, slots=True)
class News:
    """``parts`` are the anchors of the tables to show anew."""

    parts: frozenset[str]
    has_routes: bool
    has_failures: bool
    words: str


def show_news(snapshot: Snapshot, news: Sequence[TableRead], reads: Sequence[TableRead], *, of: str) -> News:
    """``news`` are those of the ``reads`` that have ended or begun anew; ``of`` is the peering that the page shows."""
    own = [read for read in news if read.peering_type == of]
    return News(
        parts=frozenset(f"{read.device_path}-{read.table}" for read in own),
        has_routes=any(read.table == Table.ROUTES for read in own),
        # One that was asked for once more had failed before.
        has_failures=any(read.state == State.FAILED or read.asked_at > snapshot.asked_at for read in news),
        words=". ".join([*(_in_words(read) for read in news), *_end(snapshot, reads)]),
    )


def _in_words(read: TableRead) -> str:
    return f"{full_read_name(read)} {_ENDS.get(State(read.state), 'is asked for once more')}"


def _end(snapshot: Snapshot, reads: Sequence[TableRead]) -> list[str]:
    if snapshot.finished_at is None:
        return []
    succeeded = sum(read.state == State.SUCCEEDED for read in reads)
    return [f"Reading {snapshot.number} has ended, {succeeded} of {len(reads)} read"]
