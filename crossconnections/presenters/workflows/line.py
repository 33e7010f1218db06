"""In one line, for the pages about a cross connection: which work goes on with it, and at which step."""

from dataclasses import dataclass

from crossconnections.presenters.workflows.steps import whose_turn
from crossconnections.queries.workflow_facts import Known
from crossconnections.workflows.names import WORK, step_name, within_sentence
from crossconnections.workflows.steps import find_current, steps_of


@dataclass(frozen=True, slots=True)
class WorkLine:
    """``Onboarding, step 8 of 11: Verify``; ``anchor`` is the step's place on the page of the work."""

    kind: str
    words: str
    turn: str
    anchor: str


def show_line(known: Known) -> WorkLine:
    """Of work that goes on."""
    kind = known.workflow.kind
    steps = steps_of(kind, known.facts)
    current = find_current(steps)
    if current is None:
        return WorkLine(kind, f"{WORK[kind]}: all {len(steps)} steps are done", "Close it", "")
    number = steps.index(current) + 1
    words = f"{WORK[kind]}, step {number} of {len(steps)}: {within_sentence(step_name(current.name))}"
    return WorkLine(kind, words, whose_turn(current), current.name)
