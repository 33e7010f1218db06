"""Sending again whatever a lost message or a dead worker left, and what has come due."""

from django.db.models import F, Q
from django.db.models.functions import Now

from crossconnections.models import Operation
from crossconnections.services.engine.work import O, R, Work
from crossconnections.services.leases import ago, is_free

SECONDS_BEFORE_A_MESSAGE_IS_LOST = 5
MOST_AT_ONCE = 500


def hurry_the_due(work: Work[O, R]) -> int:
    """Send a message for each row that is due and that nobody is at, unless one is on its way; how many that were."""
    # Sent before it came due, a message has found it too early; sent before its lease ended, a dead worker has had it.
    used_up = Q(hurried_at__lt=F("due_at")) | Q(hurried_at__lt=F("claimed_until"))
    lost = used_up | Q(hurried_at__lt=ago(seconds=SECONDS_BEFORE_A_MESSAGE_IS_LOST))
    due = work.rows().filter(is_free(), lost, state__in=Operation.ACTIVE, due_at__lte=Now())
    keys = list(due.order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    work.every().filter(pk__in=keys).update(hurried_at=Now())
    for key in keys:
        work.hurry(key)
    return len(keys)
