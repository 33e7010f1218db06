"""The clock of the watches: each round reads the summary of every peering on both paths, if nothing goes before it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from crossconnections import queue
from crossconnections.enums import DevicePath
from crossconnections.models import Peering, Watch, WatchRead
from crossconnections.queries import enlisted
from crossconnections.scopes import place_of
from crossconnections.services.leases import clock, from_now
from crossconnections.services.throttling import is_quota_short
from crossconnections.services.watches import close
from portal.access.access import Access
from portal.access.permissions import Permission

ROUND = timedelta(minutes=3)
# A person's reading takes a minute or so.
PAUSE_FOR_A_PERSON = timedelta(seconds=15)


def begin_the_due() -> None:
    """Begin a round of each watch whose time has come and whose former round has ended; end those that are over."""
    at_it = WatchRead.objects.filter(state__in=WatchRead.ACTIVE).values("watch")
    due = Q(ends_at__lte=Now()) | Q(next_at__lte=Now()) & ~Q(pk__in=at_it)
    for watch_id in _open_ones().filter(due).values_list("pk", flat=True):
        _go_on(watch_id)


@transaction.atomic
def _go_on(watch_id: int) -> None:
    # By the key alone and the row's own columns, see engine/claims.py: of two workers one begins the round.
    is_due = Q(next_at__lte=Now()) | Q(ends_at__lte=Now())
    mine = Watch.objects.filter(is_due, pk=watch_id, ended_at=None)
    if not mine.update(next_at=from_now(ROUND)):
        return
    watch = _open_ones().select_related("cross_connection__subscription", "begun_by").get(pk=watch_id)
    if end := _reason_to_end(watch):
        close(watch, end=end)
    else:
        _begin_or_wait(watch)


def _begin_or_wait(watch: Watch) -> None:
    peerings = list(watch.cross_connection.peerings.order_by("pk"))
    waits_for, row = _reason_to_wait(watch, peerings), Watch.objects.filter(pk=watch.pk)
    if waits_for == Watch.WaitsFor.READING:
        row.update(waits_for=waits_for, next_at=from_now(PAUSE_FOR_A_PERSON))
    elif waits_for == Watch.WaitsFor.THROTTLED:
        row.update(waits_for=waits_for, next_at=watch.cross_connection.subscription.throttled_until)
    else:
        row.update(waits_for=waits_for)
    if not waits_for:
        _begin(watch, peerings)


def _reason_to_end(watch: Watch) -> Watch.End | None:
    row = watch.cross_connection
    if watch.ends_at <= clock():
        return Watch.End.OVER
    if row.gone_at is not None:
        return Watch.End.GONE
    if watch.begun_by and not Access(watch.begun_by).may(Permission.WATCH, at=place_of(row)):
        return Watch.End.ROLE_ENDED
    return None


def _reason_to_wait(watch: Watch, peerings: list[Peering]) -> Watch.WaitsFor:
    row = watch.cross_connection
    if row.snapshots.filter(finished_at=None).exists():
        return Watch.WaitsFor.READING
    if not row.subscription.is_active:
        return Watch.WaitsFor.PAUSED
    if row.subscription.throttled_until is not None and row.subscription.throttled_until > clock():
        return Watch.WaitsFor.THROTTLED
    if is_quota_short(row.subscription):
        return Watch.WaitsFor.QUOTA
    return Watch.WaitsFor.NOTHING if peerings else Watch.WaitsFor.PEERING


def _begin(watch: Watch, peerings: list[Peering]) -> None:
    """A read for each, of which the first is due; the others are called when the one before has ended."""
    now, row = clock(), watch.cross_connection
    give_up_at = now + timedelta(seconds=settings.PORTAL_GIVE_UP_SECONDS)
    ports = {
        DevicePath.PRIMARY: row.primary_azure_port,
        DevicePath.SECONDARY: row.secondary_azure_port,
    }
    reads = [
        WatchRead(
            watch=watch,
            peering_type=peering.peering_type,
            device_path=path,
            peering_location=row.peering_location,
            azure_port=ports[path],
            asked_by_id=watch.begun_by_id,
            asked_at=now,
            due_at=give_up_at,
            hurried_at=now,
            give_up_at=give_up_at,
        )
        for peering in peerings
        for path in DevicePath
    ]
    reads[0].due_at = now
    queue.read_watch_soon(WatchRead.objects.bulk_create(reads)[0].pk)


def _open_ones() -> QuerySet[Watch]:
    # A portal that was pointed at another cloud must not carry out what was asked of the former one.
    return Watch.objects.filter(ended_at=None, cross_connection__subscription__in=enlisted())
