"""Azure Resource Manager's clock may be off; Entra's, which issues tokens, is right."""

import json
import time
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import jwt
import pytest
from requests import Response

from tests.integration.sandbox.estates import control, refusal, traced_path
from tests.sandbox_process import SandboxProcess


def seconds_ahead(answer: Response) -> float:
    return parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()


@pytest.mark.parametrize("skew", [-600, 0, 600])
def test_every_answer_of_azures_has_azures_time(sandbox: SandboxProcess, skew: int) -> None:
    sandbox.behave(clock_skew_seconds=skew)
    for answer in (sandbox.get(traced_path(sandbox)), sandbox.get("/nothing")):
        assert abs(seconds_ahead(answer) - skew) < 60
        told = answer.headers["x-ms-routing-request-id"].split(":")[1]
        assert abs(timegm(time.strptime(told, "%Y%m%dT%H%M%SZ")) - time.time() - skew) < 60


def test_entra_and_the_controls_have_the_right_time(sandbox: SandboxProcess) -> None:
    sandbox.behave(clock_skew_seconds=600)
    keys = sandbox.session.get(sandbox.discovery()["jwks_uri"], timeout=30)
    for answer in (keys, control(sandbox, "GET", "faults")):
        assert abs(seconds_ahead(answer)) < 60


def new_token(sandbox: SandboxProcess) -> str:
    fields = {"grant_type": "client_credentials", "scope": f"{sandbox.manifest['arm']}/.default"}
    token: str = sandbox.ask_token(fields).json()["access_token"]
    return token


def ask_with(sandbox: SandboxProcess, token: str) -> Response:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    return sandbox.session.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30)


@pytest.mark.parametrize("skew", [-7200, 7200])
def test_tokens_are_issued_by_the_right_clock(sandbox: SandboxProcess, skew: int) -> None:
    sandbox.behave(clock_skew_seconds=skew)
    claims = jwt.decode(new_token(sandbox), options={"verify_signature": False})
    assert abs(claims["iat"] - time.time()) < 60
    assert claims["exp"] - claims["nbf"] == 3600


def test_to_a_clock_that_is_ahead_a_new_token_has_expired(sandbox: SandboxProcess) -> None:
    sandbox.behave(clock_skew_seconds=7200)
    answer = ask_with(sandbox, new_token(sandbox))
    assert refusal(answer) == (401, "ExpiredAuthenticationToken")
    now = answer.json()["error"]["message"].split("'")[3]
    told = datetime.strptime(now, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
    assert abs(told.timestamp() - time.time() - 7200) < 60


def test_to_a_clock_that_is_behind_a_new_token_is_not_good_yet(sandbox: SandboxProcess) -> None:
    sandbox.behave(clock_skew_seconds=-7200)
    assert refusal(ask_with(sandbox, new_token(sandbox))) == (401, "InvalidAuthenticationToken")


def test_a_clock_that_is_a_little_ahead_takes_a_new_token(sandbox: SandboxProcess) -> None:
    sandbox.behave(clock_skew_seconds=1800)
    assert ask_with(sandbox, new_token(sandbox)).status_code == 200


@pytest.mark.parametrize("times", [{"exp": "soon"}, {"nbf": []}, {"iat": None, "nbf": None}])
def test_a_token_whose_times_are_none_is_refused(sandbox: SandboxProcess, times: dict[str, object]) -> None:
    key = (sandbox.state_dir / "signing-key.pem").read_bytes()
    claims = jwt.decode(sandbox.token(), options={"verify_signature": False})
    forged = jwt.api_jws.encode(json.dumps(claims | times).encode(), key, algorithm="RS256")
    assert refusal(ask_with(sandbox, forged)) == (401, "InvalidAuthenticationToken")
