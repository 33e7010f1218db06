"""What differs by the setting: commands that would stand twice, and ages."""

from dataclasses import replace

import pytest

from crossconnections.presenters.readiness.proofs import Proof
from crossconnections.presenters.readiness.rows import Setup, show_check
from crossconnections.readiness.checks import Check, Level, Result

SETUP = Setup(
    "AzureCloud", "https://arm", "https://entra", "tenant", "one-app", "another-app", "https://portal", Proof.SECRET
)


def test_an_application_that_is_for_both_is_asked_about_once():
    result = Result(Check.SECRETS, Level.PASS, "secret")
    both = replace(SETUP, sign_in_client_id=SETUP.client_id)
    assert len(show_check(result, SETUP, subscription_id="", may_repair=False).command.splitlines()) == 2
    assert len(show_check(result, both, subscription_id="", may_repair=False).command.splitlines()) == 1


@pytest.mark.parametrize(("minutes", "words"), [(0, "just now."), (5, "5 min ago."), (150, "2 h 30 min ago.")])
def test_a_look_at_the_trail_says_how_long_ago(minutes: int, words: str):
    result = Result(Check.TRAIL, Level.PASS, "whole", {"entries": 3, "minutes": minutes})
    assert show_check(result, SETUP, subscription_id="", may_repair=False).meaning.endswith(words)
