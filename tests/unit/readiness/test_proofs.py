"""What is told of the token fits how the portal proves itself."""

from dataclasses import replace

import pytest

from crossconnections.presenters.readiness.proofs import OF_THE_TOKEN, Proof
from crossconnections.presenters.readiness.rows import CheckRow, Setup, show_check
from crossconnections.presenters.readiness.subjects import setup
from crossconnections.readiness.checks import Check, Level, Result

SETUP = Setup(
    "AzureCloud", "https://arm", "https://entra", "tenant", "client", "sign-in", "https://portal", Proof.SECRET
)
WRONG = ("refused", "none", "not-taken")
TENANT = "00000000-0000-4000-8000-000000000000"


def told(outcome: str, told_by: Setup) -> CheckRow:
    result = Result(Check.TOKEN, Level.FAIL, outcome)
    return show_check(result, told_by, subscription_id="sub", may_repair=False)


@pytest.mark.parametrize("proof", Proof)
@pytest.mark.parametrize("outcome", WRONG)
def test_each_proof_has_a_mend_and_a_command_without_gaps(outcome: str, proof: Proof):
    row = told(outcome, replace(SETUP, proof=proof))
    assert row.mend
    assert row.command
    assert not [text for text in (row.title, row.meaning, row.mend, row.command) if "…" in text]


def test_every_outcome_is_told_for_every_proof():
    assert set(OF_THE_TOKEN) == {(outcome, proof) for outcome in ("obtained", *WRONG) for proof in Proof}


@pytest.mark.parametrize(
    ("proof", "command"),
    [
        (Proof.SECRET, "az ad app credential reset --id client --append --display-name crossconnect --years 1"),
        (Proof.CERTIFICATE, "az ad app credential reset --id client --append --cert @new-certificate.pem"),
        (Proof.FEDERATED_TOKEN, "az ad app federated-credential list --id client"),
        (Proof.MANAGED_IDENTITY, "az ad sp show --id client --query accountEnabled"),
    ],
)
def test_who_is_refused_is_told_of_the_proof_that_was_given(proof: Proof, command: str):
    assert told("refused", replace(SETUP, proof=proof)).command == command


@pytest.mark.parametrize("proof", [one for one in Proof if one is not Proof.SECRET])
@pytest.mark.parametrize("outcome", WRONG)
def test_only_who_has_a_secret_is_told_to_renew_it(outcome: str, proof: Proof):
    row = told(outcome, replace(SETUP, proof=proof))
    assert "secret" not in (row.meaning + row.mend + row.command).lower()


@pytest.mark.parametrize(("client_id", "named"), [("client", "&client_id=client'"), ("", "resource=https://arm'")])
def test_a_managed_identity_is_asked_of_the_machine_and_its_token_is_not_shown(client_id: str, named: str):
    row = told("none", replace(SETUP, proof=Proof.MANAGED_IDENTITY, tenant_id="", client_id=client_id))
    assert "http://169.254.169.254/metadata/identity/oauth2/token" in row.command
    assert "-o /dev/null" in row.command
    assert row.command.endswith(named)


@pytest.mark.parametrize(
    ("given", "proof"),
    [
        ({"AZURE_TENANT_ID": ""}, Proof.MANAGED_IDENTITY),
        ({"AZURE_FEDERATED_TOKEN_FILE": "/t", "AZURE_CLIENT_CERTIFICATE_PATH": "/c"}, Proof.FEDERATED_TOKEN),
        ({"AZURE_CLIENT_CERTIFICATE_PATH": "/c"}, Proof.CERTIFICATE),
        ({}, Proof.SECRET),
    ],
)
def test_the_words_follow_what_goes_first_in_the_settings(settings, given: dict[str, str], proof: Proof):
    usual = {"AZURE_TENANT_ID": TENANT, "AZURE_FEDERATED_TOKEN_FILE": "", "AZURE_CLIENT_CERTIFICATE_PATH": ""}
    for name, value in (usual | given).items():
        setattr(settings, name, value)
    assert setup().proof is proof
