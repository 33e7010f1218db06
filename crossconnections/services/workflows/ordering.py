"""Keeping what the customer ordered, beside what Azure has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from crossconnections.deeds import ORDER_KEPT, about_cross_connection
from crossconnections.models import Workflow, WorkflowStep
from crossconnections.queries.workflow_facts import know
from crossconnections.services.leases import clock
from crossconnections.services.records import save_record
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows.holding import hold
from crossconnections.workflows.comparing import Difference, differences_of
from crossconnections.workflows.rules import NOT_A_STEP
from crossconnections.workflows.steps import StepName
from portal.activity.trail import record as record_deed
from portal.actors import Actor

FIELDS = (
    "ordered_location", "ordered_bandwidth_mbps", "wants_private", "wants_microsoft", "private_vlan_id",
    "microsoft_vlan_id", "primary_a_end", "secondary_a_end",
)  # fmt: skip
WITH_A_REASON = "Azure has something else than was ordered. Put the order right with the customer, or say why it holds."


class NotAsOrdered(NotPossible):
    """The order differs from what Azure has, and nobody said why that is right."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__(WITH_A_REASON)
        self.differences = differences


class OrderMoved(NotPossible):
    """Somebody else has kept another order since the person at hand saw it; ``order`` is theirs, ``by`` their name."""

    def __init__(self, workflow: Workflow, by: str) -> None:
        super().__init__(f"{by or 'Somebody'} has kept another order meanwhile.")
        self.order = {name: getattr(workflow, name) for name in FIELDS}
        self.workflow = workflow


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What is to be kept in the customer's record with the order, as ``save_record`` takes it."""

    fields: Mapping[str, Any]
    seen_version: int


@transaction.atomic
def keep_order(
    *,
    workflow: Workflow,
    order: Mapping[str, Any],
    reason: str,
    by: Actor,
    seen: Mapping[str, Any] | None = None,
    record: RecordWords | None = None,
) -> None:
    """Keep the order: ``order`` has all of ``FIELDS``. The step is done with it, by whoever kept it last.

    ``reason`` says why it is right where it differs from what Azure has; ``seen`` is the order as the person saw it.

    Raises:
        NotAllowed: whoever keeps it may not change anything there.
        NotPossible: the work has ended, or it is a disconnect, which has no order.
        OrderMoved: it is another one by now than they saw; nothing is kept.
        NotAsOrdered: it differs, and there is no reason.
        RecordMoved: somebody else has written into the customer's record; nothing is kept.
    """
    held = hold(workflow, by).workflow
    if held.kind != Workflow.Kind.CONNECT:
        raise NotPossible(NOT_A_STEP)
    if seen is not None and any(getattr(held, name) not in {seen[name], order[name]} for name in FIELDS):
        raise OrderMoved(held, _keeper_of(held))
    for name in FIELDS:
        setattr(held, name, order[name])
    differences = differences_of(know([held])[0].facts)
    if differences and not reason:
        raise NotAsOrdered(differences)
    # Into the trail only now: who waits for its head has this piece of work, or wants it.
    if record is not None:
        save_record(row=held.cross_connection, fields=record.fields, seen_version=record.seen_version, by=by)
    held.save(update_fields=[*FIELDS])
    said = {"note": reason if differences else "", "done_at": clock(), "done_by": by.user, "is_skipped": False}
    WorkflowStep.objects.update_or_create(workflow=workflow, name=StepName.ORDER, defaults=said)
    record_deed(ORDER_KEPT, by=by, about=about_cross_connection(workflow.cross_connection))


def _keeper_of(held: Workflow) -> str:
    step = held.steps.filter(name=StepName.ORDER).select_related("done_by").first()
    return step.done_by.name if step and step.done_by else ""
