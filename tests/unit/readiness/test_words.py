"""Every outcome has its sentence, and every sentence what it tells."""

import string

import pytest

from crossconnections.presenters.readiness.proofs import Proof
from crossconnections.presenters.readiness.rows import CheckRow, Setup, show_check
from crossconnections.presenters.readiness.words import SUBJECTS, WAITING, WORDS, words_of
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result
from crossconnections.readiness.judging import Trouble
from portal.celery import app

SETUP = Setup("AzureCloud", "https://arm", "https://entra", "", "", "sign-in", "https://portal", Proof.MANAGED_IDENTITY)
# What the sentences may tell: of the settings, and of the check itself.
KNOWN = {
    "id",
    "cloud",
    "endpoint",
    "authority",
    "tenant_id",
    "client_id",
    "sign_in_client_id",
    "base",
    "names",
    "units",
}


@pytest.mark.parametrize("check", Check)
def test_each_check_has_a_subject_and_an_outcome_that_passes_or_waits(check: Check):
    assert SUBJECTS[check]
    assert any(one is check for one, _ in WORDS)


@pytest.mark.parametrize("check", OF_A_SUBSCRIPTION)
@pytest.mark.parametrize("trouble", Trouble)
def test_each_trouble_of_each_check_has_a_sentence_and_a_next_step(check: Check, trouble: Trouble):
    row = show_check(Result(check, Level.FAIL, trouble.value), SETUP, subscription_id="sub", may_repair=False)
    assert row.title
    assert row.meaning
    assert row.mend


@pytest.mark.parametrize("trouble", [one for one in Trouble if one is not Trouble.NOT_PERMITTED])
def test_a_registration_that_did_not_come_about_can_be_asked_for_again(trouble: Trouble):
    row = not_registered(trouble)
    assert row.may_register
    assert "The portal does not ask again by itself." in row.meaning
    assert row.command == "az provider register --namespace Microsoft.Network --subscription sub"


@pytest.mark.parametrize("trouble", [Trouble.THROTTLED, Trouble.NOT_CONNECTED])
def test_a_registration_that_azure_never_got_is_not_told_to_pass_by_itself(trouble: Trouble):
    assert "the registration was not asked for" in not_registered(trouble).meaning


@pytest.mark.parametrize("trouble", [Trouble.NO_ANSWER, Trouble.FAILED])
def test_of_a_registration_without_an_answer_nothing_is_claimed(trouble: Trouble):
    assert "is not known" in not_registered(trouble).meaning


def not_registered(trouble: Trouble) -> CheckRow:
    """After a press on Register which came to that."""
    result = Result(Check.REGISTRATION, Level.FAIL, f"cannot-register-{trouble}")
    return show_check(result, SETUP, subscription_id="sub", may_repair=True)


@pytest.mark.parametrize(("check", "outcome"), WORDS)
def test_a_command_is_ready_to_be_pasted(check: Check, outcome: str):
    words = words_of(check, outcome)
    assert not words.command or words.mend
    named = {name for _, name, _, _ in string.Formatter().parse(words.command) if name}
    assert named <= KNOWN


def test_a_managed_identity_is_named_by_what_stands_for_it():
    lacking = Result(Check.SUBSCRIPTION, Level.FAIL, "unknown")
    row = show_check(lacking, SETUP, subscription_id="sub", may_repair=False)
    assert "--assignee <object-id-of-the-managed-identity>" in row.command


@pytest.mark.parametrize("outcome", [outcome for check, outcome in WORDS if check is Check.SECRETS])
def test_the_secret_for_signing_in_ends_whatever_the_portal_proves_itself_by(outcome: str):
    row = show_check(Result(Check.SECRETS, Level.PASS, outcome), SETUP, subscription_id="sub", may_repair=False)
    assert "for signing in" in row.meaning + row.afterwards
    assert 'az ad app credential list --id sign-in --query "[].endDateTime"' in row.command + row.afterwards


def test_of_two_secrets_both_ends_can_be_seen():
    of_azure, of_sign_in = words_of(Check.SECRETS, "secret").command.splitlines()
    assert ("{client_id}" in of_azure, "{sign_in_client_id}" in of_sign_in) == (True, True)


def test_each_queue_has_a_sentence_for_what_waits():
    assert set(WAITING) == set(app.amqp.queues)


def test_what_another_version_did_not_keep_is_an_ellipsis():
    row = show_check(Result(Check.QUOTA, Level.WARN, "few"), SETUP, subscription_id="sub", may_repair=False)
    assert "Azure has … reads left" in row.meaning
