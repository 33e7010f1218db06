"""Readings of the tables: asked for, asked once more in part, stopped and commented by people."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Now

from crossconnections import policies, queue
from crossconnections.deeds import (
    TABLES_ASKED,
    TABLES_ASKED_AGAIN,
    TABLES_COMMENTED,
    TABLES_STOPPED,
    about_cross_connection,
)
from crossconnections.enums import DevicePath, Table
from crossconnections.models import CrossConnection, Peering, Snapshot, TableRead
from crossconnections.scopes import place_of
from crossconnections.services.leases import clock, from_now
from crossconnections.services.table_reads import close_if_ended
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

State = TableRead.State

# In the order in which they are sent and shown: layer 2 first, then the session, then what it carries.
TABLES = (Table.ARP, Table.ROUTES_SUMMARY, Table.ROUTES)

_OF_THE_CROSS_CONNECTION = (
    "provider_provisioning_state", "provisioning_state", "peering_location", "bandwidth_mbps", "s_tag",
    "primary_azure_port", "secondary_azure_port", "etag",
)  # fmt: skip
_OF_A_PEERING = (
    "peering_type", "state", "provisioning_state", "vlan_id", "azure_asn", "peer_asn", "primary_prefix",
    "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix", "ipv6_state", "last_modified_by",
    "advertised_prefixes", "advertised_prefixes_state", "customer_asn", "routing_registry",
)  # fmt: skip


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
    peerings = list(row.peerings.order_by("pk"))
    _refuse_if(policies.reason_not_to_read(row, [one.peering_type for one in peerings]))
    snapshot = None
    while snapshot is None:
        snapshot = row.snapshots.filter(finished_at=None).first() or _begin(row, peerings, by)
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
    _refuse_if(policies.reason_not_to_read(row, [read.peering_type]))
    _refuse_if(policies.reason_not_to_retry(read, row.snapshots.latest("number")))
    if TableRead.objects.filter(pk=read.pk, state=State.FAILED).update(**_as_new(by)):
        Snapshot.objects.filter(pk=read.snapshot_id).update(finished_at=None)
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


def _begin(row: CrossConnection, peerings: list[Peering], by: Actor) -> Snapshot | None:
    now = clock()
    number = (row.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                cross_connection=row,
                number=number,
                asked_by=by.user,
                asked_at=now,
                configuration=_configuration(row, peerings),
            )
    except IntegrityError:
        return None  # somebody else was quicker
    for read in TableRead.objects.bulk_create(_reads(snapshot, peerings, now)):
        queue.read_table_soon(read.pk)
    return snapshot


def _reads(snapshot: Snapshot, peerings: list[Peering], now: datetime) -> list[TableRead]:
    return [
        TableRead(
            snapshot=snapshot,
            peering_type=peering.peering_type,
            device_path=path,
            table=table,
            peering_location=snapshot.cross_connection.peering_location,
            asked_by_id=snapshot.asked_by_id,
            asked_at=now,
            due_at=now,
            hurried_at=now,
            give_up_at=now + timedelta(seconds=settings.PORTAL_GIVE_UP_SECONDS),
        )
        for table in TABLES
        for peering in peerings
        for path in DevicePath
    ]


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


def _configuration(row: CrossConnection, peerings: list[Peering]) -> dict[str, object]:
    """What the mirror holds now, by its columns' names; times and links apart."""
    told = {name: getattr(row, name) for name in _OF_THE_CROSS_CONNECTION}
    return told | {"peerings": [{name: getattr(one, name) for name in _OF_A_PEERING} for one in peerings]}
