"""Pieces of work in the test's own process: circuits in the mirror, people at them, and what their words wrote."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from crossconnections.models import CrossConnection, Observation, Workflow, WorkflowStep
from crossconnections.queries.workflow_facts import know
from crossconnections.queries.workflows import reread
from crossconnections.services.workflows import beginning, stepping
from crossconnections.services.workflows.holding import find_verification
from crossconnections.workflows.facts import Facts
from crossconnections.workflows.steps import Step, find_current, steps_of
from crossconnections.workflows.verification import Key, key_of
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.people import person
from tests.told import told

CONNECT, DISCONNECT = Workflow.Kind.CONNECT, Workflow.Kind.DISCONNECT
ORDER: dict[str, Any] = {
    "ordered_location": "Amsterdam",
    "ordered_bandwidth_mbps": 1000,
    "wants_private": True,
    "wants_microsoft": False,
    "private_vlan_id": 200,
    "microsoft_vlan_id": None,
    "primary_a_end": "AMS1 cage 14 port 3",
    "secondary_a_end": "AMS2 cage 2 port 9",
}


def somebody(name: str = "Lotte de Vries", role: str = "Portal.Operator") -> Actor:
    """At a browser, who may change what they like; the same person for the same name."""
    user = User.objects.filter(name=name).first() or person(name, role)
    return Actor(WEB, user.name, user, "127.0.0.1")


def begun(row: CrossConnection, kind: Workflow.Kind = CONNECT, by: Actor | None = None) -> Workflow:
    return beginning.begin(row=row, kind=kind, by=by or somebody())


def begun_ago(row: CrossConnection, *, hours: float = 1, **values: Any) -> Workflow:
    """One that was begun so many hours ago, put down as it is."""
    begun_at = timezone.now() - timedelta(hours=hours)
    return Workflow.objects.create(cross_connection=row, **{"kind": CONNECT, "begun_at": begun_at} | values)


def said(workflow: Workflow, *names: str, by: Actor | None = None) -> None:
    """Somebody says of each step that it is done."""
    for name in names:
        stepping.tick(workflow=workflow, name=name, by=by or somebody())


def facts(workflow: Workflow) -> Facts:
    """What is known of it now."""
    return know([reread(workflow)])[0].facts


def steps(workflow: Workflow) -> dict[str, Step]:
    return {step.name: step for step in steps_of(workflow.kind, facts(workflow))}


def current(workflow: Workflow) -> str:
    """The name of the step that it stands at, "" where all is done."""
    step = find_current(steps_of(workflow.kind, facts(workflow)))
    return step.name if step else ""


def word(workflow: Workflow, name: str) -> WorkflowStep:
    """What somebody said of a step."""
    return workflow.steps.get(name=name)


def left(work: Workflow) -> list[Key]:
    """The keys of the findings that are in the way of its verification."""
    found = find_verification(know([reread(work)])[0])
    assert found is not None
    return [key_of(one) for one in found.open]


def seen(
    row: CrossConnection, field: str, after: Any, *, before: Any = None, subject: str = "", at: datetime | None = None
) -> None:
    """Azure showed another value."""
    moment = at or timezone.now()
    told = {"subject": subject, "field": field, "before": before, "after": after}
    Observation.objects.create(cross_connection=row, seen_at=moment, **told)


def on_record() -> list[tuple[str, str]]:
    """Who did what, of all that the trail tells."""
    return [(one.who, one.what) for one in told()]
