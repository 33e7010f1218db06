"""The board: where each piece of work stands, whose turn it is, and for how long it has stood there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossconnections.models import CrossConnection, Workflow
from crossconnections.presenters.listing import NO_LOCATION
from crossconnections.presenters.states import Mark, bandwidth, provider_state
from crossconnections.presenters.workflows.steps import count_in_words, whose_turn
from crossconnections.queries.records import find_record
from crossconnections.queries.workflow_facts import Known
from crossconnections.queries.workflows import Idle
from crossconnections.workflows.names import WORK, step_name, within_sentence
from crossconnections.workflows.steps import Step, find_current, stands_since, steps_of
from portal.times import Moment, age, ago

_LONG = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One piece of work; ``waits`` is how long it has stood at its step, ``is_long`` for more than a week."""

    kind: str
    service_key: str
    name: str
    circuit: str
    location: str
    work: str
    step: str
    turn: str
    progress: str
    waits: Moment
    is_long: bool


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Those that stand at the same step, the longest first."""

    title: str
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A cross connection that no work goes on with: just ordered, or not provisioned for long."""

    service_key: str
    name: str
    location: str
    bandwidth: str
    state: Mark
    since: Moment


def show_board(known: Iterable[Known], *, now: datetime) -> list[BoardGroup]:
    """By step, in the order in which the steps are taken."""
    lines = [_placed(one, now) for one in known]
    groups: dict[tuple[int, int], list[BoardLine]] = {}
    for order, line in sorted(lines, key=lambda pair: (pair[0], pair[1].waits.at)):
        groups.setdefault(order, []).append(line)
    return [BoardGroup(f"{lines[0].work}: {within_sentence(lines[0].step)}", tuple(lines)) for lines in groups.values()]


def show_new(rows: Sequence[CrossConnection], *, now: datetime) -> list[WaitingLine]:
    """Just ordered."""
    return [_waiting(row, ago(row.first_seen_at, now=now)) for row in rows]


def show_idle(idle: Sequence[Idle], *, now: datetime) -> list[WaitingLine]:
    """Not provisioned for long."""
    return [_waiting(one.row, age(one.since, now=now)) for one in idle]


def _placed(one: Known, now: datetime) -> tuple[tuple[int, int], BoardLine]:
    """With its place: connecting before disconnecting, then by the step that it stands at."""
    kind, steps = one.workflow.kind, steps_of(one.workflow.kind, one.facts)
    current = find_current(steps)
    place = list(WORK).index(kind), steps.index(current) if current else len(steps)
    return place, _line(one.workflow, steps, current, now)


def _line(workflow: Workflow, steps: Sequence[Step], current: Step | None, now: datetime) -> BoardLine:
    row, since = workflow.cross_connection, stands_since(steps, workflow.begun_at)
    return BoardLine(
        workflow.kind,
        row.service_key,
        name=_name(row),
        circuit=row.circuit_name,
        location=row.peering_location or NO_LOCATION,
        work=WORK[workflow.kind],
        step=step_name(current.name) if current else "To be closed",
        turn=whose_turn(current) if current else "Your turn",
        progress=count_in_words(steps),
        waits=age(since, now=now),
        is_long=now - since >= _LONG,
    )


def _waiting(row: CrossConnection, since: Moment) -> WaitingLine:
    state = provider_state(row.provider_provisioning_state)
    location = row.peering_location or NO_LOCATION
    return WaitingLine(row.service_key, _name(row), location, bandwidth(row.bandwidth_mbps), state, since)


def _name(row: CrossConnection) -> str:
    """The customer's, where somebody knows it; else the circuit's."""
    record = find_record(row)
    return (record.customer if record else "") or row.circuit_name or "Not told"
