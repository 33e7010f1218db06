from pathlib import Path

import pytest

from crossconnections.enums import ProviderProvisioningState
from crossconnections.models import CrossConnection, Operation
from crossconnections.policies import (
    PROVIDER_TRANSITIONS,
    TRANSITIONS,
    can_follow,
    ends_service,
    moves_ports,
    reason_not_to_place,
    reason_not_to_set,
    states_before,
)
from crossconnections.port_pairs import PortPair

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


HERE = {"primary_azure_port": "LON-1-PRI-A", "secondary_azure_port": "LON-1-SEC-A"}
THERE = {"primary_azure_port": "LON-2-PRI-A", "secondary_azure_port": "LON-2-SEC-A"}


@pytest.mark.parametrize(
    ("now", "asked", "states", "is_guarded"),
    [
        (HERE, THERE, ["Enabled"], True),
        (HERE, THERE, ["Disabled", ""], True),
        (HERE, HERE | {"secondary_azure_port": "LON-2-SEC-A"}, ["Enabled"], True),
        (HERE, THERE, ["Disabled"], False),
        (HERE, THERE, [], False),
        (HERE, HERE, ["Enabled"], False),
        (dict.fromkeys(HERE, ""), THERE, ["Enabled"], False),
    ],
)
def test_a_move_is_guarded_where_a_session_may_be_up(
    now: dict[str, str], asked: dict[str, str], states: list[str], is_guarded: bool
):
    assert moves_ports(now, asked, peering_states=states) is is_guarded


@pytest.mark.parametrize(
    ("left", "reason"),
    [
        (1_000, None),
        (None, None),
        (999, "It has 999 Mbps left, and the circuit takes 1,000 Mbps."),
        (-500, "It has 0 Mbps left, and the circuit takes 1,000 Mbps."),
    ],
)
def test_a_circuit_is_placed_where_it_fits_or_where_nobody_tells(left: int | None, reason: str | None):
    pair = PortPair(1, "London", "LON-2-PRI-A", "LON-2-SEC-A", left_mbps=left)
    assert reason_not_to_place(CrossConnection(bandwidth_mbps=1_000), pair) == reason
