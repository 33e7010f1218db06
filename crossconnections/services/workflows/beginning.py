"""Beginning a piece of work."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from crossconnections.deeds import WORKFLOW_BEGUN, about_cross_connection
from crossconnections.models import CrossConnection, Workflow
from crossconnections.scopes import place_of
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.workflows.names import WORK
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

GONE = "It is gone from Azure: the customer has deleted the circuit."
_OTHER = {
    Workflow.Kind.CONNECT: "It is being disconnected. End that first.",
    Workflow.Kind.DISCONNECT: "It is being connected. End that first.",
}


@transaction.atomic
def begin(*, row: CrossConnection, kind: Workflow.Kind, by: Actor) -> Workflow:
    """The work of that kind that goes on with this cross connection, a new one where there is none.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it is gone from Azure, or work of the other kind goes on.
    """
    require(by, Permission.CHANGE, at=place_of(row))
    going_on = row.workflows.filter(ended_at=None).first() or _begin(row, kind, by)
    if going_on.kind != kind:
        raise NotPossible(_OTHER[kind])
    return going_on


def begin_each(*, rows: Sequence[CrossConnection], by: Actor) -> list[Workflow]:
    """Connect each of them; whichever cannot be is left alone.

    Raises:
        NotAllowed: whoever asks may not change anything at one of them.
    """
    begun = []
    for row in rows:
        try:
            begun.append(begin(row=row, kind=Workflow.Kind.CONNECT, by=by))
        except NotPossible:
            continue
    return begun


def _begin(row: CrossConnection, kind: Workflow.Kind, by: Actor) -> Workflow:
    if row.gone_at is not None:
        raise NotPossible(GONE)
    try:
        with transaction.atomic():
            workflow = Workflow.objects.create(cross_connection=row, kind=kind, begun_at=clock(), begun_by=by.user)
    except IntegrityError:
        return row.workflows.get(ended_at=None)  # somebody else was quicker
    record(WORKFLOW_BEGUN, by=by, about=about_cross_connection(row), details={"what": WORK[kind]})
    return workflow
