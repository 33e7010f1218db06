"""Every way in which an ID token can be wrong, made with real keys."""

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal.accounts.id_token import Expected, IdTokenRefused, validate

TENANT = "11111111-1111-4111-8111-111111111111"
EXPECTED = Expected(issuer=f"https://login.example/{TENANT}/v2.0", client_id="portal", tenant_id=TENANT, nonce="n")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key(key_id: str) -> jwt.PyJWK:
    if key_id != "current":
        raise jwt.PyJWKError("unknown key")
    return jwt.PyJWK(json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "current"}, "RS256")


def claims(**changed: Any) -> dict[str, Any]:
    """Good ones, but for ``changed``: None leaves a claim out, a number is so many seconds from now."""
    now = int(time.time())
    good: dict[str, Any] = {"iss": EXPECTED.issuer, "aud": "portal", "tid": TENANT, "oid": "o", "nonce": "n"}
    good |= {"iat": now, "nbf": now, "exp": now + 3600}
    moved = {name: now + value if isinstance(value, int) else value for name, value in changed.items()}
    return {name: value for name, value in (good | moved).items() if value is not None}


def token(key: Any = KEY, algorithm: str = "RS256", headers: dict[str, Any] | None = None, **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm, headers={"kid": "current"} | (headers or {}))


def test_a_token_made_for_this_sign_in_is_accepted():
    assert validate(token(), key_of=public_key, expected=EXPECTED)["oid"] == "o"


def test_a_clock_that_is_two_minutes_off_is_forgiven():
    assert validate(token(nbf=100, iat=100), key_of=public_key, expected=EXPECTED)


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-app"},
        {"aud": ["portal", "another-app"]},
        {"aud": None},
        {"iss": "https://login.example/22222222-2222-4222-8222-222222222222/v2.0"},
        {"iss": EXPECTED.issuer + "/"},
        {"iss": None},
        {"tid": "22222222-2222-4222-8222-222222222222"},
        {"tid": None},
        {"oid": None},
        {"exp": -200},
        {"exp": None},
        {"nbf": 400},
        {"nbf": None},
        {"nonce": "of-another-sign-in"},
        {"nonce": None},
        # Of types that nobody counts on, and texts that cannot be compared as they are.
        {"nonce": "é"},
        {"nonce": "\ud800"},
        {"nonce": ["n"]},
        {"exp": 1e400},
        {"exp": "soon"},
        {"exp": [1]},
        {"nbf": {}},
        {"iat": -1e400},
        {"aud": {}},
        {"tid": [TENANT]},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused(changed: dict[str, Any]):
    with pytest.raises(IdTokenRefused):
        validate(token(**changed), key_of=public_key, expected=EXPECTED)


@pytest.mark.parametrize(
    "payload", [b"[" * 100_000, b'{"a":' * 100_000, b"7", b'{"iss": ["x"], "aud": 1e999, "exp": 1e999}', b"\xff"]
)
def test_a_payload_that_no_claims_can_be_read_from_is_refused(payload: bytes):
    signed = jwt.PyJWS().encode(payload, KEY, "RS256", headers={"kid": "current"})
    with pytest.raises(IdTokenRefused):
        validate(signed, key_of=public_key, expected=EXPECTED)


def test_a_token_signed_with_another_key_is_refused():
    with pytest.raises(IdTokenRefused):
        validate(token(OTHER_KEY), key_of=public_key, expected=EXPECTED)


def test_a_token_with_an_unknown_key_id_is_refused():
    with pytest.raises(IdTokenRefused):
        validate(token(headers={"kid": "unknown"}), key_of=public_key, expected=EXPECTED)


def test_an_unsigned_token_is_refused():
    unsigned = jwt.encode(claims(), None, "none", headers={"kid": "current"})  # type: ignore[arg-type]
    with pytest.raises(IdTokenRefused):
        validate(unsigned, key_of=public_key, expected=EXPECTED)


def test_the_public_key_used_as_an_hmac_secret_is_refused():
    header, payload = token().split(".")[:2]
    head = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": "current"}).encode()).decode()
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signed = signature.sign(f"{head}.{payload}".encode(), PUBLIC_PEM)
    forged = f"{head}.{payload}.{jwt.utils.base64url_encode(signed).decode()}"
    assert header != head
    with pytest.raises(IdTokenRefused):
        validate(forged, key_of=public_key, expected=EXPECTED)


def test_a_key_that_the_token_brings_along_is_not_used():
    own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OTHER_KEY.public_key()))
    with pytest.raises(IdTokenRefused):
        validate(token(OTHER_KEY, headers={"jwk": own}), key_of=public_key, expected=EXPECTED)


@pytest.mark.parametrize("text", ["", "no token", "a.b.c", "..", "e30.e30."])
def test_a_text_that_is_no_token_is_refused(text: str):
    with pytest.raises(IdTokenRefused):
        validate(text, key_of=public_key, expected=EXPECTED)
