"""How many requests are left, as Azure tells in a header of each answer, and what happens when none is."""

import math
import time
from collections.abc import Callable

# "Request limits and throttling": a bucket for each subscription that refills by 25 reads a second.
REFILL_PER_SECOND = 25


class Quota:
    """Reads that remain, by subscription."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take_read(self, subscription_id: str, capacity: int) -> bool:
        """Take one read; False when none is left."""
        left = self._left(subscription_id, capacity)
        is_enough = left >= 1
        self._buckets[subscription_id] = (left - 1 if is_enough else left, self._clock())
        return is_enough

    def reads_left(self, subscription_id: str, capacity: int) -> int:
        """Whole reads in the bucket."""
        return int(self._left(subscription_id, capacity))

    def seconds_to_wait(self, subscription_id: str, capacity: int) -> int:
        """Whole seconds until there is a read to take."""
        return max(1, math.ceil((1 - self._left(subscription_id, capacity)) / REFILL_PER_SECOND))

    def refill(self) -> None:
        """Every bucket is full again."""
        self._buckets.clear()

    def _left(self, subscription_id: str, capacity: int) -> float:
        now = self._clock()
        left, since = self._buckets.get(subscription_id, (capacity, now))
        return min(capacity, left + (now - since) * REFILL_PER_SECOND)
