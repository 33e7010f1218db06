"""Reading one table of one peering from one edge router: what the engine has to be told of it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from crossconnections import queue
from crossconnections.arm import ArmClient, OperationProgress, ResourceId, Row
from crossconnections.enums import DevicePath, Table
from crossconnections.models import ArmCall, CrossConnection, Snapshot, TableRead, TableRows
from crossconnections.queries import enlisted
from crossconnections.scopes import place_of
from crossconnections.services import engine
from crossconnections.services.engine import NotToBeSent, Wait, Write
from crossconnections.tables import pack
from portal.access.access import Access
from portal.access.permissions import Permission

State = TableRead.State
Rows = tuple[Row, ...]

IN_THE_LANE = Wait(seconds=1.0)
GONE = NotToBeSent("Gone", "The cross connection went from Azure meanwhile.")
ROLE_ENDED = NotToBeSent("RoleEnded", "Whoever asked for it may not read tables here any more.")


class TableReads(engine.Work[TableRead, Rows]):
    """Asking twice harms nothing here, so a read of which nobody knows whether Azure got it is sent again."""

    purpose = ArmCall.Purpose.TABLES
    most_sends = 3

    def every(self) -> QuerySet[TableRead]:
        """All of them."""
        return TableRead.objects.all()

    def rows(self) -> QuerySet[TableRead]:
        """Those of this cloud, with all that a step reads."""
        of_this_cloud = TableRead.objects.filter(snapshot__cross_connection__subscription__in=enlisted())
        return of_this_cloud.select_related("snapshot__cross_connection__subscription", "asked_by")

    def subject(self, row: TableRead) -> CrossConnection:
        """The cross connection."""
        return row.snapshot.cross_connection

    def hurry(self, row_id: int) -> None:
        """By a message."""
        queue.read_table_soon(row_id)

    def reason_not_to_send(self, row: TableRead) -> NotToBeSent | None:
        """Gone meanwhile, or asked for by somebody whose role ended meanwhile."""
        subject = self.subject(row)
        if subject.gone_at is not None:
            return GONE
        if row.asked_by and not Access(row.asked_by).may(Permission.READ_TABLES, at=place_of(subject)):
            return ROLE_ENDED
        return None

    def reason_to_wait(self, row: TableRead) -> Wait | None:
        """One after another where Azure did not take all at once; of two about to be sent, the older goes first."""
        if not row.snapshot.one_at_a_time:
            return None
        ahead = Q(state=State.RUNNING) | Q(state=State.SUBMITTING, pk__lt=row.pk)
        is_next = not TableRead.objects.filter(ahead, snapshot=row.snapshot_id).exclude(pk=row.pk).exists()
        return None if is_next else IN_THE_LANE

    def send(self, client: ArmClient, row: TableRead, write: Write) -> OperationProgress | Rows:
        """The POST."""
        return client.start_table_read(
            resource_id=ResourceId.parse(self.subject(row).resource_id),
            peering_type=row.peering_type,
            device_path=DevicePath(row.device_path),
            table=Table(row.table),
        )

    def look(self, client: ArmClient, row: TableRead) -> OperationProgress | Rows:
        """A GET where Azure said to look."""
        return client.follow_table_read(table=Table(row.table), poll_url=row.poll_url, result_url=row.result_url)

    def note_busy(self, row: TableRead) -> None:
        """One after another from now on, for the rest of this reading."""
        Snapshot.objects.filter(pk=row.snapshot_id).update(one_at_a_time=True)

    def keep(self, row: TableRead, result: Rows) -> dict[str, Any]:
        """The rows; they are never changed again."""
        TableRows.objects.create(read=row, compressed=pack(result))
        return {"row_count": len(result)}

    def note_end(self, row: TableRead) -> None:
        """The reading ends with its last read; until then, whoever waits in the lane is next."""
        close_if_ended(row.snapshot_id)
        if row.snapshot.one_at_a_time:
            self._call_the_next(row)

    def _call_the_next(self, row: TableRead) -> None:
        waiting = TableRead.objects.filter(snapshot=row.snapshot_id, state=State.QUEUED).order_by("pk")
        following = waiting.values_list("pk", flat=True).first()
        if following is not None:
            TableRead.objects.filter(pk=following, state=State.QUEUED).update(due_at=Now(), hurried_at=Now())
            self.hurry(following)


TABLE_READS = TableReads()


def carry_on(*, read_id: int) -> None:
    """Take the next step of a read."""
    engine.carry_on(TABLE_READS, row_id=read_id)


def hurry_the_due() -> None:
    """Send again what a lost message or a dead worker left, and what has come due."""
    engine.hurry_the_due(TABLE_READS)


def close_if_ended(snapshot_id: int) -> None:
    """End a reading whose reads have all ended. Inside the transaction that ended the last of them.

    What it knows of the paths is taken over afterwards, by another message: the end waits for nothing. The reading is
    locked first: of two reads that end at once, neither would see the end of the other.
    """
    Snapshot.objects.select_for_update().get(pk=snapshot_id)
    if TableRead.objects.filter(snapshot=snapshot_id, state__in=TableRead.ACTIVE).exists():
        return
    if Snapshot.objects.filter(pk=snapshot_id, finished_at=None).update(finished_at=Now()):
        queue.note_path_states_soon(snapshot_id)
