"""The enlisted subscriptions and how fresh their mirror is."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from crossconnections.models import Subscription, SyncRun
from portal.health.checks import Level


def list_subscriptions() -> list[Subscription]:
    """The enlisted subscriptions of this cloud, by label."""
    return list(enlisted())


def enlisted() -> QuerySet[Subscription]:
    """The subscriptions of this cloud, by label: a portal that was pointed at another one leaves the former's alone.

    To narrow rows by it write ``subscription__in=enlisted()``: an UPDATE with a join does not look again at what
    another worker has changed meanwhile (PostgreSQL, Read Committed).
    """
    return Subscription.objects.filter(cloud=settings.PORTAL_CLOUD).order_by("label")


def list_latest_syncs() -> list[SyncRun]:
    """The newest sync of each enlisted subscription; ``pages_before`` is how many pages the last good one had."""
    newest = SyncRun.objects.filter(subscription=OuterRef("pk")).order_by("-asked_at", "-pk").values("pk")[:1]
    latest = enlisted().order_by().annotate(latest=Subquery(newest)).values("latest")
    runs = SyncRun.objects.filter(pk__in=latest).annotate(pages_before=Subquery(_pages_of_last_good()))
    return list(runs.select_related("subscription").order_by("subscription__label"))


def find_latest_sync(subscription: Subscription) -> SyncRun | None:
    """The newest sync of one subscription."""
    return subscription.sync_runs.order_by("-asked_at", "-pk").first()


def _pages_of_last_good() -> QuerySet[SyncRun, int]:
    good = SyncRun.objects.filter(subscription=OuterRef("subscription"), state=SyncRun.State.SUCCEEDED)
    return good.order_by("-asked_at", "-pk").values_list("pages", flat=True)[:1]


def sync_level() -> Level:
    """For ``/readyz``: ``ok`` while every subscription was synced within three periods or 15 minutes."""
    oldest = _oldest(subscription.last_synced_at for subscription in list_subscriptions())
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
