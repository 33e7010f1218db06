"""Readings of the tables, with as much of them as a page shows."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet

from crossconnections.arm import Row
from crossconnections.enums import Table
from crossconnections.models import CrossConnection, Snapshot, TableRead, TableRows
from crossconnections.tables import unpack

State = TableRead.State
_SUCCEEDED = Q(reads__state=State.SUCCEEDED)


class Answered(NamedTuple):
    """The number of a reading, and when Azure answered a read of it."""

    number: int
    answered_at: datetime


def find_latest_snapshot(of: CrossConnection) -> Snapshot | None:
    """The newest reading with its reads, in the order in which they are sent."""
    return _with_reads(of).order_by("-number").first()


def get_snapshot(of: CrossConnection, number: int) -> Snapshot:
    """One reading with its reads, in the order in which they are sent.

    Raises:
        Snapshot.DoesNotExist: this cross connection has none of that number.
    """
    return _with_reads(of).get(number=number)


def find_snapshot(of: CrossConnection, number: int) -> Snapshot | None:
    """One reading with its reads, if there is one of that number."""
    return _with_reads(of).filter(number=number).first()


def find_snapshot_before(one: Snapshot) -> Snapshot | None:
    """The reading before it that has an answer, with its reads."""
    answered = TableRead.objects.filter(snapshot=OuterRef("pk"), state=State.SUCCEEDED)
    earlier = _with_reads(one.cross_connection).filter(Exists(answered), number__lt=one.number)
    return earlier.order_by("-number").first()


def list_answered(of: CrossConnection, *, most: int) -> list[int]:
    """The numbers of the newest readings that have ended and have an answer."""
    ended = of.snapshots.filter(_SUCCEEDED, finished_at__isnull=False).order_by("-number")
    return list(ended.values_list("number", flat=True).distinct()[:most])


def without_routes(snapshot: Snapshot) -> Snapshot:
    """The same for whoever asks of the paths alone: ten thousand routes take seconds, and no rule ends one by them."""
    reads = TableRead.objects.exclude(table=Table.ROUTES)
    return Snapshot.objects.prefetch_related(Prefetch("reads", queryset=reads)).get(pk=snapshot.pk)


def find_newest(of: CrossConnection) -> Snapshot | None:
    """The newest reading with nothing but its key and its number."""
    return of.snapshots.only("number").order_by("-number").first()


def list_snapshots(of: CrossConnection, *, before: int = 0, most: int) -> list[Snapshot]:
    """The newest readings, or those before a number; each tells how many reads it has (``asked``, ``succeeded``)."""
    rows = of.snapshots.filter(number__lt=before) if before else of.snapshots.all()
    counted = rows.annotate(asked=Count("reads"), succeeded=Count("reads", filter=_SUCCEEDED))
    return list(counted.select_related("asked_by").order_by("-number")[:most])


def list_last_good(of: Snapshot, reads: Iterable[TableRead]) -> dict[int, Answered]:
    """Where reads that have no rows last had some, by their keys; in one query, or none where all have some."""
    keys = {(read.peering_type, read.device_path, read.table): read.pk for read in reads}
    if not keys:
        return {}
    earlier = TableRead.objects.filter(
        snapshot__cross_connection=of.cross_connection_id, snapshot__number__lt=of.number, state=State.SUCCEEDED
    )
    last = earlier.values_list("peering_type", "device_path", "table").annotate(
        number=Max("snapshot__number"), answered_at=Max("finished_at")
    )
    return {
        keys[peering, path, table]: Answered(number, answered_at)
        for peering, path, table, number, answered_at in last
        if (peering, path, table) in keys
    }


def load_rows(reads: Iterable[TableRead]) -> dict[int, tuple[Row, ...]]:
    """The rows of the reads that have any, by the key of the read, in one query."""
    tables = {read.pk: read.table for read in reads if read.state == State.SUCCEEDED}
    kept = TableRows.objects.filter(read__in=tables)
    return {rows.read_id: unpack(tables[rows.read_id], bytes(rows.compressed)) for rows in kept}


def list_durations(location: str, table: str, *, most: int = 50) -> list[timedelta]:
    """How long the latest reads of a kind took at a peering location, from the call to its answer."""
    succeeded = TableRead.objects.filter(state=State.SUCCEEDED, peering_location=location, table=table)
    latest = succeeded.exclude(sent_at=None).order_by("-finished_at")
    return list(latest.annotate(took=F("finished_at") - F("sent_at")).values_list("took", flat=True)[:most])


def _with_reads(of: CrossConnection) -> QuerySet[Snapshot]:
    # Where to look next is for workers, and it is long.
    reads = TableRead.objects.defer("poll_url", "result_url").order_by("pk")
    return of.snapshots.select_related("asked_by").prefetch_related(Prefetch("reads", queryset=reads))
