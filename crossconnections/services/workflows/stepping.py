"""Saying that a step is done, or not needed, and taking that back."""

from django.db import transaction

from crossconnections.deeds import STEP_LEFT_OUT, STEP_TAKEN_BACK, STEP_TICKED, about_cross_connection
from crossconnections.models import Workflow, WorkflowStep
from crossconnections.queries.workflow_facts import Known
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows.holding import end, find_verification, hold
from crossconnections.workflows.names import step_name
from crossconnections.workflows.rules import NOT_A_STEP, reason_not_to_leave_out, reason_not_to_tick
from crossconnections.workflows.steps import StepName, find_step
from portal.activity.deeds import Deed
from portal.activity.trail import record
from portal.actors import Actor


@transaction.atomic
def tick(*, workflow: Workflow, name: str, note: str = "", by: Actor) -> None:
    """Somebody says that a step is done; the hand-over ends the work. Twice is once: the first who said so stays.

    Raises:
        NotAllowed: whoever says so may not change anything there.
        NotPossible: the work has ended, or the step cannot be done as things stand.
    """
    known = hold(workflow, by)
    verification = find_verification(known) if name == StepName.VERIFICATION else None
    if reason := reason_not_to_tick(workflow.kind, name, known.facts, verification):
        raise NotPossible(reason)
    _put_down(known, name, STEP_TICKED, by, note=note)
    if name == StepName.HAND_OVER:
        end(workflow, Workflow.Outcome.FINISHED, by)


@transaction.atomic
def leave_out(*, workflow: Workflow, name: str, note: str, by: Actor) -> None:
    """Somebody says that a step is not needed, and why.

    Raises:
        NotAllowed, NotPossible: as tick; also without a reason.
    """
    known = hold(workflow, by)
    if reason := reason_not_to_leave_out(workflow.kind, name, known.facts, note):
        raise NotPossible(reason)
    _put_down(known, name, STEP_LEFT_OUT, by, note=note, is_skipped=True)


@transaction.atomic
def take_back(*, workflow: Workflow, name: str, by: Actor) -> None:
    """What somebody said of a step was wrong, or does not hold any more.

    Raises:
        NotAllowed, NotPossible: as tick.
    """
    known = hold(workflow, by)
    if find_step(workflow.kind, name, known.facts) is None:
        raise NotPossible(NOT_A_STEP)
    deleted, _ = workflow.steps.filter(name=name).exclude(name=StepName.ORDER).delete()
    if deleted:
        _record(STEP_TAKEN_BACK, workflow, name, by)


def _put_down(known: Known, name: str, deed: Deed, by: Actor, *, note: str, is_skipped: bool = False) -> None:
    """Nothing where it is so already; what does not hold any more is said anew."""
    workflow, step = known.workflow, find_step(known.workflow.kind, name, known.facts)
    if step is None or step.is_done:
        return
    said = {"note": note, "is_skipped": is_skipped, "done_at": clock(), "done_by": by.user}
    WorkflowStep.objects.update_or_create(workflow=workflow, name=name, defaults=said)
    _record(deed, workflow, name, by, reason=note if is_skipped else "")


def _record(deed: Deed, workflow: Workflow, name: str, by: Actor, *, reason: str = "") -> None:
    details = {"step": step_name(name)} | ({"reason": reason} if reason else {})
    record(deed, by=by, about=about_cross_connection(workflow.cross_connection), details=details)
