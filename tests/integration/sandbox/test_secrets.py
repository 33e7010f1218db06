"""No secret that was sent to the sandbox can be read in its log of requests."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.integration.sandbox.estates import traced_path
from tests.sandbox_process import SandboxProcess

SECRET = "S3cret-välue"
FIELDS = [
    *("client_secret", "client_assertion", "assertion", "password", "refresh_token", "code", "code_verifier"),
]
SHARED_KEYS = ["sharedKey", "SHAREDKEY"]


def send(sandbox: SandboxProcess, **arguments: Any) -> dict[str, Any]:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    sandbox.session.put(url, timeout=30, **arguments)
    found: dict[str, Any] = sandbox.requests()[-1]
    return found


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["Authorization", "x-ms-authorization-auxiliary", "Cookie"])
def test_a_header_that_lets_somebody_in_is_hashed(sandbox: SandboxProcess, name: str) -> None:
    told = send(sandbox, headers={name: "S3cret"})
    assert told["headers"][name.lower()] == hashed("S3cret")
    assert "S3cret" not in str(told)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=u"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_secret_in_a_form_is_hashed(sandbox: SandboxProcess, name: str, kind: str) -> None:
    body = f"a=1&{name}=S3cret&b="
    assert send(sandbox, data=body, headers={"Content-Type": kind})["body"] == f"a=1&{name}={hashed('S3cret')}&b="


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
@pytest.mark.parametrize("name", FIELDS)
def test_a_secret_in_json_is_hashed_however_deep_it_is(sandbox: SandboxProcess, name: str, kind: str) -> None:
    body = json.dumps({"a": [{name.upper(): SECRET, "b": 1}]})
    told = send(sandbox, data=body, headers={"Content-Type": kind})["body"]
    assert json.loads(told) == {"a": [{name.upper(): hashed(SECRET), "b": 1}]}


@pytest.mark.parametrize("name", SHARED_KEYS)
def test_a_shared_key_is_one_word_for_all_of_them(sandbox: SandboxProcess, name: str) -> None:
    for key in ("A1B2C3D4", SECRET, 12345678, {"value": "A1B2C3D4"}):
        body = {"properties": {"vlanId": 200, name: key}}
        assert json.loads(send(sandbox, json=body)["body"]) == {"properties": {"vlanId": 200, name: "(hidden)"}}
        assert send(sandbox, data={name: "A1B2C3D4"})["body"] == f"{name}=%28hidden%29"


def test_a_shared_key_that_is_taken_away_is_seen_to_be(sandbox: SandboxProcess) -> None:
    assert json.loads(send(sandbox, json={"sharedKey": ""})["body"]) == {"sharedKey": ""}


def test_a_secret_in_several_parts_is_hashed_with_them(sandbox: SandboxProcess) -> None:
    assert "S3cret" not in str(send(sandbox, files={"client_secret": (None, "S3cret")}))


@pytest.mark.parametrize(
    "body", ['{ "properties" :{"code": 5, "vlanId":  200}}', '{"error": {"code": {"a": 1}}}', "{", "[" * 99_999, "é"]
)
def test_what_holds_no_secret_is_told_to_the_letter(sandbox: SandboxProcess, body: str) -> None:
    assert send(sandbox, data=body.encode())["body"] == body
