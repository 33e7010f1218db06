"""What a subscription's quota was seen to be, and how long Azure asked to wait: kept from one sync to the next."""

from datetime import timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from crossconnections.arm import ArmError, Throttled
from crossconnections.models import ArmCall, Subscription
from crossconnections.services.leases import from_now

# Azure's older quota is counted anew each hour (request-limits-and-throttling), so what is older tells nothing.
REMEMBERED_FOR = timedelta(hours=1)
# A bucket refills by the second, and what was told of it is old soon.
TOLD_FOR = timedelta(minutes=10)
LONGEST_WAIT_SECONDS = 3_600.0
SECONDS_WHERE_AZURE_NAMES_NONE = 60.0


def quota_seen(subscription: Subscription) -> int:
    """The most reads that were left within the last hour; 0 where nothing is known."""
    seen_at = subscription.most_reads_seen_at
    is_known = seen_at is not None and timezone.now() - seen_at < REMEMBERED_FOR
    return subscription.most_reads_left if is_known else 0


def note_quota(subscription: Subscription, *, seen_reads: int) -> None:
    """Keep the most reads that a sync saw left, if an earlier one has not seen more within the hour."""
    if seen_reads > quota_seen(subscription):
        row = Subscription.objects.filter(pk=subscription.pk)
        row.update(most_reads_left=seen_reads, most_reads_seen_at=timezone.now())


def is_quota_short(subscription: Subscription) -> bool:
    """Whether less than half was left when Azure last told, of reads or of writes: that half is for people.

    The ledger knows what was told; the most within the hour counts as the whole. A POST counts as a write, even if it
    only asks for a table.
    """
    recent = ArmCall.objects.filter(subscription=subscription, started_at__gt=timezone.now() - REMEMBERED_FOR)
    return _is_short(recent, "remaining_reads") or _is_short(recent, "remaining_writes")


def _is_short(calls: QuerySet[ArmCall], left: str) -> bool:
    told = calls.exclude(**{left: None})
    latest = told.filter(started_at__gt=timezone.now() - TOLD_FOR).order_by("-started_at", "-pk")
    last: int | None = latest.values_list(left, flat=True).first()
    return last is not None and last * 2 < told.aggregate(most=Max(left))["most"]


def note_throttled(subscription: Subscription, error: ArmError) -> None:
    """Keep how long Azure asked to wait: the clock asks for no sync before that. Nothing for any other error."""
    if isinstance(error, Throttled):
        seconds = SECONDS_WHERE_AZURE_NAMES_NONE if error.retry_after is None else error.retry_after
        until = from_now(timedelta(seconds=min(seconds, LONGEST_WAIT_SECONDS)))
        Subscription.objects.filter(pk=subscription.pk).update(throttled_until=until)
