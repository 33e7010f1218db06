"""What is known of pieces of work, gathered in a fixed number of queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Q, Subquery

from crossconnections.differences import AZURES_OWN, is_same
from crossconnections.enums import PeeringState, PeeringType
from crossconnections.models import (
    Change,
    CrossConnection,
    Observation,
    Peering,
    Snapshot,
    TableRead,
    Workflow,
    WorkflowStep,
)
from crossconnections.port_pairs import PORTS
from crossconnections.queries.records import find_record
from crossconnections.workflows.facts import Deed, Facts, Order, PeeringFacts, ReadingFacts
from crossconnections.workflows.verification import Key

_STATE = "provider_provisioning_state"
# So long after its end a sync may still find what a change has done, as in the history of a cross connection.
_SHORTLY = timedelta(minutes=2)
_Seen = TypeVar("_Seen", Change, Observation)


class Known(NamedTuple):
    """A piece of work with its cross connection, and what is known of it."""

    workflow: Workflow
    facts: Facts


def know(workflows: Sequence[Workflow]) -> list[Known]:
    """What is known of each."""
    rows = [one.cross_connection_id for one in workflows]
    changes, seen, readings = _changes_of(rows), _observations_of(rows), _readings_of(rows)
    return [
        Known(one, _facts(one, changes[one.cross_connection_id], seen[one.cross_connection_id], readings))
        for one in workflows
    ]


def _changes_of(rows: Sequence[int]) -> Mapping[int, list[Change]]:
    took = Change.objects.filter(cross_connection__in=rows, state=Change.State.SUCCEEDED).select_related("asked_by")
    plain = took.only("cross_connection_id", "kind", "subject", "opened", "asked", "finished_at", "asked_by__name")
    return _by_row(plain.order_by("finished_at"))


def _observations_of(rows: Sequence[int]) -> Mapping[int, list[Observation]]:
    is_told = Q(subject="", field__in=(_STATE, *PORTS)) | ~Q(subject="") & ~Q(field__in=AZURES_OWN)
    return _by_row(Observation.objects.filter(is_told, cross_connection__in=rows).order_by("seen_at", "pk"))


def _by_row(found: Iterable[_Seen]) -> Mapping[int, list[_Seen]]:
    by_row: Mapping[int, list[_Seen]] = defaultdict(list)
    for one in found:
        by_row[one.cross_connection_id].append(one)
    return by_row


def _readings_of(rows: Sequence[int]) -> dict[int, Snapshot]:
    """The newest with an answer, of each."""
    answered = TableRead.objects.filter(snapshot=OuterRef("pk"), state=TableRead.State.SUCCEEDED)
    newest = Snapshot.objects.filter(Exists(answered), cross_connection=OuterRef("pk")).order_by("-number")
    keys = CrossConnection.objects.filter(pk__in=rows).annotate(newest=Subquery(newest.values("pk")[:1]))
    found = Snapshot.objects.filter(pk__in=keys.values("newest")).select_related("asked_by")
    return {one.cross_connection_id: one for one in found}


def _facts(
    workflow: Workflow, changes: Sequence[Change], seen: Sequence[Observation], readings: Mapping[int, Snapshot]
) -> Facts:
    row, since = workflow.cross_connection, workflow.begun_at
    changes = [one for one in changes if one.finished_at and one.finished_at >= since]
    seen = [one for one in seen if one.seen_at >= since]
    record = find_record(row)
    return Facts(
        begun_at=since,
        state=row.provider_provisioning_state,
        gone_at=row.gone_at,
        location=row.peering_location,
        bandwidth_mbps=row.bandwidth_mbps,
        service=record.service if record else "",
        order=_order(workflow),
        peerings={one.peering_type: _peering(one) for one in row.peerings.all()},
        reading=_reading(readings.get(row.pk)),
        ticks={step.name: _tick(step) for step in workflow.steps.all()},
        reached=_reached(changes, seen),
        set_up=_set_up(changes, seen),
        # What was blank before was not told yet: that is no move.
        removed_vlan_ids={one.subject: one.opened["vlan_id"] for one in changes if _took_a_vlan_id(one)},
        moved_at=max((one.seen_at for one in seen if one.field in PORTS and one.before), default=None),
    )


def accepted_of(workflow: Workflow) -> dict[Key, str]:
    """The findings that were accepted, each with how severe it was then."""
    return {(one.rule, one.peering, one.path): one.severity for one in workflow.accepted.all()}


def _order(workflow: Workflow) -> Order:
    wishes = (
        (PeeringType.AZURE_PRIVATE_PEERING, workflow.wants_private, workflow.private_vlan_id),
        (PeeringType.MICROSOFT_PEERING, workflow.wants_microsoft, workflow.microsoft_vlan_id),
    )
    return Order(
        workflow.ordered_location,
        workflow.ordered_bandwidth_mbps,
        wanted=tuple(kind for kind, is_wanted, _ in wishes if is_wanted),
        vlan_ids={kind: vlan_id for kind, is_wanted, vlan_id in wishes if is_wanted and vlan_id is not None},
    )


def _peering(one: Peering) -> PeeringFacts:
    return PeeringFacts(one.state == PeeringState.ENABLED, one.vlan_id, one.advertised_prefixes_state)


def _reading(snapshot: Snapshot | None) -> ReadingFacts | None:
    if snapshot is None:
        return None
    by = snapshot.asked_by.name if snapshot.asked_by else ""
    return ReadingFacts(snapshot.number, snapshot.asked_at, by, snapshot.finished_at)


def _tick(step: WorkflowStep) -> Deed:
    return Deed(step.done_at, step.done_by.name if step.done_by else "", step.note, step.is_skipped)


def _reached(changes: Iterable[Change], seen: Iterable[Observation]) -> dict[str, Deed]:
    ours = {one.asked[_STATE]: one for one in changes if not one.subject and one.asked.get(_STATE)}
    return _deeds(ours, ((str(one.after), one) for one in seen if one.field == _STATE and not one.subject))


def _set_up(changes: Iterable[Change], seen: Iterable[Observation]) -> dict[str, Deed]:
    ours = {one.subject: one for one in changes if one.subject}
    return _deeds(ours, ((one.subject, one) for one in seen if one.subject))


def _deeds(ours: Mapping[str, Change], seen: Iterable[tuple[str, Observation]]) -> dict[str, Deed]:
    """The last one of each name; what was seen of the effect of a change of ours is told by that change."""
    found = {name: _by_change(one) for name, one in ours.items()}
    later = ((name, one) for name, one in seen if name not in ours or not _is_effect(one, ours[name]))
    return found | {name: Deed(one.seen_at) for name, one in later}


def _took_a_vlan_id(one: Change) -> bool:
    """Whoever takes layer 2 down has to know it, and Azure tells of it no more."""
    return one.kind == Change.Kind.REMOVAL and bool(one.opened.get("vlan_id"))


def _is_effect(one: Observation, change: Change) -> bool:
    """Or came before it. What is seen later and is not as asked was done by somebody else."""
    until = change.finished_at or one.seen_at
    is_as_asked = is_same(one.after, change.asked.get(one.field))
    return one.seen_at <= until or (is_as_asked and one.seen_at <= until + _SHORTLY)


def _by_change(one: Change) -> Deed:
    return Deed(one.finished_at, one.asked_by.name if one.asked_by else "", change=one.pk)
