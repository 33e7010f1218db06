"""What tokens say, in the v2.0 format (entra-docs, "id-token-claims-reference" and "access-token-claims-reference")."""

import base64
import hashlib
import json
import secrets
import time
from typing import Any

from sandbox.entra.codes import Grant
from sandbox.people import Person
from sandbox.world import World

LIFETIME_SECONDS = 3600

_GRAPH = "00000003-0000-0000-c000-000000000000"


def id_token_claims(grant: Grant, world: World) -> dict[str, Any]:
    """Who signed in, told to the application that asked."""
    person = grant.person
    claims = {
        **_common(world, audience=grant.client_id),
        "name": person.name,
        "preferred_username": person.email,
        "email": person.email,
        "oid": person.object_id,
        "sub": _pairwise_subject(person, grant.client_id),
        "sid": grant.session_id,
        **_roles_and_groups(person, world.identity.tenant_id),
    }
    if grant.nonce is not None:
        claims["nonce"] = grant.nonce
    if grant.wants_auth_time:
        claims["auth_time"] = claims["iat"]
    return claims


def user_access_token_claims(grant: Grant, world: World) -> dict[str, Any]:
    """A token for Microsoft Graph, which an application that only signs people in has no use for."""
    subject = _pairwise_subject(grant.person, _GRAPH)
    return {
        **_common(world, audience=_GRAPH),
        "appid": grant.client_id,
        "idtyp": "user",
        "oid": grant.person.object_id,
        "scp": grant.scope,
        "sub": subject,
    }


def application_token_claims(audience: str, world: World) -> dict[str, Any]:
    """The application itself, told to the resource that it asked a token for."""
    identity = world.identity
    return {
        **_common(world, audience=audience),
        "appid": identity.client_id,
        "azp": identity.client_id,
        "azpacr": "1",
        "idtyp": "app",
        "oid": identity.service_principal_id,
        "sub": identity.service_principal_id,
    }


def client_info(person: Person, tenant_id: str) -> str:
    """The account hint that Microsoft's libraries ask for with `client_info=1`."""
    text = json.dumps({"uid": person.object_id, "utid": tenant_id})
    return _base64url(text.encode())


def _common(world: World, *, audience: str) -> dict[str, Any]:
    now = int(time.time())
    return {
        "aud": audience,
        "iss": world.issuer,
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME_SECONDS,
        "tid": world.identity.tenant_id,
        "uti": secrets.token_urlsafe(16),
        "ver": "2.0",
    }


def _roles_and_groups(person: Person, tenant_id: str) -> dict[str, Any]:
    """Left out where there are none; with too many groups a pointer to them ("groups overage claim")."""
    claims: dict[str, Any] = {"roles": list(person.roles)} if person.roles else {}
    if person.groups_overflow:
        members = f"https://graph.windows.net/{tenant_id}/users/{person.object_id}/getMemberObjects"
        return {**claims, "_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": members}}}
    return {**claims, "groups": list(person.groups)} if person.groups else claims


def _pairwise_subject(person: Person, audience: str) -> str:
    return _base64url(hashlib.sha256(f"{person.object_id}/{audience}".encode()).digest())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
