"""Syncs: asked for by a person, the clock or a command; run by whoever claims the row."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections import queue
from crossconnections.deeds import SYNC_ASKED, about_subscription
from crossconnections.models import Subscription, SyncRun
from crossconnections.queries import enlisted, looked_after, visible
from crossconnections.services.leases import ago, lease_end
from crossconnections.services.sync_reading import Reading
from crossconnections.services.wishes import SECONDS_BEFORE_A_MESSAGE_IS_LOST
from portal.access.access import reach_of
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import CLOCK, THE_CLOCK, Actor

Progress = Callable[[SyncRun], None]

# At this pace the lists take no more than half of 12,000 reads an hour, the smallest quota that Azure is known for.
SECONDS_FOR_A_PAGE = 0.6


def request_sync(*, subscription: Subscription, by: Actor = THE_CLOCK) -> SyncRun:
    """The subscription's active sync, a new one when there is none; a worker is told of it."""
    run = active_sync(subscription=subscription, by=by)
    queue.run_sync_soon(run.pk)
    return run


@transaction.atomic
def active_sync(*, subscription: Subscription, by: Actor = THE_CLOCK) -> SyncRun:
    """The subscription's active sync, a new one when there is none; no worker is told of it.

    That somebody asked is recorded, whether or not it was under way; what the clock asks for by itself is not.
    """
    run = None
    while run is None:
        run = _active(subscription) or _queue(subscription, by)
    if by.via != CLOCK:
        record(SYNC_ASKED, by=by, about=about_subscription(subscription), details={"label": subscription.label})
    return run


def request_all_syncs(*, by: Actor) -> list[SyncRun]:
    """A sync of every subscription that is not paused and that whoever asks may have synced, as a whole or in part."""
    subscriptions = visible(reach_of(by, Permission.SYNC)).filter(state=Subscription.State.ACTIVE)
    return [request_sync(subscription=subscription, by=by) for subscription in subscriptions]


def run_sync(*, run_id: int, progress: Progress = lambda run: None) -> SyncRun | None:
    """Claim a run and read its subscription; None when another worker has it or it has ended."""
    run = _claim(run_id)
    if run is None:
        return None
    Reading(run, progress).carry_out()
    return run


def sweep() -> None:
    """Queue the syncs that are due; send again those that no worker has."""
    for subscription in _due():
        request_sync(subscription=subscription)
    stale = Q(state=SyncRun.State.QUEUED, asked_at__lt=ago(seconds=SECONDS_BEFORE_A_MESSAGE_IS_LOST))
    abandoned = Q(state=SyncRun.State.RUNNING, claimed_until__lt=Now())
    for run_id in _of_this_cloud().filter(stale | abandoned).values_list("pk", flat=True):
        queue.run_sync_soon(run_id)


def _of_this_cloud() -> models.QuerySet[SyncRun]:
    # A portal that was pointed at another cloud must not carry out what was asked of the former one.
    return SyncRun.objects.filter(subscription__in=enlisted())


def _due() -> list[Subscription]:
    latest = SyncRun.objects.filter(subscription=OuterRef("pk")).order_by("-asked_at", "-pk")
    idle = looked_after().exclude(sync_runs__in=SyncRun.objects.filter(state__in=SyncRun.ACTIVE))
    idle = idle.exclude(throttled_until__gt=Now()).annotate(
        asked_at=Subquery(latest.values("asked_at")[:1]), pages=Subquery(latest.values("pages")[:1]), clock=Now()
    )
    return [one for one in idle if one.asked_at is None or one.clock - one.asked_at >= _pause_after(one.pages)]


def _pause_after(pages: int) -> timedelta:
    return timedelta(seconds=max(settings.PORTAL_SYNC_SECONDS, pages * SECONDS_FOR_A_PAGE))


def _active(subscription: Subscription) -> SyncRun | None:
    return subscription.sync_runs.filter(state__in=SyncRun.ACTIVE).first()


def _queue(subscription: Subscription, by: Actor) -> SyncRun | None:
    try:
        with transaction.atomic():
            return SyncRun.objects.create(subscription=subscription, asked_by=by.user, asked_at=timezone.now())
    except IntegrityError:
        return None  # somebody else was quicker


@transaction.atomic
def _claim(run_id: int) -> SyncRun | None:
    """The run with the number of this attempt: read before the claim is given away, or it might be another one's."""
    free = Q(state=SyncRun.State.QUEUED) | Q(state=SyncRun.State.RUNNING, claimed_until__lt=Now())
    runs = _of_this_cloud().filter(free, pk=run_id)
    claimed = runs.update(state=SyncRun.State.RUNNING, attempts=F("attempts") + 1, claimed_until=lease_end())
    return SyncRun.objects.select_related("subscription").get(pk=run_id) if claimed else None
