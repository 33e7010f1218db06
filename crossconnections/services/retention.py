"""What is kept for ``PORTAL_RETENTION_DAYS`` and then forgotten: the ledger, ended syncs, history, what is settled."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from crossconnections.models import (
    ArmCall,
    Attention,
    Change,
    ChangeSet,
    LastKnown,
    Observation,
    Snapshot,
    SyncRun,
    Watch,
)

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 2_000
# From the press to the last answer; with room to spare.
LONGEST_READING = timedelta(days=1)


def forget_the_old() -> None:
    """In small pieces, so that nobody waits for a long transaction. Cross connections themselves always stay."""
    until = timezone.now() - timedelta(days=settings.PORTAL_RETENTION_DAYS)
    old: dict[str, QuerySet[Model]] = {
        "calls": ArmCall.objects.filter(started_at__lt=until),
        "syncs": SyncRun.objects.filter(asked_at__lt=until).exclude(state__in=SyncRun.ACTIVE),
        "observations": Observation.objects.filter(seen_at__lt=until),
        "readings": Snapshot.objects.filter(asked_at__lt=until, finished_at__isnull=False),
        "watches": Watch.objects.filter(begun_at__lt=until, ended_at__isnull=False),
        "changes": Change.objects.filter(asked_at__lt=until).exclude(state__in=Change.ACTIVE),
        "sets": ChangeSet.objects.filter(asked_at__lt=until, changes=None),
        "settled": Attention.objects.filter(settled_at__lt=until),
    }
    log.info("forgotten", **{name: _delete(rows) for name, rows in old.items()})
    _unlink_last_known(until + LONGEST_READING)


def _unlink_last_known(read_before: datetime) -> None:
    """What was last known of a path stays, with its age; the reading that it came from may be forgotten."""
    reading = Snapshot.objects.filter(cross_connection=OuterRef("cross_connection"), number=OuterRef("number"))
    LastKnown.objects.filter(~Exists(reading), read_at__lt=read_before).exclude(number=0).update(number=0)


def _delete(rows: QuerySet[Model]) -> int:
    total = 0
    while keys := list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        rows.filter(pk__in=keys).delete()
        total += len(keys)
    return total
