"""Readings of the tables: asked for, asked once more in part, stopped and commented by people."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from crossconnections import policies, queue
from crossconnections.deeds import (
    TABLES_ASKED,
    TABLES_ASKED_AGAIN,
    TABLES_COMMENTED,
    TABLES_STOPPED,
    about_cross_connection,
)
from crossconnections.models import CrossConnection, Snapshot, TableRead
from crossconnections.scopes import place_of
from crossconnections.services.leases import from_now
from crossconnections.services.snapshot_rows import create_snapshot
from crossconnections.services.subscriptions.holding import hold
from crossconnections.services.table_reads import close_if_ended
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

State = TableRead.State


class NotPossible(Exception):  # noqa: N818 - reads as what it says
    """What was asked for cannot be done now; the text is the sentence for the person."""


@transaction.atomic
def request_snapshot(*, row: CrossConnection, by: Actor) -> Snapshot:
    """The open reading of a cross connection, a new one where there is none; workers are told of it.

    Raises:
        NotAllowed: whoever asks may not read tables there.
        NotPossible: there is nothing to read.
    """
    require(by, Permission.READ_TABLES, at=place_of(row))
    hold(row)
    peerings = list(row.peerings.order_by("pk"))
    _refuse_if(policies.reason_not_to_read(row, [one.peering_type for one in peerings]))
    snapshot = None
    while snapshot is None:
        snapshot = row.snapshots.filter(finished_at=None).first() or create_snapshot(row, peerings, by)
    record(TABLES_ASKED, by=by, about=about_cross_connection(row), details={"number": snapshot.number})
    return snapshot


@transaction.atomic
def request_retry(*, read: TableRead, by: Actor) -> None:
    """Ask once more for a read that failed, within its reading.

    Raises:
        NotAllowed: whoever asks may not read tables there.
        NotPossible: it has not failed, or there is a newer reading.
    """
    row = read.snapshot.cross_connection
    require(by, Permission.READ_TABLES, at=place_of(row))
    hold(row)
    _refuse_if(policies.reason_not_to_read(row, [read.peering_type]))
    _refuse_if(policies.reason_not_to_retry(read, row.snapshots.latest("number")))
    if TableRead.objects.filter(pk=read.pk, state=State.FAILED).update(**_as_new(by)):
        _open_again(read.snapshot_id)
        queue.read_table_soon(read.pk)
    details = {"number": read.snapshot.number, "what": f"{read.device_path} {read.table} of {read.peering_type}"}
    record(TABLES_ASKED_AGAIN, by=by, about=about_cross_connection(row), details=details)


@transaction.atomic
def stop(*, snapshot: Snapshot, by: Actor) -> None:
    """Do not wait for what has not been read yet. Azure may finish what it began; nobody looks any more.

    Raises:
        NotAllowed: whoever asks may not read tables there.
        NotPossible: it has ended.
    """
    row = snapshot.cross_connection
    require(by, Permission.READ_TABLES, at=place_of(row))
    _refuse_if(policies.reason_not_to_stop(snapshot))
    waiting = TableRead.objects.filter(snapshot=snapshot, state__in=policies.states_before(State.CANCELED))
    # One more attempt: whichever worker is at it finds that its claim is gone.
    waiting.update(state=State.CANCELED, finished_at=Now(), claimed_until=None, attempts=F("attempts") + 1)
    close_if_ended(snapshot.pk)
    record(TABLES_STOPPED, by=by, about=about_cross_connection(row), details={"number": snapshot.number})


@transaction.atomic
def note_comment(*, snapshot: Snapshot, comment: str, by: Actor) -> None:
    """What a person has to say of a reading, in the place of what was said before.

    Raises:
        NotAllowed: whoever says it may not read tables there.
    """
    row = snapshot.cross_connection
    require(by, Permission.READ_TABLES, at=place_of(row))
    Snapshot.objects.filter(pk=snapshot.pk).update(comment=comment)
    record(TABLES_COMMENTED, by=by, about=about_cross_connection(row), details={"number": snapshot.number})


def _refuse_if(reason: str | None) -> None:
    if reason:
        raise NotPossible(reason)


def _open_again(snapshot_id: int) -> None:
    try:
        with transaction.atomic():
            Snapshot.objects.filter(pk=snapshot_id).update(finished_at=None, judged_at=None)
    except IntegrityError:  # somebody asked for a new reading since it was looked up
        raise NotPossible(policies.NEWER_READING) from None


def _as_new(by: Actor) -> dict[str, object]:
    gone = dict.fromkeys(("error_code", "error_message", "poll_url", "result_url", "azure_status"), "")
    return {
        **gone,
        "state": State.QUEUED,
        "asked_by": by.user,
        "asked_at": Now(),
        "due_at": Now(),
        "hurried_at": Now(),
        "give_up_at": from_now(timedelta(seconds=settings.PORTAL_GIVE_UP_SECONDS)),
        "sent": 0,
        "sent_at": None,
        "failed_steps": 0,
        "finished_at": None,
        "attempts": F("attempts") + 1,
    }
