"""Who may ask: bearer tokens of our own authority, for our own endpoint."""

import base64
from datetime import UTC, datetime
from typing import Any

import jwt

from sandbox.arm.errors import ArmError
from sandbox.entra.challenge import WANTED, satisfies
from sandbox.world import World


def check_bearer(header: str | None, world: World) -> None:
    """Raise Azure's 401 unless the Authorization header holds a token that is good here and now."""
    scheme, _, token = (header or "").partition(" ")
    if not header:
        raise _unauthorized(world, "AuthenticationFailed/missing")
    if scheme.casefold() != "bearer":
        raise _unauthorized(world, "AuthenticationFailed/format")
    claims = _read(token.strip(), world)
    if world.behaviour.claims_challenge and not satisfies(claims):
        world.behaviour.claims_challenge -= 1
        raise _insufficient_claims(world)


def is_good(header: str | None, world: World) -> bool:
    """Whether the header holds a token that is good here and now, claims apart."""
    scheme, _, token = (header or "").partition(" ")
    try:
        return scheme.casefold() == "bearer" and bool(_read(token.strip(), world))
    except ArmError:
        return False


def _read(token: str, world: World) -> dict[str, Any]:
    try:
        claims = _decode(token, world)
    except jwt.InvalidAudienceError:
        raise _wrong_audience(token, world) from None
    except jwt.PyJWTError:
        raise _unauthorized(world, "InvalidAuthenticationToken") from None
    _check_times(claims, world)
    return claims


def _decode(token: str, world: World) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token,
        world.signing_key.public,
        algorithms=["RS256"],
        audience=_audiences(world),
        issuer=world.issuer,
        # By the library's clock, which cannot be set.
        options={
            "require": ["exp", "iat", "aud", "iss"],
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
        },
    )
    return claims


def _check_times(claims: dict[str, Any], world: World) -> None:
    """By Azure's clock. Not documented: how much of a difference Azure forgives; here none."""
    expiry, start = claims["exp"], claims.get("nbf", claims["iat"])
    if not all(isinstance(one, int | float) for one in (expiry, start)) or start > world.azure_time():
        raise _unauthorized(world, "InvalidAuthenticationToken")
    if expiry <= world.azure_time():
        times = {"expiry": _american(expiry), "now": _american(world.azure_time())}
        raise _unauthorized(world, "ExpiredAuthenticationToken", **times)


def _audiences(world: World) -> list[str]:
    return [world.settings.origin, f"{world.settings.origin}/"]


def _wrong_audience(token: str, world: World) -> ArmError:
    audience = jwt.decode(token, options={"verify_signature": False})["aud"]
    allowed = ",".join(f"'{one}'" for one in _audiences(world))
    return _unauthorized(world, "InvalidAuthenticationTokenAudience", audience=audience, allowed=allowed)


def _unauthorized(world: World, sentence: str, **words: object) -> ArmError:
    error = ArmError(401, sentence.partition("/")[0], words, sentence)
    error.headers["WWW-Authenticate"] = invalid_token_challenge(world, error.message())
    return error


def invalid_token_challenge(world: World, message: str) -> str:
    """Where to get a token that is better, in a header: so without what would end it."""
    authority = f"{world.settings.origin}/{world.identity.tenant_id}"
    described = "".join(one if one.isascii() and one.isprintable() else "?" for one in message.replace('"', "'"))
    return f'Bearer authorization_uri="{authority}", error="invalid_token", error_description="{described}"'


def _insufficient_claims(world: World) -> ArmError:
    authority = f"{world.settings.origin}/{world.identity.tenant_id}"
    claims = base64.b64encode(WANTED.encode()).decode()
    challenge = (
        f'Bearer realm="", authorization_uri="{authority}/oauth2/authorize", '
        f'error="insufficient_claims", claims="{claims}"'
    )
    sentence = "InvalidAuthenticationToken/claims"
    return ArmError(401, "InvalidAuthenticationToken", sentence=sentence, headers={"WWW-Authenticate": challenge})


def _american(timestamp: float) -> str:
    moment = datetime.fromtimestamp(timestamp, UTC)
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour % 12 or 12}:{moment:%M:%S %p}"
