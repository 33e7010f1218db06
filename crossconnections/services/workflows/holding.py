"""What every word about a piece of work begins and ends with."""

from crossconnections.deeds import WORKFLOW_ENDED, about_cross_connection
from crossconnections.models import Workflow
from crossconnections.queries.diagnosis import judge
from crossconnections.queries.snapshots import find_snapshot
from crossconnections.queries.workflow_facts import Known, accepted_of, know
from crossconnections.queries.workflows import reread
from crossconnections.scopes import place_of
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.workflows.names import WORK
from crossconnections.workflows.rules import OVER
from crossconnections.workflows.verification import Verification, verify
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor


def hold(workflow: Workflow, by: Actor) -> Known:
    """The work as it is now, which nobody else moves on before the transaction ends.

    Raises:
        NotAllowed: whoever acts may not change anything there.
        NotPossible: it has ended.
    """
    require(by, Permission.CHANGE, at=place_of(workflow.cross_connection))
    if not Workflow.objects.select_for_update().filter(pk=workflow.pk, ended_at=None).exists():
        raise NotPossible(OVER)
    return know([reread(workflow)])[0]


def find_verification(known: Known) -> Verification | None:
    """Of the newest reading since the circuit was set up; None where there is none."""
    reading = known.facts.fresh_reading
    snapshot = find_snapshot(known.workflow.cross_connection, reading.number) if reading else None
    if snapshot is None:
        return None
    return verify(judge(snapshot).diagnosis, accepted_of(known.workflow))


def end(workflow: Workflow, outcome: Workflow.Outcome, by: Actor, *, note: str = "") -> None:
    """Of work that is held; ``note`` is why it is given up."""
    ended = {"ended_at": clock(), "ended_by": by.user, "outcome": outcome, "end_note": note}
    Workflow.objects.filter(pk=workflow.pk).update(**ended)
    details = {"what": WORK[workflow.kind], "outcome": outcome.label.lower()} | ({"reason": note} if note else {})
    record(WORKFLOW_ENDED, by=by, about=about_cross_connection(workflow.cross_connection), details=details)
