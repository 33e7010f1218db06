"""Several changes that were asked for together: in their order, a few at a time, and on the clock's half of the quota.

Whoever has fewer than :data:`MOST_AT_ONCE` before it may go. That needs no lock: the hindmost that goes had fewer than
that before it, and those only become fewer. Each end calls the next ones; a lost message costs the wait that stands in
the row. Request limits and throttling: a subscription's writes refill by the second, and a POST for a table is one too.
"""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from crossconnections import queue
from crossconnections.models import Change, Subscription
from crossconnections.services.engine import Wait
from crossconnections.services.leases import clock
from crossconnections.services.throttling import is_quota_short

MOST_AT_ONCE = 4
# Not documented how long a write takes: the sooner is for the turn, the later for how old a wish may get in its set.
SECONDS_FOR_ONE = 15.0
MOST_SECONDS_FOR_ONE = 120.0
SECONDS_WHERE_QUOTA_IS_SHORT = 15.0

State = Change.State
# What is held waits for a person, and what was tried in vain for Azure: neither keeps the others from going.
_WAITS_FOR_ITS_TURN = Q(state=State.QUEUED, held_at=None, failed_steps=0)
_IS_AT_IT = Q(state__in=(State.SUBMITTING, State.RUNNING))


def until_turn(ahead: int) -> timedelta:
    """How long it takes about until so many before it have ended."""
    return timedelta(seconds=ahead // MOST_AT_ONCE * SECONDS_FOR_ONE)


def patience(ahead: int) -> timedelta:
    """How much older a wish may get that has so many before it: a long set alone asks nobody for a word."""
    return timedelta(seconds=ahead // MOST_AT_ONCE * MOST_SECONDS_FOR_ONE)


def reason_in_the_set(row: Change) -> Wait | None:
    """Whether a change has to wait for others of its set; a change of its own never has to."""
    if row.change_set_id is None:
        return None
    ahead = _going_on(row.change_set_id).filter(pk__lt=row.pk).count()
    if ahead >= MOST_AT_ONCE:
        return Wait(until_turn(ahead).total_seconds())
    return _until_azure_has_room(row.cross_connection.subscription)


def call_the_next(ended: Change) -> None:
    """Those of its set whose turn it is now; inside a transaction."""
    if ended.change_set_id is None:
        return
    first = _going_on(ended.change_set_id).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    for key in list(first):
        waiting = Change.objects.filter(_WAITS_FOR_ITS_TURN, pk=key, due_at__gt=Now())
        if waiting.update(due_at=Now(), hurried_at=Now()):
            queue.carry_out_change_soon(key)


def _going_on(change_set_id: int) -> QuerySet[Change]:
    return Change.objects.filter(_WAITS_FOR_ITS_TURN | _IS_AT_IT, change_set=change_set_id)


def _until_azure_has_room(subscription: Subscription) -> Wait | None:
    until = subscription.throttled_until
    if until is not None and until > clock():
        return Wait((until - clock()).total_seconds())
    return Wait(SECONDS_WHERE_QUOTA_IS_SHORT) if is_quota_short(subscription) else None
