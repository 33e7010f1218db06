"""A status that a fault asks for looks as if it came from whoever would answer so."""

import pytest
from requests import Response

from tests.integration.sandbox.estates import refusal, traced_path
from tests.sandbox_process import SandboxProcess

LEFT = "x-ms-ratelimit-remaining-subscription-reads"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "ExpiredAuthenticationToken"),
        (401, "AuthenticationFailed"),
        (401, "InvalidAuthenticationToken"),
        (403, "AuthorizationFailed"),
        (404, "ResourceNotFound"),
        (404, "SubscriptionNotFound"),
        (404, "InvalidResourceType"),
        (429, "SubscriptionRequestsThrottled"),
        (504, "GatewayTimeout"),
    ],
)
def test_a_code_of_the_gateways_is_answered_in_its_way(sandbox: SandboxProcess, status: int, code: str) -> None:
    sandbox.fault("status", status=status, code=code)
    answer = sandbox.get(traced_path(sandbox))
    assert refusal(answer) == (status, code)
    assert "details" not in answer.json()["error"]
    assert answer.headers["x-ms-failure-cause"] == "gateway"
    assert answer.headers["x-ms-request-id"] == answer.headers["x-ms-correlation-request-id"]


@pytest.mark.parametrize(
    ("status", "code"), [(404, "NotFound"), (409, "Conflict"), (500, "InternalServerError"), (400, "MadeUp")]
)
def test_any_other_code_is_the_providers(sandbox: SandboxProcess, status: int, code: str) -> None:
    sandbox.fault("status", status=status, code=code)
    answer = sandbox.get(traced_path(sandbox))
    assert answer.json()["error"] == {
        "code": code,
        "message": f"The sandbox was told to answer {status}.",
        "details": [],
    }
    assert "x-ms-failure-cause" not in answer.headers
    assert answer.headers["x-ms-request-id"] != answer.headers["x-ms-correlation-request-id"]


def test_too_many_requests_are_told_as_recorded(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=429)
    answer = sandbox.get(traced_path(sandbox))
    message = "Too many requests. Please try again after sometime."
    assert answer.json() == {"error": {"code": "TooManyRequests", "message": message}}
    assert "Retry-After" not in answer.headers


def test_a_missing_registration_is_told_with_its_detail(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=409, code="MissingSubscriptionRegistration")
    [detail] = sandbox.get(traced_path(sandbox)).json()["error"]["details"]
    assert (detail["code"], detail["target"]) == ("MissingSubscriptionRegistration", "Microsoft.Network")


def test_a_401_says_where_to_get_a_token_and_not_what_is_left(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=401)
    answer = sandbox.get(traced_path(sandbox))
    authority = f"{sandbox.manifest['authority']}/{sandbox.manifest['tenant_id']}"
    assert answer.headers["WWW-Authenticate"].startswith(f'Bearer authorization_uri="{authority}", error="invalid_tok')
    assert LEFT not in answer.headers


def ask_with(sandbox: SandboxProcess, **headers: str) -> Response:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    return sandbox.session.get(url, headers=headers, timeout=30)


def test_a_client_finds_its_request_id_the_quota_and_its_language(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=403)
    known = {"Authorization": f"Bearer {sandbox.token()}", "Accept-Language": "de"}
    ids = {"x-ms-client-request-id": "mine", "x-ms-return-client-request-id": "true"}
    answer = ask_with(sandbox, **known, **ids)
    assert answer.headers["x-ms-client-request-id"] == "mine"
    assert int(answer.headers[LEFT]) > 0
    assert answer.json()["error"]["message"] == "Die Sandbox soll mit 403 antworten."


def test_who_is_not_known_is_not_told_what_is_left(sandbox: SandboxProcess) -> None:
    sandbox.fault("status", status=503, times=2)
    assert LEFT not in ask_with(sandbox).headers
    assert LEFT not in ask_with(sandbox, Authorization="Bearer nonsense").headers


@pytest.mark.parametrize(
    ("fault", "error", "number"),
    [
        ({"status": 503}, "temporarily_unavailable", 90033),
        ({"status": 429, "retry_after": 3}, "temporarily_unavailable", 90055),
        ({"status": 401}, "invalid_client", 7000215),
        ({"status": 400, "code": "invalid_grant"}, "invalid_grant", 90100),
        ({"status": 401, "code": "AADSTS7000222"}, "invalid_client", 7000222),
        ({"status": 418}, "invalid_request", 90100),
    ],
)
def test_the_authority_answers_in_its_own_way(
    sandbox: SandboxProcess, fault: dict[str, int | str], error: str, number: int
) -> None:
    address = sandbox.discovery()["token_endpoint"]
    sandbox.fault("status", **fault)
    answer = sandbox.session.post(address, data={}, timeout=30)
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (fault["status"], error, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: The sandbox was told to answer ")
    assert answer.headers.get("Retry-After") == ("3" if "retry_after" in fault else None)
    assert "x-ms-request-id" not in answer.headers


@pytest.mark.parametrize("path", ["jwks_uri", ""])
def test_keys_and_discovery_are_the_authoritys_too(sandbox: SandboxProcess, path: str) -> None:
    found = sandbox.discovery()
    tenant = f"{sandbox.manifest['authority']}/{sandbox.manifest['tenant_id']}"
    sandbox.fault("status", status=500)
    url = found[path] if path else f"{tenant}/v2.0/.well-known/openid-configuration"
    assert sandbox.session.get(url, timeout=30).json()["error"] == "temporarily_unavailable"
