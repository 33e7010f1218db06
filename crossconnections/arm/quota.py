"""What Azure last said is left of a subscription's quota, so that others can pace what they ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from crossconnections.arm.answer import Head


@dataclass(frozen=True, slots=True)
class Quota:
    """How many reads and writes are left; None where Azure has not said yet. ``seen_at``, aware UTC, is the newer's."""

    remaining_reads: int | None
    remaining_writes: int | None
    seen_at: datetime


class QuotaBook:
    """Remembers the newest word for each subscription. Azure counts per subscription and application."""

    def __init__(self) -> None:
        self._seen: dict[str, Quota] = {}

    @property
    def by_subscription(self) -> Mapping[str, Quota]:
        """A copy that stays as it is; the keys are subscription ids in lower case."""
        return MappingProxyType(dict(self._seen))

    def note(self, path: str, head: Head) -> None:
        """Take what an answer's headers tell; an answer that tells nothing changes nothing."""
        match = re.match(r"/subscriptions/([^/]+)", path, re.IGNORECASE)
        reads, writes = head.remaining_reads, head.remaining_writes
        if match is None or (reads is None and writes is None):
            return
        key = match[1].lower()
        before = self._seen.get(key)
        self._seen[key] = Quota(
            remaining_reads=before.remaining_reads if before and reads is None else reads,
            remaining_writes=before.remaining_writes if before and writes is None else writes,
            seen_at=datetime.now(UTC),
        )
