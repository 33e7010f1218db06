"""Is the chain whole? From the newest checkpoint to the head, and compared with a head that was noted elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from portal.activity.chain import find_head, find_superfluous_heads, has_begun, is_sealed
from portal.activity.checkpoints import find_checkpoint, find_start
from portal.activity.findings import Fault, Finding, in_runs
from portal.activity.models import Head
from portal.activity.rows import Row, is_number
from portal.activity.seals import Seals
from portal.activity.snapshot import one_moment
from portal.activity.walking import Walk, stream_entries


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was noted outside of the database: from a line of the log, or from an earlier verification."""

    number: int
    mac: str


class Verification:
    """One walk along the chain. What it has counted can be read once all findings were taken."""

    def __init__(self, *, anchor: Anchor | None = None, progress: Callable[[int], None] = lambda entries: None) -> None:
        self.entries = 0
        self.first_at = self.last_at = ""
        self.head: Head | None = None
        self._anchor, self._progress = anchor, progress
        self._anchored_mac: str | None = None

    def findings(self) -> Iterator[Finding]:
        """What is wrong, in the chain's order; entries that are recorded meanwhile are not looked at."""
        with one_moment():
            self._seals = Seals()
            self.head = find_head()
            self._start, at_the_start = find_start(self._seals)
            self._walk = Walk(self._seals, self._start)
            yield from in_runs(chain(at_the_start, self._along(), self._at_the_end(), self._at_the_anchor()))

    def _along(self) -> Iterator[Finding]:
        end = self.head.number if self.head and is_sealed(self.head, self._seals) else None
        for row in stream_entries():
            self._count(row)
            number = row["number"]
            if end is not None and is_number(number) and number > end:
                yield Finding(Fault.FOREIGN, number, number)
            else:
                yield from self._walk.step(row)

    def _count(self, row: Row) -> None:
        self.entries += 1
        self.first_at, self.last_at = self.first_at or row["at"], row["at"]
        if self._anchor and row["number"] == self._anchor.number:
            self._anchored_mac = row["mac"]
        self._progress(self.entries)

    def _at_the_end(self) -> Iterator[Finding]:
        yield from self._at_the_head()
        yield from (Finding(Fault.HEAD_SUPERFLUOUS, row, row) for row in find_superfluous_heads())

    def _at_the_head(self) -> Iterator[Finding]:
        head, last = self.head, self._walk.number
        if head is None:
            if has_begun():
                yield Finding(Fault.HEAD_MISSING)
            return
        verdict = is_sealed(head, self._seals)
        if not verdict:
            yield (
                Finding(Fault.HEAD_FORGED) if verdict is False else Finding(Fault.HEAD_UNKNOWN_KEY, text=head.key_id)
            )
        elif head.number > last:
            yield Finding(Fault.TAIL, last + 1, head.number)
        elif head.mac != self._walk.mac and self._walk.is_sound:
            yield Finding(Fault.HEAD_ELSEWHERE, last, last)

    def _at_the_anchor(self) -> Iterator[Finding]:
        if self._anchor and (fault := self._fault_of(self._anchor)):
            yield Finding(fault, self._anchor.number, self._anchor.number)

    def _fault_of(self, anchor: Anchor) -> Fault | None:
        if anchor.number > self._walk.number:
            return Fault.ANCHOR_BEYOND
        mac = self._anchored_mac or self._forgotten_mac(anchor.number)
        if mac is None and anchor.number <= self._walk.start:
            return Fault.ANCHOR_FORGOTTEN
        return None if mac == anchor.mac else Fault.ANCHOR_ELSEWHERE

    def _forgotten_mac(self, number: int) -> str | None:
        found = find_checkpoint(number)
        return found.mac if found and is_sealed(found, self._seals) else None
