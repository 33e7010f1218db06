from base64 import b64encode

import jwt
import pytest
from requests import Response

from tests.sandbox_process import SandboxProcess


def redeem(sandbox: SandboxProcess, **fields: str) -> Response:
    return sandbox.ask_token({"grant_type": "authorization_code", **fields})


def refusal(answer: Response) -> tuple[int, str, int]:
    body = answer.json()
    assert body["error_description"].startswith(f"AADSTS{body['error_codes'][0]}: ")
    assert {"timestamp", "trace_id", "correlation_id"} <= body.keys()
    return answer.status_code, body["error"], body["error_codes"][0]


def test_an_applications_token_says_who_it_is(sandbox: SandboxProcess) -> None:
    claims = jwt.decode(sandbox.token(), options={"verify_signature": False})
    assert claims["idtyp"] == "app"
    assert claims["appid"] == claims["azp"] == sandbox.manifest["client_id"]
    assert claims["tid"] == sandbox.manifest["tenant_id"]
    assert claims["iss"] == sandbox.discovery()["issuer"]
    assert claims["sub"] == claims["oid"]


def test_a_secret_may_come_in_a_header(sandbox: SandboxProcess) -> None:
    url = sandbox.discovery()["token_endpoint"]
    form = {"grant_type": "client_credentials", "scope": "https://x.example/.default"}
    pair = f"{sandbox.manifest['client_id']}:{sandbox.manifest['client_secret']}"
    header = f"Basic {b64encode(pair.encode()).decode()}"
    answer = sandbox.session.post(url, data=form, headers={"Authorization": header}, timeout=30)
    assert answer.json()["token_type"] == "Bearer"


def test_client_info_comes_when_asked_for(sandbox: SandboxProcess) -> None:
    assert "client_info" in redeem(sandbox, client_info="1", **sandbox.sign_in("Lotte de Vries")).json()
    assert "client_info" not in redeem(sandbox, **sandbox.sign_in("Lotte de Vries")).json()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"client_secret": "guess"}, (401, "invalid_client", 7000215)),
        ({"client_secret": ""}, (401, "invalid_client", 7000218)),
        ({"client_id": "nobody"}, (400, "unauthorized_client", 700016)),
        ({"grant_type": "password"}, (400, "unsupported_grant_type", 70003)),
        ({"grant_type": ""}, (400, "invalid_request", 900144)),
        ({"scope": "https://x.example"}, (400, "invalid_scope", 1002012)),
        ({"scope": "/.default"}, (400, "invalid_scope", 1002012)),
    ],
)
def test_a_bad_request_of_an_application_is_refused_as_entra_does(
    sandbox: SandboxProcess, fields: dict[str, str], expected: tuple[int, str, int]
) -> None:
    good = {"grant_type": "client_credentials", "scope": "https://x.example/.default"}
    assert refusal(sandbox.ask_token(good | fields)) == expected


def test_a_code_is_good_once(sandbox: SandboxProcess) -> None:
    came_back = sandbox.sign_in("Lotte de Vries")
    assert redeem(sandbox, **came_back).status_code == 200
    assert refusal(redeem(sandbox, **came_back)) == (400, "invalid_grant", 54005)


def test_a_code_needs_its_verifier_and_is_spent_by_a_wrong_one(sandbox: SandboxProcess) -> None:
    came_back = sandbox.sign_in("Lotte de Vries")
    assert refusal(redeem(sandbox, **came_back | {"code_verifier": "x" * 43})) == (400, "invalid_grant", 50148)
    assert refusal(redeem(sandbox, **came_back)) == (400, "invalid_grant", 54005)


def test_a_code_is_bound_to_its_redirect_uri(sandbox: SandboxProcess) -> None:
    came_back = sandbox.sign_in("Lotte de Vries") | {"redirect_uri": "http://localhost:1/"}
    assert refusal(redeem(sandbox, **came_back)) == (400, "invalid_grant", 500112)


def test_an_invented_code_is_refused(sandbox: SandboxProcess) -> None:
    came_back = sandbox.sign_in("Lotte de Vries") | {"code": "invented"}
    assert refusal(redeem(sandbox, **came_back)) == (400, "invalid_grant", 70008)
