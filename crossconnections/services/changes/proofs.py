"""The proof of what a change did: the tables read after it, beside those read before.

Wished for by whoever asks for the change. The reading after it begins once the change has ended and no other reading of
the same cross connection is open, since that one may show what was before.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from crossconnections import queue
from crossconnections.models import Change, Snapshot
from crossconnections.queries import enlisted
from crossconnections.scopes import place_of
from crossconnections.services.snapshot_rows import create_snapshot
from portal.access.access import Access
from portal.access.permissions import Permission
from portal.actors import CLOCK, Actor

State = Change.State
MOST_AT_ONCE = 50


def read_tables_soon(row: Change) -> None:
    """Tell a worker that the tables after a change are due, if they were wished for."""
    if row.wants_proof and row.state == State.SUCCEEDED:
        queue.prove_change_soon(row.pk)


def prove(*, change_id: int) -> None:
    """Begin the reading after a change, if it is due; whoever is second finds it begun."""
    with transaction.atomic():
        row = _due().select_for_update(of=("self",)).filter(pk=change_id).first()
        if row is not None:
            _begin(row)


def sweep() -> None:
    """Send again what a lost message or a dead worker left, and what another reading kept waiting."""
    for change_id in _due().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        queue.prove_change_soon(change_id)


def _due() -> QuerySet[Change]:
    open_one = Snapshot.objects.filter(cross_connection=OuterRef("cross_connection"), finished_at=None)
    of_this_cloud = Change.objects.filter(cross_connection__subscription__in=enlisted())
    wished = of_this_cloud.filter(wants_proof=True, snapshot_after=None, state=State.SUCCEEDED)
    return wished.filter(~Exists(open_one)).select_related("cross_connection__subscription", "asked_by")


def _begin(row: Change) -> None:
    subject = row.cross_connection
    peerings = list(subject.peerings.order_by("pk"))
    if not peerings or subject.gone_at is not None or not _may(row):
        Change.objects.filter(pk=row.pk).update(wants_proof=False)
        return
    by = Actor(CLOCK, row.asked_by.name if row.asked_by else "", row.asked_by)
    if snapshot := create_snapshot(subject, peerings, by):
        Change.objects.filter(pk=row.pk).update(snapshot_after=snapshot)


def _may(row: Change) -> bool:
    """Whether whoever asked may still read tables there."""
    return row.asked_by is None or Access(row.asked_by).may(Permission.READ_TABLES, at=place_of(row.cross_connection))
