"""Validation of an ID token. msal checks none of it but the nonce (since 1.38), so all of it is done here.

Rules: OpenID Connect Core 3.1.3.7 and Microsoft's id-tokens and claims-validation pages.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

CLOCK_SKEW_SECONDS = 120
ALGORITHMS = ["RS256"]
REQUIRED_CLAIMS = ["iss", "aud", "exp", "nbf", "iat", "tid", "oid", "nonce"]

Claims = Mapping[str, Any]
KeyOf = Callable[[str], jwt.PyJWK]


class IdTokenRefused(Exception):  # noqa: N818 - reads as what happened
    """The token is not one that Entra ID made for this portal, this tenant and this sign-in."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say: exact issuer, our client id, our tenant and this sign-in's nonce."""

    issuer: str
    client_id: str
    tenant_id: str
    nonce: str


def validate(token: str, *, key_of: KeyOf, expected: Expected) -> Claims:
    """The claims of a valid token.

    ``key_of`` gives the authority's public key for a key id; keys named inside the token are never used.

    Raises:
        IdTokenRefused: the token is missing, unsigned, expired, for somebody else or of another sign-in.
    """
    claims = _verified(token, key_of, expected)
    if claims["tid"] != expected.tenant_id:
        raise IdTokenRefused("it is of another tenant")
    if not hmac.compare_digest(str(claims["nonce"]).encode(errors="replace"), expected.nonce.encode()):
        raise IdTokenRefused("its nonce is of another sign-in")
    return claims


def _verified(token: str, key_of: KeyOf, expected: Expected) -> Claims:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key_of(str(jwt.get_unverified_header(token).get("kid", ""))),
            algorithms=ALGORITHMS,
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=CLOCK_SKEW_SECONDS,
            # A list of audiences is refused: Entra ID writes exactly one.
            options={"require": REQUIRED_CLAIMS, "strict_aud": True},
        )
    except jwt.PyJWTError as error:
        raise IdTokenRefused(str(error)) from error
    return claims
