import pytest

from crossconnections.presenters import states
from crossconnections.presenters.states import Mark


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ("NotProvisioned", Mark("Not provisioned", "s-new")),
        ("Provisioning", Mark("Provisioning", "s-prog", "run")),
        ("Provisioned", Mark("Provisioned", "s-done", "ok")),
        ("Deprovisioning", Mark("Deprovisioning", "s-off", "warn")),
        ("DeProvisioned", Mark("Deprovisioned", "s-gone")),
    ],
)
def test_a_provider_state_has_a_word_a_glyph_and_a_tone(value: str, mark: Mark) -> None:
    assert states.provider_state(value) == mark


def test_an_unknown_state_is_shown_as_it_came() -> None:
    assert states.provider_state("QuantumEntangled") == Mark("QuantumEntangled", "s-idle")


def test_an_enabled_peering_is_not_green_for_its_sessions_are_not_known() -> None:
    assert states.peering_state("Enabled").tone == ""


@pytest.mark.parametrize("value", ["Succeeded", ""])
def test_nothing_is_said_of_settled_provisioning(value: str) -> None:
    assert states.unsettled_provisioning(value) is None


def test_a_failed_operation_is_said() -> None:
    assert states.unsettled_provisioning("Failed") == Mark("Failed", "s-fail", "bad")


def test_validation_is_told_in_words() -> None:
    assert states.validation_state("ValidationNeeded") == Mark("Validation needed", "s-warn", "warn")


@pytest.mark.parametrize(
    ("mbps", "words"),
    [(500, "500 Mbps"), (1000, "1 Gbps"), (2500, "2.5 Gbps"), (10_000, "10 Gbps"), (None, "Not told")],
)
def test_bandwidth_is_told_in_the_unit_people_use(mbps: int | None, words: str) -> None:
    assert states.bandwidth(mbps) == words


def test_states_stand_in_the_order_in_which_they_are_passed_and_unknown_ones_last() -> None:
    assert states.in_order_of_life(["Zombie", "Provisioned", "DeProvisioned", "NotProvisioned", "Asleep"]) == [
        "NotProvisioned",
        "Provisioned",
        "DeProvisioned",
        "Asleep",
        "Zombie",
    ]
