"""Reading one BGP summary for a watch: what the engine has to be told of it."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from crossconnections import queue
from crossconnections.arm import ArmClient, OperationProgress, ResourceId
from crossconnections.enums import DevicePath, Table
from crossconnections.models import ArmCall, CrossConnection, Snapshot, WatchRead
from crossconnections.queries import enlisted
from crossconnections.scopes import place_of
from crossconnections.services import engine, path_states
from crossconnections.services.engine import NotToBeSent, Wait, Write
from crossconnections.services.leases import from_now
from crossconnections.services.table_reads import GONE, IN_THE_LANE, ROLE_ENDED, Rows
from portal.access.access import Access
from portal.access.permissions import Permission

State = WatchRead.State


class WatchReads(engine.Work[WatchRead, Rows]):
    """The reads of a round go one after another: Azure may refuse two of one circuit at once.

    Only the first is due; the end of each calls the next.
    """

    purpose = ArmCall.Purpose.WATCH
    most_sends = 3

    def every(self) -> QuerySet[WatchRead]:
        """All of them."""
        return WatchRead.objects.all()

    def rows(self) -> QuerySet[WatchRead]:
        """Those of this cloud, with all that a step reads."""
        of_this_cloud = WatchRead.objects.filter(watch__cross_connection__subscription__in=enlisted())
        return of_this_cloud.select_related("watch__cross_connection__subscription", "asked_by")

    def subject(self, row: WatchRead) -> CrossConnection:
        """The cross connection."""
        return row.watch.cross_connection

    def hurry(self, row_id: int) -> None:
        """By a message."""
        queue.read_watch_soon(row_id)

    def reason_not_to_send(self, row: WatchRead) -> NotToBeSent | None:
        """Gone meanwhile, or put on watch by somebody whose role ended meanwhile."""
        subject = self.subject(row)
        if subject.gone_at is not None:
            return GONE
        if row.asked_by and not Access(row.asked_by).may(Permission.WATCH, at=place_of(subject)):
            return ROLE_ENDED
        return None

    def reason_to_wait(self, row: WatchRead) -> Wait | None:
        """For a person's reading of the same cross connection, which goes first, and for the reads before it."""
        if Snapshot.objects.filter(cross_connection=self.subject(row), finished_at=None).exists():
            return IN_THE_LANE
        ahead = Q(state=State.RUNNING) | Q(state=State.SUBMITTING, pk__lt=row.pk)
        is_next = not WatchRead.objects.filter(ahead, watch=row.watch_id).exclude(pk=row.pk).exists()
        return None if is_next else IN_THE_LANE

    def send(self, client: ArmClient, row: WatchRead, write: Write) -> OperationProgress | Rows:
        """The POST."""
        return client.start_table_read(
            resource_id=ResourceId.parse(self.subject(row).resource_id),
            peering_type=row.peering_type,
            device_path=DevicePath(row.device_path),
            table=Table.ROUTES_SUMMARY,
        )

    def look(self, client: ArmClient, row: WatchRead) -> OperationProgress | Rows:
        """A GET where Azure said to look."""
        return client.follow_table_read(table=Table.ROUTES_SUMMARY, poll_url=row.poll_url, result_url=row.result_url)

    def note_busy(self, row: WatchRead) -> None:
        """Nothing: they go one after another anyway."""

    def keep(self, row: WatchRead, result: Rows) -> dict[str, Any]:
        """The rows as told, in the read itself: there are one or two."""
        return {"sessions": [asdict(session) for session in result]}

    def note_end(self, row: WatchRead) -> None:
        """The next one of the round is due, and its time counts from now. What this one knows is the last known."""
        transaction.on_commit(partial(_note_path, row.pk), robust=True)
        waiting = WatchRead.objects.filter(watch=row.watch_id, state=State.QUEUED).order_by("pk")
        following = waiting.values_list("pk", flat=True).first()
        if following is not None:
            give_up_at = from_now(timedelta(seconds=settings.PORTAL_GIVE_UP_SECONDS))
            due = WatchRead.objects.filter(pk=following, state=State.QUEUED)
            due.update(due_at=Now(), hurried_at=Now(), give_up_at=give_up_at)
            self.hurry(following)


def _note_path(read_id: int) -> None:
    if WatchRead.objects.filter(pk=read_id, state=State.SUCCEEDED).exists():
        path_states.note_watched(read_id=read_id)


WATCH_READS = WatchReads()


def carry_on(*, read_id: int) -> None:
    """Take the next step of a read."""
    engine.carry_on(WATCH_READS, row_id=read_id)


def hurry_the_due() -> None:
    """Send again what a lost message or a dead worker left, and what has come due."""
    engine.hurry_the_due(WATCH_READS)
