"""Forgetting what is older than ``PORTAL_RETENTION_DAYS``, behind a checkpoint that the rest of the chain hangs on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.activity.chain import checkpoint, lock_head
from portal.activity.checkpoints import find_start
from portal.activity.models import Entry
from portal.activity.rows import Row
from portal.activity.seals import Seals, moment
from portal.activity.walking import Walk, stream_entries

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 2_000


def forget_the_old() -> int:
    """In pieces, each in a transaction of its own under the head's lock; how many were forgotten.

    It stops at the first entry that is not as the portal wrote it: what was tampered with stays as evidence, and
    nobody gets entries deleted by making them look old.

    Raises:
        TrailBroken: as ``lock_head``.
    """
    until, total = timezone.now() - timedelta(days=settings.PORTAL_RETENTION_DAYS), 0
    while count := _forget_a_piece(until):
        total += count
    return total


@transaction.atomic
def _forget_a_piece(until: datetime) -> int:
    lock_head()
    piece = list(islice(_old(until), MOST_AT_ONCE))
    if piece:
        last = piece[-1]
        checkpoint(number=last["number"], mac=last["mac"], at=timezone.now(), count=len(piece))
        Entry.objects.filter(number__lte=last["number"]).forget()
    return len(piece)


def _old(until: datetime) -> Iterator[Row]:
    """The oldest entries, as far as they are old and sound."""
    seals = Seals()
    start, faults = find_start(seals)
    walk = Walk(seals, start)
    for row in stream_entries():
        faults += walk.step(row)
        if faults:
            log.error("activity_not_forgotten", finding=faults[0].words)
            return
        if moment(row["at"]) >= moment(until):
            return
        yield row
