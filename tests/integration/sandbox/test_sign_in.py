import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from requests import Response

from tests.sandbox_process import SandboxProcess


def open_page(sandbox: SandboxProcess, **changes: str | None) -> Response:
    asked = {**sandbox.sign_in_parameters(), **changes}
    address = sandbox.discovery()["authorization_endpoint"]
    return sandbox.session.get(address, params=asked, allow_redirects=False, timeout=30)


def id_token_claims(sandbox: SandboxProcess, person: str, **parameters: str) -> dict[str, Any]:
    came_back = sandbox.sign_in(person, **parameters)
    tokens = sandbox.ask_token({"grant_type": "authorization_code", **came_back}).json()
    document = sandbox.discovery()
    keys = sandbox.session.get(document["jwks_uri"], timeout=30).json()
    header = jwt.get_unverified_header(tokens["id_token"])
    key = next(jwt.PyJWK(one) for one in keys["keys"] if one["kid"] == header["kid"])
    claims: dict[str, Any] = jwt.decode(
        tokens["id_token"],
        key,
        algorithms=["RS256"],
        audience=sandbox.manifest["client_id"],
        issuer=document["issuer"],
    )
    return claims


def test_discovery_tells_the_exact_issuer_and_a_plain_http_page_on_another_host(sandbox: SandboxProcess) -> None:
    tenant, document = sandbox.manifest["tenant_id"], sandbox.discovery()
    assert document["issuer"] == f"https://localhost:{sandbox.port}/{tenant}/v2.0"
    people = f"http://127.0.0.1:{sandbox.port + 1}/{tenant}/oauth2/v2.0"
    assert document["authorization_endpoint"] == f"{people}/authorize"
    assert document["end_session_endpoint"] == f"{people}/logout"


def test_an_unknown_tenant_has_no_discovery(sandbox: SandboxProcess) -> None:
    url = f"{sandbox.manifest['authority']}/nobody/v2.0/.well-known/openid-configuration"
    answer = sandbox.session.get(url, timeout=30)
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])


def test_the_page_has_one_form_with_a_button_for_each_person(sandbox: SandboxProcess) -> None:
    page = open_page(sandbox)
    buttons = re.findall(r'<button type="submit" name="person" value="([^"]*)"', page.text)
    assert page.text.count("<form") == 1
    assert [html.unescape(name) for name in buttons] == [one["name"] for one in sandbox.manifest["people"]]
    assert "stands in for Microsoft Entra ID" in page.text


def test_the_page_asks_nothing_of_any_other_origin(sandbox: SandboxProcess) -> None:
    page = open_page(sandbox)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "form-action" not in page.headers["Content-Security-Policy"]


def test_there_is_somebody_for_every_kind_of_access(sandbox: SandboxProcess) -> None:
    people = sandbox.manifest["people"]
    roles = [tuple(one["roles"]) for one in people]
    for role in ("Viewer", "Support", "Operator", "Administrator"):
        assert (f"Portal.{role}",) in roles
    assert any(len(one["roles"]) == 2 for one in people)
    assert any(not one["roles"] and not one["groups"] for one in people)
    assert any(not one["roles"] and 0 < len(one["groups"]) <= 200 for one in people)
    assert any(len(one["groups"]) > 200 for one in people)


def test_an_operator_comes_back_with_a_code_the_state_and_an_id_token(sandbox: SandboxProcess) -> None:
    claims = id_token_claims(sandbox, "Lotte de Vries")
    assert claims["ver"] == "2.0"
    assert claims["tid"] == sandbox.manifest["tenant_id"]
    assert claims["nonce"] == "a nonce"
    assert claims["name"] == "Lotte de Vries"
    assert claims["preferred_username"] == claims["email"] == "lotte.devries@northlink.example"
    assert claims["roles"] == ["Portal.Operator"]
    assert claims["exp"] - claims["iat"] == 3600
    assert "groups" not in claims


def test_object_ids_stay_and_session_ids_do_not(sandbox: SandboxProcess) -> None:
    first, second = (id_token_claims(sandbox, "Priya Raman") for _ in range(2))
    assert (first["oid"], first["sub"]) == (second["oid"], second["sub"])
    assert first["oid"] != first["sub"]
    assert first["sid"] != second["sid"]


def test_the_state_comes_back_as_it_was(sandbox: SandboxProcess) -> None:
    assert sandbox.sign_in("Lotte de Vries", state="ö &=+/?#")["state"] == "ö &=+/?#"


def test_who_has_neither_roles_nor_groups_gets_neither_claim(sandbox: SandboxProcess) -> None:
    assert not {"roles", "groups", "_claim_names"} & id_token_claims(sandbox, "Tomasz Kowalczyk").keys()


def test_groups_come_as_object_ids(sandbox: SandboxProcess) -> None:
    person = next(one for one in sandbox.manifest["people"] if one["name"] == "Farah Haddad")
    assert id_token_claims(sandbox, "Farah Haddad")["groups"] == person["groups"]


def test_too_many_groups_become_a_pointer(sandbox: SandboxProcess) -> None:
    claims = id_token_claims(sandbox, "Chiara Moretti")
    assert "groups" not in claims
    assert claims["_claim_names"] == {"groups": "src1"}
    assert claims["_claim_sources"]["src1"]["endpoint"].endswith(f"/users/{claims['oid']}/getMemberObjects")


def test_the_time_of_sign_in_is_told_to_who_limits_it(sandbox: SandboxProcess) -> None:
    assert "auth_time" in id_token_claims(sandbox, "Lotte de Vries", max_age="0")
    assert "auth_time" not in id_token_claims(sandbox, "Lotte de Vries", prompt="login", login_hint="x")


@pytest.mark.parametrize(
    "uri", ["http://localhost:3/x", "http://127.0.0.1:65535/a/b", "http://[::1]:8000/", "https://localhost/?next=/a"]
)
def test_any_port_and_path_of_this_machine_is_a_good_redirect_uri(sandbox: SandboxProcess, uri: str) -> None:
    assert open_page(sandbox, redirect_uri=uri).status_code == 200


@pytest.mark.parametrize(
    "uri",
    [
        "http://evil.example/",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://evil.example\\@localhost/",
        "http://localhost\t.evil.example/",
        "http://localhost:99999/",
        "http://localhost:8000/#fragment",
        "//localhost/",
        "javascript://localhost/%0aalert(1)",
        "",
    ],
)
def test_any_other_redirect_uri_ends_on_a_page(sandbox: SandboxProcess, uri: str) -> None:
    answer = open_page(sandbox, redirect_uri=uri)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_an_unknown_application_ends_on_a_page_with_its_name_escaped(sandbox: SandboxProcess) -> None:
    answer = open_page(sandbox, client_id="<script>alert(1)</script>")
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "AADSTS700016" in answer.text


def test_an_unknown_person_ends_on_a_page(sandbox: SandboxProcess) -> None:
    address = sandbox.discovery()["authorization_endpoint"]
    parameters = sandbox.sign_in_parameters()
    answer = sandbox.session.post(address, params=parameters, data={"person": "Mallory"}, timeout=30)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"response_type": "token"},
        {"response_mode": "form_post"},
        {"scope": "profile"},
    ],
)
def test_a_request_that_entra_would_refuse_is_sent_back_with_an_error(
    sandbox: SandboxProcess, changes: dict[str, str | None]
) -> None:
    answer = open_page(sandbox, **changes)
    returned = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.status_code == 302
    assert returned["error"] == ["invalid_request"]
    assert returned["state"] == ["a state"]
    assert "code" not in returned


def test_signing_out_says_so_and_leads_back_to_this_machine_only(sandbox: SandboxProcess) -> None:
    address = sandbox.discovery()["end_session_endpoint"]
    pages = [
        sandbox.session.get(address, params={"post_logout_redirect_uri": uri}, timeout=30).text
        for uri in ("http://localhost:8000/", "http://evil.example/")
    ]
    assert all("signed out" in page for page in pages)
    assert 'href="http://localhost:8000/"' in pages[0]
    assert "evil.example" not in pages[1]
