"""Connecting a customer: which step is done by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.findings import Owner
from crossconnections.workflows.facts import Deed, Facts, PeeringFacts
from crossconnections.workflows.steps import TICKED, StepName, find_current, stands_since, steps_of
from tests.unit.workflows.facts_of import (
    BEGUN,
    MICROSOFT,
    PRIVATE,
    after,
    current,
    did,
    done,
    facts,
    ordered,
    provisioned,
    reading,
    steps,
)


def test_of_a_circuit_that_was_just_ordered_nothing_is_done():
    assert done(facts()) == set()
    assert current(facts()) == "order"


def test_what_a_person_says_is_done_by_whoever_said_it():
    of = facts(ticks={"layer-2-primary": did(3, "Jonas", note="cross-connect 4711")})
    assert steps(of)["layer-2-primary"].deed == did(3, "Jonas", note="cross-connect 4711")


def test_azures_state_is_not_for_anybody_to_say():
    ticks = {name: did(1) for name in ("provisioned", "reading", "private-peering", "any-peering")}
    assert done(facts(ticks=ticks)) == set()


class TestProvisioning:
    def test_it_is_done_while_the_state_is_that(self):
        assert "provisioning" in done(facts(state="Provisioning"))

    def test_it_tells_who_set_it(self):
        of = facts(state="Provisioning", reached={"Provisioning": did(2, change=7)})
        assert steps(of)["provisioning"].deed == did(2, change=7)

    def test_it_is_not_needed_any_more_once_the_circuit_is_provisioned(self):
        assert steps(facts(state="Provisioned"))["provisioning"].deed == Deed(is_skipped=True)

    def test_it_may_be_left_out_for_a_reason(self):
        left_out = did(1, note="quick one", is_skipped=True)
        assert steps(facts(ticks={"provisioning": left_out}))["provisioning"].deed == left_out

    def test_it_stays_done_where_somebody_set_the_state_back(self):
        assert "provisioning" in done(facts(state="NotProvisioned", reached={"Provisioning": did(2)}))


class TestProvisioned:
    def test_it_follows_from_azure(self):
        assert steps(provisioned())["provisioned"].deed == did(10)

    def test_it_is_not_done_any_more_where_the_state_was_taken_back(self):
        assert "provisioned" not in done(provisioned(state="Deprovisioning"))

    def test_before_the_work_began_nobody_saw_who_did_it(self):
        assert steps(provisioned(reached={}))["provisioned"].deed == Deed()


class TestPeerings:
    def test_any_will_do_where_the_order_names_none(self):
        assert "any-peering" in done(provisioned())

    def test_there_is_a_step_for_each_that_was_ordered(self):
        of = provisioned(order=ordered(PRIVATE, MICROSOFT))
        assert {"private-peering", "microsoft-peering"} <= steps(of).keys()
        assert "any-peering" not in steps(of)
        assert done(of) & {"private-peering", "microsoft-peering"} == {"private-peering"}

    def test_one_that_is_switched_off_is_not_set_up(self):
        of = provisioned(order=ordered(PRIVATE), peerings={PRIVATE: PeeringFacts(is_enabled=False)})
        assert "private-peering" not in done(of)

    @pytest.mark.parametrize("state", ["ValidationNeeded", "Configuring", "NotConfigured", "SomethingNew"])
    def test_microsofts_sessions_come_up_once_the_prefixes_are_configured(self, state: str):
        waits = {MICROSOFT: PeeringFacts(is_enabled=True, prefixes_state=state)}
        step = steps(provisioned(order=ordered(MICROSOFT), peerings=waits))["microsoft-peering"]
        assert (step.is_done, step.turn) == (False, Owner.CUSTOMER)

    @pytest.mark.parametrize("state", ["Configured", ""])
    def test_what_is_configured_or_has_nothing_to_validate_is_done(self, state: str):
        there = {MICROSOFT: PeeringFacts(is_enabled=True, prefixes_state=state)}
        assert "microsoft-peering" in done(provisioned(order=ordered(MICROSOFT), peerings=there))

    def test_on_a_layer_2_service_it_is_the_customers_turn(self):
        assert steps(facts(service="layer2"))["any-peering"].turn == Owner.CUSTOMER
        assert steps(facts(service="layer3"))["any-peering"].turn == Owner.US


class TestVerification:
    def test_it_holds_as_long_as_nothing_is_set_up_anew(self):
        ticks = {"verification": did(30)}
        assert "verification" in done(provisioned(ticks=ticks))
        assert "verification" not in done(provisioned(ticks=ticks, set_up={PRIVATE: did(40)}))

    def test_a_newer_reading_is_to_be_verified_as_well(self):
        ticks = {"verification": did(30)}
        assert "verification" in done(provisioned(ticks=ticks, reading=reading(25)))
        assert "verification" not in done(provisioned(ticks=ticks, reading=reading(35)))


class TestMoving:
    def test_layer_2_is_to_be_built_anew_on_other_ports(self):
        ticks = {"layer-2-primary": did(10), "layer-2-secondary": did(30)}
        assert {"layer-2-primary", "layer-2-secondary"} <= done(facts(ticks=ticks))
        assert done(facts(ticks=ticks, moved_at=after(20))) == {"layer-2-secondary"}

    def test_a_reading_from_before_tells_nothing_of_them(self):
        assert "reading" in done(provisioned(reading=reading(25)))
        assert "reading" not in done(provisioned(reading=reading(25), moved_at=after(30)))


class TestReading:
    def test_one_since_the_circuit_was_set_up_counts(self):
        assert steps(provisioned(reading=reading(21)))["reading"].deed == Deed(after(22), "Jonas")

    def test_an_older_one_tells_nothing_about_it(self):
        assert "reading" not in done(provisioned(reading=reading(19)))

    def test_one_from_before_the_work_tells_nothing_either(self):
        assert "reading" not in done(facts(reading=reading(-5)))

    def test_one_that_goes_on_is_not_done(self):
        assert "reading" not in done(provisioned(reading=reading(21, is_open=True)))


def test_it_stands_where_the_last_thing_was_done():
    of = facts(ticks={"order": did(5), "layer-2-secondary": did(8)})
    assert stands_since(steps_of("connect", of), BEGUN) == after(8)
    assert stands_since(steps_of("connect", facts()), BEGUN) == BEGUN


def test_all_done_stands_nowhere():
    ticks = {name: did(30) for name in TICKED}
    of = provisioned(ticks=ticks, order=ordered(PRIVATE), reading=reading(21))
    assert current(of) == ""


_PEERINGS = st.dictionaries(
    st.sampled_from([PRIVATE, MICROSOFT, "AzurePublicPeering"]),
    st.builds(PeeringFacts, is_enabled=st.booleans(), prefixes_state=st.sampled_from(["", "Configured", "Odd"])),
)
_FACTS = st.builds(
    facts,
    state=st.sampled_from(["NotProvisioned", "Provisioning", "Provisioned", "Deprovisioning", "Odd", ""]),
    ticks=st.dictionaries(st.sampled_from(list(StepName)), st.builds(did, st.integers(0, 60))),
    order=st.lists(st.sampled_from([PRIVATE, MICROSOFT]), unique=True).map(lambda wanted: ordered(*wanted)),
    peerings=_PEERINGS,
    service=st.sampled_from(["", "layer2", "layer3"]),
)


@given(kind=st.sampled_from(["connect", "disconnect"]), of=_FACTS)
def test_whatever_is_so_each_step_stands_once_and_the_current_is_the_first_to_do(kind: str, of: Facts):
    found = steps_of(kind, of)
    assert len({step.name for step in found}) == len(found)
    undone = [step for step in found if not step.is_done]
    assert find_current(found) == (undone[0] if undone else None)
