"""How much of a sync may go into reading cross connections one by one."""

import time
from collections.abc import Callable

from crossconnections.arm import Call

SECONDS_OF_READING = 60.0


class Budget:
    """A minute, and half of the read quota: the other half is for people who wait in front of a page.

    How large Azure's quota is differs by age of the subscription (12,000 an hour, or a bucket of 250 that refills),
    so the most that was seen remaining counts as the whole; ``known_reads`` is what earlier syncs saw of it.
    """

    def __init__(self, *, known_reads: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.seen_reads = 0
        self._known_reads = known_reads
        self._clock = clock
        self._until = float("inf")
        self._reads_left: int | None = None

    def start(self) -> None:
        """The minute begins: a list may have taken many."""
        self._until = min(self._until, self._clock() + SECONDS_OF_READING)

    def note(self, call: Call) -> None:
        """A recorder: what an answer's headers say of the quota."""
        if call.remaining_reads is not None:
            self._reads_left = call.remaining_reads
            self.seen_reads = max(self.seen_reads, call.remaining_reads)

    def stop(self) -> None:
        """Azure had enough: nothing more may be read in this sync."""
        self._until = float("-inf")

    def is_spent(self) -> bool:
        """Whether reading must wait for the next sync."""
        whole = max(self._known_reads, self.seen_reads)
        is_scarce = self._reads_left is not None and self._reads_left * 2 < whole
        return is_scarce or self._clock() >= self._until
