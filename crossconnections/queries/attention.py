"""What waits for somebody."""

from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from crossconnections.models import Attention, CrossConnection, Subscription
from crossconnections.queries.subscriptions import enlisted
from crossconnections.scopes import within
from portal.access.scopes import Reach


@dataclass(frozen=True, slots=True)
class AttentionSum:
    """How many cross connections wait for one reason, and the one that waits longest."""

    kind: str
    count: int
    oldest: Attention


def attention_of(row: CrossConnection, reach: Reach) -> QuerySet[Attention]:
    """What waits for somebody about this service key, of all its rows in this cloud within reach, the oldest first."""
    rows = CrossConnection.objects.filter(within(reach), service_key=row.service_key, subscription__in=enlisted())
    return Attention.objects.filter(settled_at=None, cross_connection__in=rows).order_by("seen_at", "pk")


def sum_attention(reach: Reach) -> list[AttentionSum]:
    """Every kind that occurs within reach, in three queries."""
    waiting = Attention.objects.filter(settled_at=None)
    if not reach.everything:
        waiting = waiting.filter(cross_connection__in=CrossConnection.objects.filter(within(reach)))
    # Joined only where it makes a difference: it costs more than all the rest of the page.
    if Subscription.objects.exclude(pk__in=enlisted()).exists():
        waiting = waiting.filter(cross_connection__subscription__in=enlisted())
    # Rows are written when they are seen, so the first of a kind is the oldest.
    sums = list(waiting.order_by().values_list("kind").annotate(count=Count("pk"), oldest=Min("pk")))
    rows = Attention.objects.select_related("cross_connection").in_bulk([oldest for *_, oldest in sums])
    return [AttentionSum(kind, count, rows[oldest]) for kind, count, oldest in sums if oldest in rows]
