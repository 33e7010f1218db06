"""What keeps a subscription from being enlisted, and what does not."""

import pytest

from crossconnections.readiness.actions import NEEDS
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result
from crossconnections.readiness.enlistment import reason_not_to_enlist
from crossconnections.readiness.judging import Trouble

NEEDED = [Check.TOKEN, Check.REACHABLE, Check.SUBSCRIPTION, Check.REGISTRATION, Check.ENROLMENT]
TOLD = {Trouble.NOT_PERMITTED, Trouble.NOT_REGISTERED, Trouble.PORTAL_FAULT}
NOT_KNOWN = "Azure could not tell all that has to be known of it. Check again in a minute."


def found(*others: Result) -> list[Result]:
    """Every check passes but those that came to something else."""
    results = {one: Result(one, Level.PASS, "x") for one in OF_A_SUBSCRIPTION}
    return list((results | {one.check: one for one in others}).values())


def reason(check: Check, outcome: str, level: Level = Level.FAIL) -> str:
    """Why not, where only this check came to something else."""
    return str(reason_not_to_enlist(found(Result(check, level, outcome))))


def test_one_that_passes_every_check_can_be_enlisted():
    assert reason_not_to_enlist(found()) is None


@pytest.mark.parametrize("results", [[], found()[:-3]])
def test_one_that_was_not_checked_cannot(results: list[Result]):
    assert reason_not_to_enlist(results) == "It was not checked yet."


def test_what_the_portal_itself_failed_in_is_no_check_that_was_never_made():
    fault = Result(Check.SUBSCRIPTION, Level.FAIL, Trouble.PORTAL_FAULT)
    assert "The portal failed while it checked" in str(reason_not_to_enlist([fault]))


@pytest.mark.parametrize(
    ("check", "outcome", "words"),
    [
        (Check.TOKEN, "refused", "has no token"),
        (Check.TOKEN, "none", "has no token"),
        (Check.TOKEN, "not-taken", "does not take the portal's token"),
        (Check.TOKEN, "not-taken-by-the-clock", "does not take the portal's token"),
        (Check.REACHABLE, "not-connected", "could not be reached"),
        (Check.REACHABLE, "no-answer", "could not be reached"),
        (Check.REACHABLE, "not-understood", "Something else answers"),
        (Check.SUBSCRIPTION, "unknown", "knows no such subscription"),
        (Check.SUBSCRIPTION, "disabled", "it is not enabled"),
        (Check.SUBSCRIPTION, "not-permitted", "has no role in the subscription"),
        (Check.REGISTRATION, "not-registered", "is not registered for"),
        (Check.REGISTRATION, "not-permitted", "may not see whether the subscription is registered"),
        (Check.REGISTRATION, "cannot-register-throttled", "could not be registered"),
        (Check.ENROLMENT, "not-enrolled", "it is a customer's subscription"),
        (Check.ENROLMENT, "not-registered", "is not registered for"),
        (Check.ENROLMENT, "not-permitted", "may not read cross connections"),
    ],
)
def test_what_is_wrong_is_told(check: Check, outcome: str, words: str):
    assert words in reason(check, outcome)


def test_one_that_is_being_registered_only_takes_some_minutes():
    assert "being registered for Microsoft.Network, which takes some minutes" in reason(
        Check.REGISTRATION, "registering", Level.WARN
    )


@pytest.mark.parametrize("trouble", [one for one in Trouble if one not in TOLD])
@pytest.mark.parametrize("check", [Check.SUBSCRIPTION, Check.REGISTRATION, Check.ENROLMENT])
def test_what_azure_did_not_tell_is_no_wrong_reason(check: Check, trouble: Trouble):
    assert reason(check, trouble) == NOT_KNOWN


@pytest.mark.parametrize("check", NEEDED)
@pytest.mark.parametrize("level", [Level.WARN, Level.FAIL, Level.NOT_RUN])
def test_each_of_these_has_to_be_right_whatever_it_came_to(check: Check, level: Level):
    assert reason(check, "not-run", level) == NOT_KNOWN


@pytest.mark.parametrize("check", [Check.CLOCK, Check.PERMISSIONS, Check.PORT_PAIRS, Check.QUOTA])
def test_the_others_can_be_mended_afterwards(check: Check):
    assert reason_not_to_enlist(found(Result(check, Level.FAIL, "x"))) is None


def test_a_subscription_that_azure_only_warns_of_can_be_enlisted():
    assert reason_not_to_enlist(found(Result(Check.SUBSCRIPTION, Level.WARN, "warned"))) is None


def test_what_the_portal_may_not_read_is_not_taken_for_a_customers():
    missing = {"missing": [{"action": NEEDS[0].action, "what_for": "to see"}]}
    results = found(
        Result(Check.PERMISSIONS, Level.FAIL, "vital", missing), Result(Check.ENROLMENT, Level.FAIL, "not-enrolled")
    )
    assert reason_not_to_enlist(results) == "The portal's application may not read cross connections there."
