"""How many requests are left, as Azure tells in a header of each answer, and what happens when none is.

"Request limits and throttling": a bucket for each subscription or tenant and kind of request, filling up again all
the time. How large the one for reads is, a switch says.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Kind(Enum):
    """What a bucket counts: the word of the header, and how many come back in a second."""

    READS = ("reads", 25)
    WRITES = ("writes", 10)
    DELETES = ("deletes", 10)

    @property
    def word(self) -> str:
        """As the header calls it."""
        return self.value[0]

    @property
    def refill(self) -> int:
        """Requests that come back in a second."""
        return self.value[1]


# Of writes, and of deletes.
MOST = 200
_KINDS = {"GET": Kind.READS, "HEAD": Kind.READS, "DELETE": Kind.DELETES}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose requests are counted, and which. An action, which is a POST, is a write."""

    scope: Literal["subscription", "tenant"]
    id: str
    kind: Kind

    @property
    def header(self) -> str:
        """Where an answer tells what is left."""
        return f"x-ms-ratelimit-remaining-{self.scope}-{self.kind.word}"


def bucket_for(method: str, scope: Literal["subscription", "tenant"], scope_id: str) -> Bucket:
    """The bucket that a request takes from."""
    return Bucket(scope, scope_id, _KINDS.get(method, Kind.WRITES))


class Quota:
    """Requests that remain, by bucket."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[Bucket, tuple[float, float]] = {}

    def take(self, bucket: Bucket, capacity: int) -> bool:
        """Take one request; False when none is left."""
        left = self._left(bucket, capacity)
        is_enough = left >= 1
        self._buckets[bucket] = (left - 1 if is_enough else left, self._clock())
        return is_enough

    def left(self, bucket: Bucket, capacity: int) -> int:
        """Whole requests in the bucket."""
        return int(self._left(bucket, capacity))

    def seconds_to_wait(self, bucket: Bucket, capacity: int) -> int:
        """Whole seconds until there is a request to take."""
        return max(1, math.ceil((1 - self._left(bucket, capacity)) / bucket.kind.refill))

    def refill(self) -> None:
        """Every bucket is full again."""
        self._buckets.clear()

    def _left(self, bucket: Bucket, capacity: int) -> float:
        now = self._clock()
        left, since = self._buckets.get(bucket, (capacity, now))
        return min(capacity, left + (now - since) * bucket.kind.refill)
