"""What a subscription's quota was seen to be, and how long Azure asked to wait: kept from one sync to the next."""

from datetime import timedelta

from django.utils import timezone

from crossconnections.models import Subscription
from crossconnections.services.budget import Budget
from crossconnections.services.leases import from_now

# Azure's older quota is counted anew each hour (request-limits-and-throttling), so what is older tells nothing.
REMEMBERED_FOR = timedelta(hours=1)
LONGEST_WAIT_SECONDS = 3_600.0


def quota_seen(subscription: Subscription) -> int:
    """The most reads that were left within the last hour; 0 where nothing is known."""
    seen_at = subscription.most_reads_seen_at
    is_known = seen_at is not None and timezone.now() - seen_at < REMEMBERED_FOR
    return subscription.most_reads_left if is_known else 0


def note_quota(subscription: Subscription, budget: Budget) -> None:
    """Keep what a sync saw: the most that was left, and when Azure may be asked again."""
    row = Subscription.objects.filter(pk=subscription.pk)
    if budget.most_reads > quota_seen(subscription):
        row.update(most_reads_left=budget.most_reads, most_reads_seen_at=timezone.now())
    if budget.wait_seconds:
        row.update(throttled_until=from_now(timedelta(seconds=min(budget.wait_seconds, LONGEST_WAIT_SECONDS))))
