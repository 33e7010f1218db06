"""Id tokens with signatures that only a careless verifier takes, each a known mistake (RFC 8725, 2.1 and 3)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.signing_key import SigningKey
from sandbox.world import World

Claims = dict[str, Any]


@cache
def foreign_key() -> SigningKey:
    """A key that the authority never published."""
    private: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
    return SigningKey(private, "somebody-elses-key")


def foreign_keys(world: World) -> dict[str, Any]:
    """The foreign key as a key set, under the published key's id: whoever fetches it is taken in."""
    return {"keys": [{**foreign_key().published(), "kid": world.signing_key.key_id}]}


def foreign_keys_address(world: World) -> str:
    """Where the foreign key set is."""
    return f"{world.settings.origin}/{world.identity.tenant_id}/elsewhere/keys"


def honestly_signed(claims: Claims, world: World) -> str:
    """As Entra does it."""
    return world.signing_key.sign(claims)


def _unsigned(claims: Claims, _: World) -> str:
    return jwt.encode(claims, "", algorithm="none")


def _with_wrong_key(claims: Claims, world: World, **headers: object) -> str:
    # Under the published key's id: whoever looks only at the id is taken in.
    told = {"kid": world.signing_key.key_id, **headers}
    return jwt.encode(claims, foreign_key().private, algorithm="RS256", headers=told)


def _with_key_in_header(claims: Claims, world: World) -> str:
    return _with_wrong_key(claims, world, jwk=foreign_key().published())


def _with_address_in_header(claims: Claims, world: World) -> str:
    address = foreign_keys_address(world)
    return _with_wrong_key(claims, world, jku=address, x5u=address)


def _with_public_key_as_secret(claims: Claims, world: World) -> str:
    """By hand: no library makes one that is known to be broken."""
    secret = world.signing_key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = {"alg": "HS256", "typ": "JWT", "kid": world.signing_key.key_id}
    signed = ".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))
    return f"{signed}.{_base64url(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


SIGNATURES: dict[str, Callable[[Claims, World], str]] = {
    "unsigned": _unsigned,
    "wrong_key": _with_wrong_key,
    "unknown_key": lambda claims, _: foreign_key().sign(claims),
    "key_in_header": _with_key_in_header,
    "key_address_in_header": _with_address_in_header,
    "public_key_as_secret": _with_public_key_as_secret,
}
