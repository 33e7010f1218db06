from pathlib import Path

import pytest

from crossconnections.enums import ProviderProvisioningState
from crossconnections.models import Operation
from crossconnections.policies import (
    PROVIDER_TRANSITIONS,
    TRANSITIONS,
    can_follow,
    ends_service,
    reason_not_to_set,
    states_before,
)

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
    assert states_before(State.SUCCEEDED) == [State.SUBMITTING, State.RUNNING, State.UNKNOWN]


def test_whatever_is_active_can_be_stopped_and_can_fail():
    assert set(states_before(State.CANCELED)) == set(states_before(State.FAILED)) == set(Operation.ACTIVE)


def test_each_provider_state_leads_somewhere_and_none_to_itself():
    assert set(PROVIDER_TRANSITIONS) == set(ProviderProvisioningState)
    assert all(following and before not in following for before, following in PROVIDER_TRANSITIONS.items())


@pytest.mark.parametrize("before", ["NotProvisioned", "Provisioning", "DeProvisioned"])
def test_a_circuit_is_put_in_service_from_wherever_it_is_in_none(before: str):
    assert reason_not_to_set(before, "Provisioned") is None


def test_a_state_that_cannot_follow_is_refused_with_those_that_can():
    assert reason_not_to_set("NotProvisioned", "Deprovisioning") == (
        "From Not provisioned it can only become Provisioning or Provisioned."
    )


def test_from_a_state_that_nobody_knows_nothing_follows():
    assert reason_not_to_set("Migrating", "Provisioned") == (
        "Azure shows the state Migrating, which this portal does not know: nothing can follow it."
    )
    assert "shows the state not at all" in str(reason_not_to_set("", "Provisioned"))


@pytest.mark.parametrize(
    ("before", "after", "is_guarded"),
    [
        ("Provisioned", "Deprovisioning", True),
        ("Provisioned", "NotProvisioned", True),
        ("Deprovisioning", "NotProvisioned", True),
        ("Provisioning", "NotProvisioned", False),
        ("NotProvisioned", "Provisioned", False),
    ],
)
def test_what_takes_a_circuit_out_of_service_is_guarded(before: str, after: str, is_guarded: bool):
    assert ends_service(before, after) is is_guarded
