"""Disconnecting a customer: which step is done by what."""

import pytest

from crossconnections.diagnosis.findings import Owner
from crossconnections.workflows.facts import Deed
from tests.unit.workflows.facts_of import PRIVATE, after, current, did, done, facts, provisioned, reading, steps


def of_it(**values: object) -> set[str]:
    return done(provisioned(**values), "disconnect")


def test_of_a_circuit_in_service_nothing_is_done():
    assert of_it() == set()
    assert current(provisioned(), "disconnect") == "request"


def test_the_customers_part_is_the_customers_turn():
    found = steps(provisioned(), "disconnect")
    assert {name for name, step in found.items() if step.turn == Owner.CUSTOMER} == {"links-removed", "deleted"}


def test_on_a_layer_2_service_the_peerings_are_the_customers_as_well():
    assert steps(provisioned(service="layer2"), "disconnect")["no-peering"].turn == Owner.CUSTOMER


def test_the_peerings_are_gone_once_azure_has_none():
    removed = steps(provisioned(peerings={}, set_up={PRIVATE: did(40)}), "disconnect")["no-peering"]
    assert removed.deed == did(40)
    assert steps(provisioned(peerings={}, set_up={}), "disconnect")["no-peering"].deed == Deed()


def test_peerings_that_stay_may_be_left_out_for_a_reason():
    left_out = did(30, note="the customer removes them", is_skipped=True)
    assert steps(provisioned(ticks={"no-peering": left_out}), "disconnect")["no-peering"].deed == left_out


@pytest.mark.parametrize("state", ["NotProvisioned", "DeProvisioned"])
def test_it_is_out_of_service_in_either_of_azures_words(state: str):
    of = provisioned(state=state, reached={state: did(50)})
    assert steps(of, "disconnect")["not-provisioned"].deed == did(50)


@pytest.mark.parametrize("state", ["Provisioned", "Deprovisioning", "Provisioning", ""])
def test_no_other_state_is_out_of_service(state: str):
    assert "not-provisioned" not in of_it(state=state)


def test_what_is_gone_is_out_of_service_and_deleted():
    assert {"not-provisioned", "deleted"} <= of_it(gone_at=after(90))
    assert steps(provisioned(gone_at=after(90)), "disconnect")["deleted"].deed == Deed(after(90))


def test_nobody_can_say_that_it_is_deleted():
    assert "deleted" not in of_it(ticks={"deleted": did(1)})


def test_all_is_done_once_the_customer_has_deleted_it():
    said = ("request", "links-removed", "sessions", "layer-2-removed", "told")
    of = facts(gone_at=after(90), ticks={name: did(5) for name in said}, reading=reading(3))
    assert current(of, "disconnect") == ""
