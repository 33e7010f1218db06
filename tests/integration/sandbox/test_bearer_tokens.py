import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from requests import Response

from tests.integration.sandbox.estates import traced_path
from tests.sandbox_process import SandboxProcess

Ask = Callable[[str | None], Response]


@pytest.fixture
def ask(sandbox: SandboxProcess) -> Ask:
    def with_header(header: str | None) -> Response:
        url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
        return sandbox.session.get(url, headers={"Authorization": header} if header else {}, timeout=30)

    return with_header


@pytest.fixture
def forge(sandbox: SandboxProcess) -> Callable[..., str]:
    """A token like the sandbox's own, signed with its key, but for some claims."""
    key = (sandbox.state_dir / "signing-key.pem").read_bytes()
    claims = jwt.decode(sandbox.token(), options={"verify_signature": False})

    def with_claims(**other: Any) -> str:
        return jwt.encode(claims | other, key, algorithm="RS256")

    return with_claims


def assert_challenged(answer: Response, sandbox: SandboxProcess, code: str) -> None:
    authority = f"{sandbox.manifest['authority']}/{sandbox.manifest['tenant_id']}"
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == code
    assert answer.headers["WWW-Authenticate"].startswith(
        f'Bearer authorization_uri="{authority}", error="invalid_token", error_description="'
    )


def test_a_request_without_token_is_challenged(sandbox: SandboxProcess, ask: Ask) -> None:
    assert_challenged(ask(None), sandbox, "AuthenticationFailed")


def test_a_request_with_something_else_than_a_token_is_challenged(sandbox: SandboxProcess, ask: Ask) -> None:
    assert_challenged(ask("Basic YTpi"), sandbox, "AuthenticationFailed")
    assert_challenged(ask("Bearer nonsense"), sandbox, "InvalidAuthenticationToken")


def test_an_expired_token_is_told_when_it_expired(sandbox: SandboxProcess, ask: Ask, forge: Callable[..., str]) -> None:
    answer = ask(f"Bearer {forge(exp=int(time.time()) - 60)}")
    assert_challenged(answer, sandbox, "ExpiredAuthenticationToken")
    assert answer.json()["error"]["message"].startswith("The access token expiry UTC time '")


def test_a_token_of_another_key_is_refused(sandbox: SandboxProcess, ask: Ask) -> None:
    claims = jwt.decode(sandbox.token(), options={"verify_signature": False})
    foreign = jwt.encode(claims, generate_private_key(65537, 2048), algorithm="RS256")
    assert_challenged(ask(f"Bearer {foreign}"), sandbox, "InvalidAuthenticationToken")


def test_a_token_without_signature_is_refused(sandbox: SandboxProcess, ask: Ask) -> None:
    claims = jwt.decode(sandbox.token(), options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none")
    assert_challenged(ask(f"Bearer {unsigned}"), sandbox, "InvalidAuthenticationToken")


def test_a_token_of_another_issuer_is_refused(sandbox: SandboxProcess, ask: Ask, forge: Callable[..., str]) -> None:
    answer = ask(f"Bearer {forge(iss='https://elsewhere.example/v2.0')}")
    assert_challenged(answer, sandbox, "InvalidAuthenticationToken")


def test_a_token_for_another_resource_is_refused(sandbox: SandboxProcess, ask: Ask) -> None:
    scope = "https://graph.microsoft.com/.default"
    foreign = sandbox.ask_token({"grant_type": "client_credentials", "scope": scope}).json()["access_token"]
    assert_challenged(ask(f"Bearer {foreign}"), sandbox, "InvalidAuthenticationTokenAudience")


def test_an_id_token_opens_nothing(sandbox: SandboxProcess, ask: Ask) -> None:
    came_back = sandbox.sign_in("Priya Raman")
    tokens = sandbox.ask_token({"grant_type": "authorization_code", **came_back}).json()
    assert_challenged(ask(f"Bearer {tokens['id_token']}"), sandbox, "InvalidAuthenticationTokenAudience")
    assert_challenged(ask(f"Bearer {tokens['access_token']}"), sandbox, "InvalidAuthenticationTokenAudience")


@pytest.mark.parametrize("ending", ["", "/"])
def test_the_endpoint_is_a_good_audience_with_and_without_slash(sandbox: SandboxProcess, ask: Ask, ending: str) -> None:
    scope = f"{sandbox.manifest['arm']}{ending}/.default"
    token = sandbox.ask_token({"grant_type": "client_credentials", "scope": scope}).json()["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["aud"] == f"{sandbox.manifest['arm']}{ending}"
    assert ask(f"Bearer {token}").status_code == 200
