"""Which rows wait for a GET, and what was known at the moment when it was asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Now

from crossconnections.arm import UNDER_WAY
from crossconnections.models import CrossConnection, Peering, Subscription

READ_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Question:
    """A GET at the moment it is asked: its answer tells of no later one.

    ``asked_at`` is the database's clock, since answers of several workers are put in order by it; ``listed_etag`` is
    what the newest LIST had shown, ``has_failed`` whether the last GET of the row came to nothing.
    """

    row_id: int
    service_key: str
    resource_id: str
    listed_etag: str
    has_failed: bool
    asked_at: datetime


def list_to_read(subscription: Subscription, *, now: datetime) -> list[int]:
    """The primary keys of the rows that wait for a GET, the most urgent first.

    Wanted by somebody who has it open, never read, listed with another etag since, read while Azure was at a peering of
    it, not read for a day (whether a change of a peering moves the etag of its cross connection is not
    documented), or not readable the last time: these come last, or a handful of them would keep all others waiting.
    """
    is_moved = ~Q(listed_etag=F("mirrored_etag"))
    is_wanted = Q(wanted_at__isnull=False)
    has_failed = Q(read_failed_at__isnull=False)
    is_under_way = Exists(Peering.objects.filter(cross_connection=OuterRef("pk"), provisioning_state__in=UNDER_WAY))
    is_old = Q(read_at__lt=now - READ_AGAIN_AFTER)
    due = is_wanted | Q(read_at=None) | is_moved | Q(is_under_way) | is_old | has_failed
    urgency = Case(
        When(is_wanted, then=0), When(has_failed, then=4), When(read_at=None, then=1), When(is_moved, then=2), default=3
    )
    oldest = (F(name).asc(nulls_first=True) for name in ("read_failed_at", "read_at"))
    rows = subscription.cross_connections.filter(due, gone_at=None).order_by(urgency, *oldest, "pk")
    return list(rows.values_list("pk", flat=True))


def ask(row_id: int) -> Question | None:
    """The question to ask Azure now; None where the row is gone by now."""
    rows = CrossConnection.objects.filter(pk=row_id, gone_at=None).annotate(asked_at=Now())
    row = rows.only("service_key", "resource_id", "listed_etag", "read_failed_at").first()
    if row is None:
        return None
    has_failed = row.read_failed_at is not None
    return Question(row.pk, row.service_key, row.resource_id, row.listed_etag, has_failed, row.asked_at)
