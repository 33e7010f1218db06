"""Counting in windows of time, exact across threads, processes and machines on one database."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F
from django.utils import timezone

from portal.limits.models import Tally


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` in each window of ``per_seconds``; around the end of one, twice as many may come at once."""

    name: str
    most: int
    per_seconds: int

    def window_end(self) -> datetime:
        """When the present window ends: at the same moment for everybody."""
        return datetime.fromtimestamp((time.time() // self.per_seconds + 1) * self.per_seconds, UTC)


def take(limit: Limit, key: str) -> datetime | None:
    """Count one more; None where it is within the limit, else when it may be asked for again."""
    ends_at = limit.window_end()
    if _count(limit, key, ends_at):
        return None
    # The row is missing, or full. Two that open it at once both go on with the one row that there is then.
    Tally.objects.bulk_create([Tally(limit=limit.name, key=key, ends_at=ends_at)], ignore_conflicts=True)
    return None if _count(limit, key, ends_at) else ends_at


def forget_the_past() -> int:
    """Remove the windows that have ended; how many there were."""
    return Tally.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def _count(limit: Limit, key: str, ends_at: datetime) -> bool:
    # One UPDATE of one table: the database looks again at a row that another has counted meanwhile.
    rows = Tally.objects.filter(limit=limit.name, key=key, ends_at=ends_at, count__lt=limit.most)
    return bool(rows.update(count=F("count") + 1))
