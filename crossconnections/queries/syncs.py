"""How the syncs of the subscriptions go, and how fresh their mirror is by that."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from crossconnections.models import Subscription, SyncRun
from crossconnections.queries.subscriptions import is_whole, looked_after, visible
from portal.access.scopes import Reach
from portal.health.checks import Level


def list_latest_syncs(reach: Reach) -> list[SyncRun]:
    """The newest sync of each subscription within reach; ``pages_before`` is how many pages the last good one had."""
    newest = SyncRun.objects.filter(subscription=OuterRef("pk")).order_by("-asked_at", "-pk").values("pk")[:1]
    latest = visible(reach).order_by().annotate(latest=Subquery(newest)).values("latest")
    runs = SyncRun.objects.filter(pk__in=latest).annotate(pages_before=Subquery(_pages_of_last_good()))
    return [_told(run, reach) for run in runs.select_related("subscription").order_by("subscription__label")]


def find_latest_sync(subscription: Subscription, reach: Reach) -> SyncRun | None:
    """The newest sync of one subscription."""
    run = subscription.sync_runs.order_by("-asked_at", "-pk").first()
    return _told(run, reach) if run else None


def _told(run: SyncRun, reach: Reach) -> SyncRun:
    """Whoever sees a part of a subscription is not told how much else is in it, where, or in which of Azure's words."""
    if not is_whole(run.subscription, reach):
        run.location = run.error_message = ""
        run.pages = run.listed = run.to_read = run.read = run.unread = 0
        run.created = run.changed = run.gone = 0
    return run


def _pages_of_last_good() -> QuerySet[SyncRun, int]:
    good = SyncRun.objects.filter(subscription=OuterRef("subscription"), state=SyncRun.State.SUCCEEDED)
    return good.order_by("-asked_at", "-pk").values_list("pages", flat=True)[:1]


def sync_level() -> Level:
    """For ``/readyz``: ``ok`` while every subscription was synced within three periods or 15 minutes."""
    oldest = _oldest(subscription.last_synced_at for subscription in looked_after())
    limit = max(timedelta(seconds=3 * settings.PORTAL_SYNC_SECONDS), timedelta(minutes=15))
    if oldest is None:
        return "ok"
    if oldest == timedelta.max:
        return "down"
    return "ok" if oldest <= limit else "degraded"


def _oldest(moments: Iterable[object]) -> timedelta | None:
    now = timezone.now()
    ages = [now - moment if moment else timedelta.max for moment in moments]  # type: ignore[operator]
    return max(ages, default=None)
