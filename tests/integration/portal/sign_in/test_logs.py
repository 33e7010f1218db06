"""What the log tells of a sign-in: who and whether, and nothing that lets anybody in."""

import json
import logging
import re

import pytest
from django.test import Client

from tests.integration.portal.lines import written
from tests.integration.portal.sign_in.browser import Browser, operator, query_of
from tests.sandbox_process import SandboxProcess

TOLD = (
    *("good", "absent", "access_token", "unsigned", "wrong_key", "unknown_key", "wrong_audience", "audience_list"),
    *("wrong_issuer", "wrong_tenant", "expired", "not_yet_valid", "no_nonce", "wrong_nonce", "odd_object_id"),
)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that is logged, at the level of the settings or lower."""
    caplog.set_level(logging.DEBUG)
    return caplog


def sign_in(browser: Browser, azure: SandboxProcess, log: pytest.LogCaptureFixture) -> tuple[str, dict[str, str]]:
    """What the portal logs meanwhile, without what this test's own way to Entra ID does; and what it may not."""
    authorize = browser.start()
    started = log.text
    location = browser.choose(authorize, operator(azure))
    secrets = secrets_of(browser, authorize, location, azure.manifest["client_secret"])
    log.clear()
    browser.come_back(location)
    return started + log.text, secrets | {"session after": browser.cookie}


def secrets_of(browser: Browser, authorize: str, location: str, client_secret: str) -> dict[str, str]:
    flow = next(iter(browser.portal.session["sign_in_flows"].values()))["flow"]
    return {
        "client secret": client_secret,
        "code": query_of(location)["code"],
        "state": query_of(location)["state"],
        "nonce": query_of(authorize)["nonce"],
        "nonce in the session": flow["nonce"],
        "verifier": flow["code_verifier"],
        "session before": browser.cookie,
    }


@pytest.mark.rule(21)
@pytest.mark.parametrize("defect", TOLD)
def test_nothing_that_lets_anybody_in_is_logged(browser, azure, log, defect: str):
    azure.behave(id_token=defect)
    logged, secrets = sign_in(browser, azure, log)
    assert "sign-in/callback" in logged
    assert [name for name, secret in secrets.items() if secret in logged] == []
    # No token, whole or in part: each part of one is JSON in base64.
    assert not re.search(r"eyJ|\bsub\b|preferred_username", logged)


@pytest.mark.rule(21)
@pytest.mark.parametrize("path", ["/token", "/keys"])
@pytest.mark.parametrize("fault", ["garbage", "truncate", "reset"])
def test_nor_when_the_authority_fails_midway(browser, azure, log, path: str, fault: str):
    azure.fault(fault, path_pattern=path)
    logged, secrets = sign_in(browser, azure, log)
    assert "authority_unreachable" in logged
    assert [name for name, secret in secrets.items() if secret in logged] == []
    # Nor what came in place of an answer: a part of it may be a token.
    assert not re.search(r"eyJ|502 Bad Gateway", logged)


@pytest.mark.rule(21)
def test_nor_is_a_code_of_somebody_who_only_knocks(db, log):
    Client(HTTP_HOST="localhost").get("/sign-in/callback/", {"code": "the-code", "state": "the-state"})
    assert "the-code" not in log.text
    assert "the-state" not in log.text


@pytest.mark.rule(21)
def test_what_was_searched_for_before_the_sign_in_is_not_logged(browser, azure, log):
    browser.sign_in(operator(azure), "/cross-connections/?q=a-customers-name")
    assert "a-customers-name" not in log.text


def test_a_sign_in_is_logged_with_the_person_and_a_refusal_with_the_reason(browser, azure, log):
    browser.sign_in(operator(azure))
    azure.behave(id_token="wrong_nonce")
    Browser().sign_in(operator(azure))
    events = [record.msg for record in log.records if isinstance(record.msg, dict)]
    told = {one["event"]: one for one in events}
    assert {"signed_in", "sign_in_refused"} <= told.keys()
    assert told["signed_in"]["user_id"]
    assert told["sign_in_refused"]["reason"]


def test_a_refusal_of_entras_cannot_break_a_line_of_the_log(browser, azure):
    state = query_of(browser.start())["state"]
    hostile = {"state": state, "error": "x", "error_description": '"}\n{"event": "forged"}\x1b[31m'}
    with written() as text:
        browser.portal.get("/sign-in/callback/", hostile)
    lines = text.getvalue().splitlines()
    assert lines
    assert [line for line in map(json.loads, lines) if line["event"] == "forged"] == []
    assert not any("\x1b" in line for line in lines)
