from pathlib import Path

from crossconnections.models import Operation
from crossconnections.policies import TRANSITIONS, can_follow, states_before

State = Operation.State
DOCUMENT = Path(__file__).parents[3] / "docs" / "operations.md"


def test_the_drawing_in_the_docs_is_the_table_of_transitions():
    drawn = [line.strip() for line in DOCUMENT.read_text().splitlines() if " --> " in line and "[*]" not in line]
    assert drawn == [
        f"{before} --> {after}: {why}" for before, following in TRANSITIONS.items() for after, why in following.items()
    ]


def test_every_state_has_its_row_in_the_table():
    assert set(TRANSITIONS) == set(State)


def test_what_succeeded_or_was_stopped_stays_so():
    assert not any(can_follow(ended, after) for ended in (State.SUCCEEDED, State.CANCELED) for after in State)


def test_nothing_succeeds_that_was_not_sent():
    assert states_before(State.SUCCEEDED) == [State.SUBMITTING, State.RUNNING]


def test_whatever_is_active_can_be_stopped_and_can_fail():
    assert set(states_before(State.CANCELED)) == set(states_before(State.FAILED)) == set(Operation.ACTIVE)
