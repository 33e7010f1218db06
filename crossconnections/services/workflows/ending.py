"""Ending a piece of work."""

from django.db import transaction

from crossconnections.models import Workflow
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows.holding import end, hold
from crossconnections.workflows.rules import reason_not_to_finish
from crossconnections.workflows.steps import steps_of
from portal.actors import Actor

WITH_A_REASON = "Say why it is given up."
BY_HAND_OVER = "An onboarding ends with the hand-over."


@transaction.atomic
def finish(*, workflow: Workflow, by: Actor) -> None:
    """All of a disconnect is done. Connecting ends with the hand-over alone (:func:`stepping.tick`).

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it has ended, a step is missing, or it is no disconnect.
    """
    steps = list(steps_of(workflow.kind, hold(workflow, by).facts))
    if workflow.kind == Workflow.Kind.CONNECT:
        raise NotPossible(BY_HAND_OVER)
    if reason := reason_not_to_finish(steps):
        raise NotPossible(reason)
    end(workflow, Workflow.Outcome.FINISHED, by)


@transaction.atomic
def give_up(*, workflow: Workflow, reason: str, by: Actor) -> None:
    """Nobody goes on with it; what was done stays as it is, in Azure as well.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it has ended, or there is no reason.
    """
    hold(workflow, by)
    if not reason:
        raise NotPossible(WITH_A_REASON)
    end(workflow, Workflow.Outcome.GIVEN_UP, by, note=reason)
