"""Id tokens with a defect: each as it is called, and none by accident another one."""

import hashlib
import hmac
from base64 import urlsafe_b64decode
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.sandbox_process import SandboxProcess

ADMINISTRATOR, OF_GROUPS = "Priya Raman", "Farah Haddad"


def id_token_of(sandbox: SandboxProcess, defect: str, person: str = ADMINISTRATOR) -> str | None:
    sandbox.behave(id_token=defect)
    came_back = sandbox.sign_in(person)
    found: str | None = sandbox.ask_token({"grant_type": "authorization_code", **came_back}).json().get("id_token")
    return found


def key_set(sandbox: SandboxProcess, address: str = "") -> jwt.PyJWKSet:
    url = address or sandbox.discovery()["jwks_uri"]
    return jwt.PyJWKSet.from_dict(sandbox.session.get(url, timeout=30).json())


def verify(sandbox: SandboxProcess, token: str) -> dict[str, Any]:
    keys = key_set(sandbox)
    key = keys[str(jwt.get_unverified_header(token).get("kid", keys.keys[0].key_id))]
    issuer = sandbox.discovery()["issuer"]
    return jwt.decode(token, key, algorithms=["RS256"], audience=sandbox.manifest["client_id"], issuer=issuer)


def claims_of(sandbox: SandboxProcess, defect: str, person: str = ADMINISTRATOR) -> dict[str, Any]:
    """Of a token whose signature is right."""
    token = id_token_of(sandbox, defect, person) or ""
    key = key_set(sandbox)[jwt.get_unverified_header(token)["kid"]]
    told: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
    return told


@pytest.mark.parametrize(
    ("defect", "error"),
    [
        ("unsigned", jwt.InvalidTokenError),
        ("wrong_key", jwt.InvalidSignatureError),
        ("wrong_audience", jwt.InvalidAudienceError),
        ("wrong_audience_list", jwt.InvalidAudienceError),
        ("wrong_issuer", jwt.InvalidIssuerError),
        ("wrong_tenant", jwt.InvalidIssuerError),
        ("issuer_not_of_tenant", jwt.InvalidIssuerError),
        ("expired", jwt.ExpiredSignatureError),
        ("not_yet_valid", jwt.ImmatureSignatureError),
        ("key_in_header", jwt.InvalidSignatureError),
        ("key_address_in_header", jwt.InvalidSignatureError),
        ("public_key_as_secret", jwt.InvalidAlgorithmError),
        ("access_token", jwt.InvalidAudienceError),
    ],
)
def test_an_id_token_with_a_defect_does_not_stand_up(
    sandbox: SandboxProcess, defect: str, error: type[Exception]
) -> None:
    token = id_token_of(sandbox, defect)
    assert token
    with pytest.raises(error):
        verify(sandbox, token)


@pytest.mark.parametrize(
    ("defect", "nonce"), [("good", "a nonce"), ("no_nonce", None), ("wrong_nonce", "somebody else's nonce")]
)
def test_a_nonce_is_the_clients_or_none_or_anothers(sandbox: SandboxProcess, defect: str, nonce: str | None) -> None:
    assert verify(sandbox, id_token_of(sandbox, defect) or "").get("nonce") == nonce


def test_an_id_token_may_be_absent(sandbox: SandboxProcess) -> None:
    assert id_token_of(sandbox, "absent") is None


def test_an_unknown_key_is_in_no_published_set(sandbox: SandboxProcess) -> None:
    token = id_token_of(sandbox, "unknown_key") or ""
    published = {key.key_id for key in key_set(sandbox).keys}
    assert jwt.get_unverified_header(token)["kid"] not in published


def test_a_key_in_the_header_is_the_one_that_signed(sandbox: SandboxProcess) -> None:
    token = id_token_of(sandbox, "key_in_header") or ""
    brought = jwt.PyJWK(jwt.get_unverified_header(token)["jwk"], "RS256")
    assert jwt.decode(token, brought, algorithms=["RS256"], audience=sandbox.manifest["client_id"])


def test_a_key_that_the_header_names_can_be_had_there(sandbox: SandboxProcess) -> None:
    token = id_token_of(sandbox, "key_address_in_header") or ""
    header = jwt.get_unverified_header(token)
    assert header["jku"] == header["x5u"]
    named = key_set(sandbox, header["jku"])[header["kid"]]
    assert jwt.decode(token, named, algorithms=["RS256"], audience=sandbox.manifest["client_id"])


def test_the_public_key_taken_for_a_secret_makes_the_signature(sandbox: SandboxProcess) -> None:
    signed, _, signature = (id_token_of(sandbox, "public_key_as_secret") or "").rpartition(".")
    public = key_set(sandbox).keys[0].key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert hmac.digest(public, signed.encode(), hashlib.sha256) == urlsafe_b64decode(signature + "=")


def test_a_list_of_audiences_begins_with_the_right_one(sandbox: SandboxProcess) -> None:
    audience = claims_of(sandbox, "audience_list")["aud"]
    assert (audience[0], len(audience)) == (sandbox.manifest["client_id"], 2)


@pytest.mark.parametrize(
    ("defect", "is_ours"),
    [
        ("issuer_not_of_tenant", (False, True)),
        ("tenant_not_of_issuer", (True, False)),
        ("wrong_tenant", (False, False)),
    ],
)
def test_issuer_and_tenant_are_false_together_or_apart(
    sandbox: SandboxProcess, defect: str, is_ours: tuple[bool, bool]
) -> None:
    claims, ours = claims_of(sandbox, defect), sandbox.manifest["tenant_id"]
    assert (ours in claims["iss"], ours == claims["tid"]) == is_ours


@pytest.mark.parametrize(
    ("defect", "name"),
    [("no_tenant", "tid"), ("no_expiry", "exp"), ("no_object_id", "oid"), ("no_roles", "roles")],
)
def test_one_claim_is_left_out_and_no_other(sandbox: SandboxProcess, defect: str, name: str) -> None:
    assert claims_of(sandbox, "good").keys() - claims_of(sandbox, defect).keys() == {name}


def test_another_person_has_the_same_address_and_another_object_id(sandbox: SandboxProcess) -> None:
    one, other = claims_of(sandbox, "good"), claims_of(sandbox, "another_object_id")
    assert (one["email"], one["preferred_username"]) == (other["email"], other["preferred_username"])
    assert one["oid"] != other["oid"]
    assert claims_of(sandbox, "odd_object_id")["oid"] == "somebody"


def test_somebody_of_another_tenant_has_the_same_object_id(sandbox: SandboxProcess) -> None:
    assert claims_of(sandbox, "good")["oid"] == claims_of(sandbox, "wrong_tenant")["oid"]


def test_roles_may_be_odd_or_no_list_at_all(sandbox: SandboxProcess) -> None:
    odd = claims_of(sandbox, "odd_roles")
    assert odd["is_staff"] is odd["is_superuser"] is True
    assert not {f"Portal.{role}" for role in ("Viewer", "Administrator")} & set(odd["roles"])
    assert claims_of(sandbox, "roles_as_text")["roles"] == "Portal.Administrator"


def test_groups_may_be_missing_named_or_only_counted(sandbox: SandboxProcess) -> None:
    assert "groups" not in claims_of(sandbox, "no_groups", OF_GROUPS)
    assert claims_of(sandbox, "groups_by_name", OF_GROUPS)["groups"] == ["noc-emea", "field-engineers"]
    claims = claims_of(sandbox, "hasgroups", OF_GROUPS)
    assert claims["hasgroups"] is True
    assert "groups" not in claims


def test_a_name_may_be_markup(sandbox: SandboxProcess) -> None:
    assert claims_of(sandbox, "markup_in_names")["name"].startswith("<script>")


def test_claims_may_be_nothing_that_anybody_takes_for_a_text(sandbox: SandboxProcess) -> None:
    told = claims_of(sandbox, "hostile_claims")
    assert {"\0", "\ud800", "\x1b", "\u202e"} <= set(told["name"])
    assert {"\0", "\ud800"} < {one for one in told["roles"] if isinstance(one, str)}
    assert ["Portal.Administrator"] in told["roles"]


@pytest.mark.parametrize("seconds", [-3750, 150])
def test_the_times_of_an_id_token_move_together(sandbox: SandboxProcess, seconds: int) -> None:
    now = claims_of(sandbox, "good")["iat"]
    sandbox.behave(id_token_skew_seconds=seconds)
    token = id_token_of(sandbox, "good") or ""
    moved = jwt.decode(token, options={"verify_signature": False})
    assert 0 <= moved["iat"] - seconds - now < 30
    assert (moved["nbf"], moved["exp"]) == (moved["iat"], moved["iat"] + 3600)


def told_discovery(sandbox: SandboxProcess, defect: str) -> Any:
    url = f"{sandbox.manifest['authority']}/{sandbox.manifest['tenant_id']}/v2.0/.well-known/openid-configuration"
    sandbox.behave(discovery=defect)
    return sandbox.session.get(url, timeout=30).json()


def test_discovery_may_be_of_another_issuer_or_send_elsewhere_or_be_no_object(sandbox: SandboxProcess) -> None:
    good = told_discovery(sandbox, "good")
    assert "elsewhere.example" in told_discovery(sandbox, "wrong_issuer")["issuer"]
    assert "elsewhere.example" in told_discovery(sandbox, "keys_elsewhere")["jwks_uri"]
    assert "elsewhere.example" in told_discovery(sandbox, "tokens_elsewhere")["token_endpoint"]
    assert "elsewhere.example" in told_discovery(sandbox, "people_elsewhere")["authorization_endpoint"]
    assert "elsewhere.example" in told_discovery(sandbox, "way_out_elsewhere")["end_session_endpoint"]
    assert told_discovery(sandbox, "not_an_object") == [good]


@pytest.mark.parametrize("switch", ["id_token", "discovery"])
def test_every_value_of_the_switch_is_in_the_documentation(
    sandbox: SandboxProcess, request: pytest.FixtureRequest, switch: str
) -> None:
    document = (request.config.rootpath / "docs" / "sandbox.md").read_text("utf-8")
    values = set(sandbox.values_of(switch)) - {"good"}
    assert [value for value in values if f"`{value}`" not in document] == []
