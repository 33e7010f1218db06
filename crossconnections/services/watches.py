"""Watches: begun and ended by people, ended by the clock."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from crossconnections import policies
from crossconnections.deeds import WATCH_BEGUN, WATCH_ENDED, about_cross_connection
from crossconnections.models import CrossConnection, Watch, WatchRead
from crossconnections.scopes import place_of
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.subscriptions.holding import hold
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

# A night, or a working day with its evening: nobody has to remember to end it.
LONGEST = timedelta(hours=12)


@transaction.atomic
def begin(*, row: CrossConnection, by: Actor) -> Watch:
    """The open watch of a cross connection, a new one where there is none; the clock begins its first round.

    Raises:
        NotAllowed: whoever asks may not put anything on watch there.
        NotPossible: there is nothing to watch.
    """
    require(by, Permission.WATCH, at=place_of(row))
    hold(row)
    if reason := policies.reason_not_to_watch(row, [one.peering_type for one in row.peerings.all()]):
        raise NotPossible(reason)
    watch = row.watches.filter(ended_at=None).first()
    while watch is None:
        watch = _create(row, by) or row.watches.filter(ended_at=None).first()
    return watch


@transaction.atomic
def end(*, watch: Watch, by: Actor) -> None:
    """Ask for nothing more. Azure may finish what it began; nobody looks any more.

    Raises:
        NotAllowed: whoever asks may not end a watch there.
        NotPossible: it has ended.
    """
    row = watch.cross_connection
    require(by, Permission.WATCH, at=place_of(row))
    if reason := policies.reason_not_to_end(watch):
        raise NotPossible(reason)
    close(watch, end=Watch.End.STOPPED, by=by)
    record(WATCH_ENDED, by=by, about=about_cross_connection(row))


def close(watch: Watch, *, end: Watch.End, by: Actor | None = None) -> None:
    """Its end, and that of the reads that go on. Inside a transaction."""
    open_one = Watch.objects.filter(pk=watch.pk, ended_at=None)
    open_one.update(ended_at=Now(), ended_by=by.user if by else None, end=end, waits_for="")
    waiting = WatchRead.objects.filter(watch=watch, state__in=policies.states_before(WatchRead.State.CANCELED))
    # One more attempt: whichever worker is at it finds that its claim is gone.
    waiting.update(state=WatchRead.State.CANCELED, finished_at=Now(), claimed_until=None, attempts=F("attempts") + 1)


def _create(row: CrossConnection, by: Actor) -> Watch | None:
    now = clock()
    try:
        with transaction.atomic():
            watch = Watch.objects.create(
                cross_connection=row, begun_by=by.user, begun_at=now, ends_at=now + LONGEST, next_at=now
            )
    except IntegrityError:
        return None  # somebody else was quicker
    record(WATCH_BEGUN, by=by, about=about_cross_connection(row))
    return watch
