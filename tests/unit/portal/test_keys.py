import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from portal.accounts.keys import KeySet

JWK = json.loads(
    jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key())
)


class Authority:
    def __init__(self, *key_ids: str) -> None:
        self.key_ids = key_ids
        self.asked = 0

    def keys(self) -> dict[str, object]:
        self.asked += 1
        return {"keys": [JWK | {"kid": key_id, "use": "sig", "alg": "RS256"} for key_id in self.key_ids]}


def test_keys_are_fetched_once():
    authority = Authority("a", "b")
    keys = KeySet(authority.keys)
    assert [keys.key(key_id).key_id for key_id in "abab"] == ["a", "b", "a", "b"]
    assert authority.asked == 1


def test_unknown_key_ids_make_the_authority_be_asked_once_a_minute_not_once_each():
    authority = Authority("a")
    keys = KeySet(authority.keys)
    for key_id in ("x", "y", "z"):
        with pytest.raises(jwt.PyJWKError):
            keys.key(key_id)
    assert authority.asked == 1


def test_a_new_key_is_found_a_minute_later():
    authority = Authority("a")
    seconds = iter([0.0, 0.0, 30.0, 61.0, 61.0])
    keys = KeySet(authority.keys, clock=lambda: next(seconds))
    keys.key("a")
    authority.key_ids = ("a", "new")
    with pytest.raises(jwt.PyJWKError):
        keys.key("new")
    assert keys.key("new").key_id == "new"
