"""The token endpoint: a code or the application's own secret in, tokens out."""

import base64
import binascii
import hashlib
import secrets
from typing import Any
from urllib.parse import unquote_plus

from starlette.requests import Request

from sandbox.entra import claims, errors
from sandbox.entra.challenge import claims_asked_for
from sandbox.entra.codes import Grant
from sandbox.entra.defects import signed_id_token
from sandbox.world import World

Form = dict[str, str]


async def read_form(request: Request) -> Form:
    """The request's form, with the client's credentials in it wherever they came from (RFC 6749, 2.3.1)."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return form | _basic_credentials(request.headers.get("authorization", ""))


def answer_token_request(form: Form, world: World) -> dict[str, Any]:
    """The tokens asked for; raises EntraError."""
    _check_client(form, world)
    grant_type = _required(form, "grant_type")
    if grant_type == "client_credentials":
        return _for_application(form, world)
    if grant_type == "authorization_code":
        return _for_person(form, world)
    raise errors.unsupported_grant(grant_type)


def _check_client(form: Form, world: World) -> None:
    client_id = _required(form, "client_id")
    if client_id.casefold() != world.identity.client_id:
        raise errors.unknown_client(client_id)
    if not form.get("client_secret"):
        raise errors.missing_secret()
    if not secrets.compare_digest(form["client_secret"].encode(), world.identity.client_secret.encode()):
        raise errors.wrong_secret(client_id)


def _for_application(form: Form, world: World) -> dict[str, Any]:
    scope = _required(form, "scope")
    audience = scope.removesuffix("/.default")
    if not audience or audience == scope or " " in scope:
        raise errors.invalid_scope(scope)
    asked = claims_asked_for(form.get("claims"))
    return _bearer(world.signing_key.sign(claims.application_token_claims(audience, world) | asked))


def _for_person(form: Form, world: World) -> dict[str, Any]:
    grant = _redeem(form, world)
    answer = _bearer(world.signing_key.sign(claims.user_access_token_claims(grant, world)))
    answer["scope"] = grant.scope
    id_token = signed_id_token(claims.id_token_claims(grant, world), world)
    if world.behaviour.id_token == "access_token":  # noqa: S105 - no password
        id_token = answer["access_token"]
    if id_token is not None:
        answer["id_token"] = id_token
    if form.get("client_info") == "1":
        answer["client_info"] = claims.client_info(grant.person, world.identity.tenant_id)
    return answer


def _redeem(form: Form, world: World) -> Grant:
    code = _required(form, "code")
    if world.codes.is_spent(code):
        raise errors.spent_code()
    grant = world.codes.redeem(code)
    if grant is None or grant.client_id != form["client_id"].casefold():
        raise errors.bad_code()
    if form.get("redirect_uri") != grant.redirect_uri:
        raise errors.wrong_redirect_uri(form.get("redirect_uri", ""), grant.redirect_uri)
    if _challenge(_required(form, "code_verifier")) != grant.code_challenge:
        raise errors.wrong_verifier()
    return grant


def _challenge(verifier: str) -> str:
    """S256 of RFC 7636."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _bearer(token: str) -> dict[str, Any]:
    lifetime = claims.LIFETIME_SECONDS - 1
    return {"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime, "access_token": token}


def _required(form: Form, name: str) -> str:
    if not form.get(name):
        raise errors.missing_parameter(name)
    return form[name]


def _basic_credentials(header: str) -> Form:
    scheme, _, encoded = header.partition(" ")
    if scheme.casefold() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}
