"""Id tokens as no honest authority makes them, and as an honest one may make them of other people."""

import time
from collections.abc import Callable
from typing import Any

from sandbox.entra.claims import LIFETIME_SECONDS
from sandbox.entra.forgery import SIGNATURES, honestly_signed
from sandbox.ids import stable_id
from sandbox.world import World

Claims = dict[str, Any]
_FOREIGN_TENANT = stable_id("somebody else's tenant")
_FOREIGN_APPLICATION = stable_id("somebody else's application")
_MARKUP = "<script>alert('claim')</script>"
# With all that no database, terminal, page or spreadsheet takes for a text; longer than any column.
_HOSTILE = "=cmd|' /C calc'!A0\0\ud800\x1b[31m\r\nforged: yes\u202egnp.exe\u2069" + _MARKUP + "x" * 100_000


def signed_id_token(claims: Claims, world: World) -> str | None:
    """The id token with the defect that is asked for; None where it is to be left out."""
    defect = world.behaviour.id_token
    if defect == "absent":
        return None
    changed = _CHANGES.get(defect, dict)(claims)
    moved = _moved(changed, world.behaviour.id_token_skew_seconds)
    return SIGNATURES.get(defect, honestly_signed)(moved, world)


def _moved(claims: Claims, seconds: int) -> Claims:
    times: Claims = {name: claims[name] + seconds for name in ("iat", "nbf", "exp") if name in claims}
    return {**claims, **times}


def _without(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: {name: value for name, value in claims.items() if name not in names}


def _with(**told: object) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **told}


def _foreign_issuer(claims: Claims) -> Claims:
    return {**claims, "iss": claims["iss"].replace(claims["tid"], _FOREIGN_TENANT)}


def _of_another_tenant(claims: Claims) -> Claims:
    return {**_foreign_issuer(claims), "tid": _FOREIGN_TENANT}


def _issued(claims: Claims, at: int) -> Claims:
    return {**claims, "iat": at, "nbf": at, "exp": at + LIFETIME_SECONDS}


def _with_too_many_groups(claims: Claims) -> Claims:
    """The other way of saying so, of the implicit flow (entra-docs, "id-token-claims-reference", `hasgroups`)."""
    return {**_without("groups")(claims), "hasgroups": True}


_CHANGES: dict[str, Callable[[Claims], Claims]] = {
    "wrong_audience": _with(aud=_FOREIGN_APPLICATION),
    "wrong_audience_list": _with(aud=[_FOREIGN_APPLICATION]),
    "audience_list": lambda claims: {**claims, "aud": [claims["aud"], _FOREIGN_APPLICATION]},
    "wrong_issuer": _with(iss="https://login.elsewhere.example/v2.0"),
    "wrong_tenant": _of_another_tenant,
    "issuer_not_of_tenant": _foreign_issuer,
    "tenant_not_of_issuer": _with(tid=_FOREIGN_TENANT),
    "no_tenant": _without("tid"),
    "expired": lambda claims: _issued(claims, int(time.time()) - 2 * LIFETIME_SECONDS),
    "no_expiry": _without("exp"),
    "not_yet_valid": lambda claims: _issued(claims, int(time.time()) + LIFETIME_SECONDS),
    "no_nonce": _without("nonce"),
    "wrong_nonce": _with(nonce="somebody else's nonce"),
    "no_object_id": _without("oid"),
    "odd_object_id": _with(oid="somebody"),
    "another_object_id": _with(oid=stable_id("person", "somebody of the same e-mail")),
    "markup_in_names": _with(name=_MARKUP, preferred_username=_MARKUP, email=_MARKUP),
    "hostile_claims": lambda claims: {
        **claims,
        **dict.fromkeys(("name", "preferred_username", "email"), _HOSTILE),
        "roles": [*claims.get("roles", []), _HOSTILE, "\0", "\ud800", 7, None, {"a": [1]}, ["Portal.Administrator"]],
        "groups": [*claims.get("groups", []), _HOSTILE, "\0", "\ud800", 7, None, {"a": [1]}, []],
    },
    "no_roles": _without("roles"),
    "odd_roles": _with(
        roles=["portal.administrator", "PORTAL.VIEWER", " Portal.Viewer", "Administrator", "Portal.Owner"],
        is_staff=True,
        is_superuser=True,
    ),
    "roles_as_text": _with(roles="Portal.Administrator"),
    "no_groups": _without("groups"),
    "groups_by_name": _with(groups=["noc-emea", "field-engineers"]),
    "hasgroups": _with_too_many_groups,
}
