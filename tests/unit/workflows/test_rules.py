"""What may be said of a step as things stand."""

import pytest

from crossconnections.workflows import rules
from crossconnections.workflows.facts import Facts
from crossconnections.workflows.steps import LEFT_OUT, TICKED, steps_of
from crossconnections.workflows.verification import Verification
from tests.unit.workflows.facts_of import PRIVATE, after, did, facts, ordered, provisioned, reading

FINE = Verification((), (), ())
OPEN = Verification((object(),), (), ())  # type: ignore[arg-type]
UNKNOWN = Verification((), (), (object(),))  # type: ignore[arg-type]


def reason(
    name: str, of: Facts | None = None, verification: Verification | None = None, kind: str = "connect"
) -> str | None:
    return rules.reason_not_to_tick(kind, name, of or facts(), verification)


def test_layer_2_can_be_said_at_any_time():
    assert reason("layer-2-primary") is None


@pytest.mark.parametrize("name", ["provisioned", "provisioning", "any-peering", "reading", "order"])
def test_what_follows_from_azure_or_from_a_form_cannot_be_said(name: str):
    assert reason(name) == rules.FOLLOWS


@pytest.mark.parametrize("name", ["", "request", "nonsense", "private-peering"])
def test_what_is_no_step_of_it_cannot_be_said(name: str):
    assert reason(name) == rules.NOT_A_STEP


class TestVerification:
    def test_it_takes_a_reading(self):
        assert reason("verification", provisioned(), None) == rules.NO_READING

    def test_it_takes_one_since_the_circuit_was_set_up(self):
        assert reason("verification", provisioned(reading=reading(19)), FINE) == rules.NO_READING

    def test_it_takes_one_that_has_ended(self):
        assert reason("verification", provisioned(reading=reading(21, is_open=True)), FINE) == rules.NO_READING

    def test_an_open_finding_stands_in_its_way(self):
        assert reason("verification", provisioned(reading=reading(21)), OPEN) == rules.LEFT

    def test_what_is_not_known_is_not_fine(self):
        assert reason("verification", provisioned(reading=reading(21)), UNKNOWN) == rules.UNKNOWN

    def test_nothing_left_to_look_at_will_do(self):
        assert reason("verification", provisioned(reading=reading(21)), FINE) is None


def all_but(*missing: str) -> Facts:
    ticks = {name: did(30) for name in TICKED if name not in {"hand-over", *missing}}
    return provisioned(order=ordered(PRIVATE), reading=reading(21), ticks=ticks)


@pytest.mark.parametrize("name", ["failover-primary", "failover-secondary"])
def test_nobody_tries_the_failover_of_what_was_not_read(name: str):
    assert reason(name) == rules.NO_READING
    assert reason(name, provisioned(reading=reading(21, is_open=True))) == rules.NO_READING
    assert reason(name, provisioned(reading=reading(21))) is None


@pytest.mark.parametrize("name", ["layer-2-removed", "told"])
def test_nothing_is_taken_down_while_it_is_in_service(name: str):
    assert reason(name, provisioned(), kind="disconnect") == rules.IN_SERVICE
    assert reason(name, facts(), kind="disconnect") is None
    assert reason(name, provisioned(gone_at=after(90)), kind="disconnect") is None


@pytest.mark.parametrize("name", ["layer-2-primary", "verification", "hand-over"])
def test_of_what_is_gone_nothing_is_said_any_more(name: str):
    assert reason(name, provisioned(gone_at=after(90), reading=reading(21)), FINE) == rules.GONE


class TestHandingOver:
    def test_it_comes_last(self):
        assert reason("hand-over", all_but("failover-primary")) == "One step is not done yet."
        assert reason("hand-over", all_but("failover-primary", "verification")) == "2 steps are not done yet."

    def test_it_can_be_said_once_all_else_is_done(self):
        assert reason("hand-over", all_but()) is None


class TestSessions:
    def test_they_are_read_before_anybody_says_what_is_alive(self):
        assert reason("sessions", provisioned(), kind="disconnect") == rules.NOT_LOOKED
        assert reason("sessions", provisioned(reading=reading(21)), kind="disconnect") is None

    def test_without_a_peering_there_are_none(self):
        assert reason("sessions", facts(), kind="disconnect") is None


class TestLeavingOut:
    def test_it_takes_a_reason(self):
        assert rules.reason_not_to_leave_out("connect", "failover-primary", facts(), "") == rules.WITH_A_REASON
        assert rules.reason_not_to_leave_out("connect", "failover-primary", facts(), "a test circuit") is None

    def test_most_steps_cannot_be_left_out(self):
        for step in steps_of("connect", facts()):
            told = rules.reason_not_to_leave_out("connect", step.name, facts(), "no time")
            assert (told is None) == (step.name in LEFT_OUT), step.name

    def test_a_step_of_the_other_kind_is_none_of_it(self):
        assert rules.reason_not_to_leave_out("connect", "sessions", facts(), "x") == rules.NOT_A_STEP
