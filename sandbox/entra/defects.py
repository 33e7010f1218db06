"""Id tokens as no honest authority makes them."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from sandbox.entra.claims import LIFETIME_SECONDS
from sandbox.ids import stable_id
from sandbox.world import World

Claims = dict[str, Any]
_FOREIGN_TENANT = stable_id("somebody else's tenant")


def signed_id_token(claims: Claims, world: World) -> str | None:
    """The id token with the defect that is asked for; None where it is to be left out."""
    defect = world.behaviour.id_token
    if defect == "absent":
        return None
    changed = _CHANGES.get(defect, dict)(claims)
    if defect == "unsigned":
        return jwt.encode(changed, "", algorithm="none")
    if defect == "wrong_key":
        # Under the published key's id: whoever looks only at the id is taken in.
        return jwt.encode(changed, _foreign_key(), algorithm="RS256", headers={"kid": world.signing_key.key_id})
    return world.signing_key.sign(changed)


@cache
def _foreign_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _of_another_tenant(claims: Claims) -> Claims:
    issuer = claims["iss"].replace(claims["tid"], _FOREIGN_TENANT)
    return {**claims, "tid": _FOREIGN_TENANT, "iss": issuer}


def _issued(claims: Claims, at: int) -> Claims:
    return {**claims, "iat": at, "nbf": at, "exp": at + LIFETIME_SECONDS}


_CHANGES: dict[str, Callable[[Claims], Claims]] = {
    "wrong_audience": lambda claims: {**claims, "aud": stable_id("somebody else's application")},
    "wrong_issuer": lambda claims: {**claims, "iss": "https://login.elsewhere.example/v2.0"},
    "wrong_tenant": _of_another_tenant,
    "expired": lambda claims: _issued(claims, int(time.time()) - 2 * LIFETIME_SECONDS),
    "not_yet_valid": lambda claims: _issued(claims, int(time.time()) + LIFETIME_SECONDS),
    "no_nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "wrong_nonce": lambda claims: {**claims, "nonce": "somebody else's nonce"},
}
