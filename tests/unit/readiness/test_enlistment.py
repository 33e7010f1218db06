"""What keeps a subscription from being enlisted, and what does not."""

import pytest

from crossconnections.readiness.actions import NEEDS
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result
from crossconnections.readiness.enlistment import reason_not_to_enlist


def found(**levels: Level) -> list[Result]:
    """Every check passes but those that are named."""
    return [Result(one, levels.get(one.name, Level.PASS), "x") for one in OF_A_SUBSCRIPTION]


def test_one_that_passes_every_check_can_be_enlisted():
    assert reason_not_to_enlist(found()) is None


def test_one_that_was_not_checked_cannot():
    assert reason_not_to_enlist([]) == "It was not checked yet."


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (Check.TOKEN, "no token"),
        (Check.REACHABLE, "could not be reached"),
        (Check.SUBSCRIPTION, "does not show this subscription"),
        (Check.REGISTRATION, "not registered"),
        (Check.ENROLMENT, "a customer's subscription"),
    ],
)
def test_each_of_these_has_to_be_right(check: Check, words: str):
    assert words in str(reason_not_to_enlist(found(**{check.name: Level.FAIL})))


@pytest.mark.parametrize("level", [Level.WARN, Level.NOT_RUN])
@pytest.mark.parametrize("check", [Check.SUBSCRIPTION, Check.REGISTRATION, Check.ENROLMENT])
def test_what_could_not_be_found_out_is_no_yes_and_no_wrong_reason(check: Check, level: Level):
    assert "Check again in a minute." in str(reason_not_to_enlist(found(**{check.name: level})))


@pytest.mark.parametrize("check", [Check.CLOCK, Check.PERMISSIONS, Check.PORT_PAIRS, Check.QUOTA])
def test_the_others_can_be_mended_afterwards(check: Check):
    assert reason_not_to_enlist(found(**{check.name: Level.FAIL})) is None


def test_a_subscription_that_azure_only_warns_of_can_be_enlisted():
    warned = [
        Result(Check.SUBSCRIPTION, Level.WARN, "warned") if one.check is Check.SUBSCRIPTION else one for one in found()
    ]
    assert reason_not_to_enlist(warned) is None


def test_what_the_portal_may_not_read_is_not_taken_for_a_customers():
    missing = {"missing": [{"action": NEEDS[0].action, "what_for": "to see"}]}
    results = [
        Result(one.check, Level.FAIL, "vital", missing) if one.check is Check.PERMISSIONS else one
        for one in found(ENROLMENT=Level.FAIL)
    ]
    assert reason_not_to_enlist(results) == "The portal's application may not read cross connections there."
