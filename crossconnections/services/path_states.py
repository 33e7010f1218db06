"""What readings know of the paths, taken over as their last known state once they have ended."""

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from crossconnections import mirror, queue
from crossconnections.diagnosis.case import Case, Tables
from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.findings import Layer
from crossconnections.diagnosis.verdicts import PathState, Verdict
from crossconnections.models import CrossConnection, LastKnown, Snapshot, WatchRead
from crossconnections.queries import enlisted
from crossconnections.queries.diagnosis import load_case, load_watched_case
from crossconnections.queries.snapshots import without_routes
from crossconnections.services.leases import ago, clock

SECONDS_BEFORE_A_MESSAGE_IS_LOST = 5
MOST_AT_ONCE = 50
# The circuit not provisioned, the peering disabled: that is told by what is configured, and ends with it.
_SWITCHED_OFF = frozenset({"R01", "R05"})
_KNOWN: dict[PathState, str] = {PathState.UP: LastKnown.State.UP, PathState.DOWN: LastKnown.State.DOWN}
_VALUES = ("state", "rule", "prefixes", "read_at", "since", "number")


def judge(*, snapshot_id: int) -> None:
    """Take over what a reading knows, if it has ended and was not judged yet."""
    found = _unjudged().filter(pk=snapshot_id).first()
    if found is None:
        return
    try:
        note_path_states(found)
    except DatabaseError:
        raise  # that tells nothing of the reading: the sweep finds it again
    except Exception:
        # Our own fault would come again with every sweep: it ends here, the log has the rest.
        _end(found)
        raise


def note_path_states(snapshot: Snapshot) -> None:
    """Keep what a reading that has ended knows of each path; doing it twice is doing it once.

    What it does not know leaves what was known before, with its age: a table that could not be fetched says nothing
    about the link. Nothing is written once the reading was opened again: its next end is judged.
    """
    case = load_case(without_routes(snapshot))
    known = list(_known(case, snapshot.cross_connection_id, number=snapshot.number))
    with transaction.atomic():
        row = CrossConnection.objects.select_for_update().get(pk=snapshot.cross_connection_id)
        if _end(snapshot):
            _keep(row, known)
            mirror.note_paths(row, now=clock())


def note_watched(*, read_id: int) -> None:
    """Keep what a read of a watch knows of its path. Where that is lost on the way, the next round tells it again."""
    read = WatchRead.objects.select_related("watch__cross_connection__record").get(pk=read_id)
    known = list(_known(load_watched_case(read), read.watch.cross_connection_id, number=0))
    with transaction.atomic():
        row = CrossConnection.objects.select_for_update().get(pk=read.watch.cross_connection_id)
        _keep(row, known)
        mirror.note_paths(row, now=clock())


def sweep() -> None:
    """Send again what a lost message or a dead worker left."""
    left = _unjudged().filter(finished_at__lt=ago(seconds=SECONDS_BEFORE_A_MESSAGE_IS_LOST)).order_by("-pk")
    for snapshot_id in left.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        queue.note_path_states_soon(snapshot_id)


def _unjudged() -> QuerySet[Snapshot]:
    of_this_cloud = Snapshot.objects.filter(cross_connection__subscription__in=enlisted())
    return of_this_cloud.filter(finished_at__isnull=False, judged_at=None)


@transaction.atomic
def _end(snapshot: Snapshot) -> bool:
    """Whether it still stands as it was judged, and was not before: after a retry it has another end."""
    now = Snapshot.objects.select_for_update().filter(pk=snapshot.pk).first()
    # Not by a filter: SQLite's clock writes fewer digits than Django compares with.
    if now is None or now.finished_at is None or now.judged_at is not None or now.finished_at != snapshot.finished_at:
        return False
    Snapshot.objects.filter(pk=snapshot.pk).update(judged_at=Now())
    return True


def _known(case: Case, row_id: int, *, number: int) -> Iterator[LastKnown]:
    for verdict in diagnose(case).verdicts:
        peering = case.peering(verdict.peering)
        read_at = _rests_on(verdict, peering.tables.get(verdict.path) or Tables()) if peering else None
        if verdict.state in _KNOWN and read_at is not None:
            yield LastKnown(
                cross_connection_id=row_id,
                peering_type=verdict.peering,
                device_path=verdict.path,
                state=_KNOWN[verdict.state],
                rule=verdict.cause.rule if verdict.cause else "",
                prefixes=verdict.prefixes,
                read_at=read_at,
                since=read_at,
                number=number,
            )


def _rests_on(verdict: Verdict, tables: Tables) -> datetime | None:
    """When Azure answered the summary, or where that is not known, the ARP table that shows a broken layer 2."""
    if verdict.cause is not None and verdict.cause.rule in _SWITCHED_OFF:
        return None
    is_broken = verdict.cause is not None and verdict.cause.layer == Layer.LAYER_2
    return tables.summary.read_at or (tables.arp.read_at if is_broken else None)


def _keep(row: CrossConnection, known: list[LastKnown]) -> None:
    """What was read later stays. A state that stands goes on since it was first seen."""
    before = {(one.peering_type, one.device_path): one for one in LastKnown.objects.filter(cross_connection=row)}
    news = []
    for one in known:
        former = before.get((one.peering_type, one.device_path))
        if former is None or former.read_at <= one.read_at:
            one.since = former.since if former and former.state == one.state else one.read_at
            news.append(one)
    LastKnown.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["cross_connection", "peering_type", "device_path"],
        update_fields=_VALUES,
    )
