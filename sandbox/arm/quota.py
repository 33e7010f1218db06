"""How many requests are left, as Azure tells in a header of each answer."""

import time
from collections.abc import Callable

# "Request limits and throttling": a bucket for each subscription that refills by 25 reads a second. The bucket
# is larger than Azure's 250, so that 300 reads at once fit.
CAPACITY = 3750
REFILL_PER_SECOND = 25


class Quota:
    """Reads that remain, by subscription. It counts and does not refuse."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take_read(self, subscription_id: str) -> int:
        """Take one read and tell how many are left."""
        now = self._clock()
        left, since = self._buckets.get(subscription_id, (CAPACITY, now))
        left = min(CAPACITY, left + (now - since) * REFILL_PER_SECOND)
        left = max(0.0, left - 1)
        self._buckets[subscription_id] = (left, now)
        return int(left)
