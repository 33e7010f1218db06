"""Signing in with Microsoft Entra ID: authorization code flow with PKCE, state and nonce. The only user of msal.

``begin`` and ``complete`` are the two halves; between them the browser is at Entra ID.
"""

import hashlib
import json
import re
import uuid
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import jwt
import msal
import requests
from django.conf import settings

from portal.accounts.id_token import Claims, Expected, IdTokenRefused, validate
from portal.accounts.keys import KeySet
from portal.egress import proxies_for
from portal.harmless import harmless

CONNECT_AND_READ_SECONDS = (5, 15)
_LONGEST = 256
# What an authority says that would rather be asked again (RFC 6749, 4.1.2.1).
NOT_NOW = {"server_error", "temporarily_unavailable"}

# msal would rather have the answer posted. A post from another site comes without a SameSite=Lax cookie, so without the
# session that holds the flow; in the address, the code is bound by PKCE, used once, and leaves with no referrer.
warnings.filterwarnings("ignore", message="response_mode='form_post'")

Flow = dict[str, Any]


class SignInRefused(Exception):  # noqa: N818 - reads as what happened
    """Entra ID, or our own check of its answer, says no. The text is for the log, not for the page."""


class AuthorityUnreachable(Exception):  # noqa: N818 - reads as what happened
    """Entra ID did not answer, or not as an authority does."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, from validated claims."""

    tenant_id: uuid.UUID
    object_id: uuid.UUID
    name: str
    username: str
    app_roles: tuple[str, ...]
    groups: tuple[str, ...]
    has_groups_overage: bool


def begin(*, redirect_uri: str) -> Flow:
    """A new flow: ``auth_uri`` is where to send the browser, ``state`` names the flow; keep all of it for ``complete``.

    Raises:
        AuthorityUnreachable: Entra ID does not answer.
    """
    flow: Flow = _asking(lambda: _authority().application.initiate_auth_code_flow([], redirect_uri=redirect_uri))
    return flow


def complete(*, flow: Flow, answer: Mapping[str, str]) -> Identity:
    """Redeem the code that the browser brought back and validate the ID token.

    Raises:
        SignInRefused: Entra ID refused, or its token is not for this portal and sign-in.
        AuthorityUnreachable: Entra ID does not answer.
    """
    result = _asking(lambda: _redeemed(flow, answer))
    if result.get("error") in NOT_NOW:
        raise AuthorityUnreachable(result["error"])
    if "id_token" not in result:
        raise SignInRefused(_told(result))
    return _identity(_validated(result["id_token"], flow))


def end_session_url(*, return_to: str) -> str:
    """Where a person signs out of Entra ID itself, and is sent back from.

    Raises:
        AuthorityUnreachable: Entra ID does not answer.
    """
    url = requests.Request(
        "GET", _asking(_authority).end_session_endpoint, params={"post_logout_redirect_uri": return_to}
    )
    return url.prepare().url or ""


@dataclass(frozen=True, slots=True)
class _Authority:
    application: msal.ConfidentialClientApplication
    keys: KeySet
    issuer: str
    end_session_endpoint: str


class _Session(requests.Session):
    """Trusts what the settings say, whatever the environment says, and never waits without end."""

    def __init__(self, origin: str, ca_bundle: str) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = ca_bundle
        self.proxies = proxies_for(origin)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - requests' interface
        kwargs.setdefault("timeout", CONNECT_AND_READ_SECONDS)
        return super().request(*args, **kwargs)


class _ForgetfulCache(msal.TokenCache):  # type: ignore[misc] # msal has no types
    """People's tokens are not kept: the portal only wants to know who they are."""

    def add(self, event: dict[str, Any], now: float | None = None) -> None:
        """Keep nothing."""


class _NoHttpCache(dict[str, Any]):
    """Each answer counts once.

    msal keeps a failure for everybody, for as long as its Retry-After says: it would tell people apart by the code that
    they bring, but does not look for it where a refresh token is missing (1.39, throttled_http_client.py).
    """

    def __setitem__(self, key: str, value: object) -> None:
        """Keep nothing."""


def _authority() -> _Authority:
    return _discovered(
        settings.AZURE_AUTHORITY_HOST,
        settings.ENTRA_TENANT_ID,
        settings.ENTRA_CLIENT_ID,
        settings.ENTRA_CLIENT_SECRET,
        settings.CA_BUNDLE,
    )


@lru_cache(maxsize=1)
def _discovered(host: str, tenant_id: str, client_id: str, client_secret: str, ca_bundle: str) -> _Authority:
    # msal asks the authority while it is constructed, so this happens at the first sign-in; a failure is not cached.
    session = _Session(host, ca_bundle)
    found = _document(session, f"{host}/{tenant_id}/v2.0/.well-known/openid-configuration")
    issuer = f"{host}/{tenant_id}/v2.0"
    if found["issuer"] != issuer:
        raise SignInRefused("the authority calls itself by another name")
    application = msal.ConfidentialClientApplication(
        client_id,
        client_credential=client_secret,
        authority=f"{host}/{tenant_id}",
        # Microsoft's list of public authorities knows neither the sandbox nor a private cloud.
        instance_discovery=False if settings.PORTAL_CLOUD == "Sandbox" else None,
        http_client=session,
        http_cache=_NoHttpCache(),
        token_cache=_ForgetfulCache(),
        # msal asks for openid and profile by itself; a refresh token would have to be kept safe for nothing.
        exclude_scopes=["offline_access"],
    )
    # The secret goes to the one, and people to the others: by a redirect, which leads to Entra ID or nowhere.
    for address in (found["jwks_uri"], application.authority.token_endpoint):
        _check_host(address, host)
    for address in (found["end_session_endpoint"], application.authority.authorization_endpoint):
        _check_host_for_people(address, host)
    keys = KeySet(lambda: _document(session, found["jwks_uri"]))
    return _Authority(application, keys, issuer, found["end_session_endpoint"])


def _document(session: _Session, url: str) -> dict[str, Any]:
    answer = session.get(url)
    answer.raise_for_status()
    document = answer.json()
    if not isinstance(document, dict):
        raise requests.exceptions.InvalidJSONError("it is no JSON object")
    return document


def _check_host(url: str, host: str) -> None:
    if urlsplit(url)[:2] != urlsplit(host)[:2]:
        raise SignInRefused("the authority names an address at another host")


def _check_host_for_people(url: str, host: str) -> None:
    """As ``_check_host``; the sandbox's pages for people are on another port, in plain http, on the same machine."""
    if settings.PORTAL_CLOUD != "Sandbox" or urlsplit(url).hostname not in {"localhost", "127.0.0.1"}:
        _check_host(url, host)


def _asking(ask: Any) -> Any:  # noqa: ANN401 - passes an answer of msal through
    try:
        return ask()
    except (requests.RequestException, msal.exceptions.MsalError, json.JSONDecodeError, KeyError) as error:
        raise AuthorityUnreachable(type(error).__name__) from error
    except (ValueError, RuntimeError) as error:
        # msal's words for a state, nonce or answer that is not this flow's, or discovery that is none.
        raise SignInRefused(type(error).__name__) from error


def _redeemed(flow: Flow, answer: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = _authority().application.acquire_token_by_auth_code_flow(flow, dict(answer))
    return result


def _told(result: Mapping[str, Any]) -> str:
    """Entra ID's codes alone: its sentences may hold what somebody wrote into the address that leads back to us."""
    error, description = str(result.get("error", "")), str(result.get("error_description", ""))
    number = re.search(r"AADSTS\d{1,12}", description)
    codes = [error if re.fullmatch(r"[a-z_]{1,40}", error) else "", number[0] if number else ""]
    return "Entra ID answered " + (" ".join(filter(None, codes)) or "with an error")


def _validated(id_token: str, flow: Flow) -> Claims:
    authority = _authority()
    expected = Expected(
        issuer=authority.issuer,
        client_id=settings.ENTRA_CLIENT_ID,
        tenant_id=settings.ENTRA_TENANT_ID,
        # msal keeps the nonce itself in the flow and sends its SHA-256.
        nonce=hashlib.sha256(flow["nonce"].encode("ascii")).hexdigest(),
    )
    try:
        claims: Claims = _asking(lambda: validate(id_token, key_of=authority.keys.key, expected=expected))
    except (IdTokenRefused, jwt.PyJWTError) as error:
        raise SignInRefused(f"the ID token: {error}") from error
    return claims


def _identity(claims: Claims) -> Identity:
    try:
        tenant_id, object_id = uuid.UUID(claims["tid"]), uuid.UUID(claims["oid"])
    except (ValueError, AttributeError):
        raise SignInRefused("the ID token names a person who is none") from None
    return Identity(
        tenant_id=tenant_id,
        object_id=object_id,
        name=next(filter(None, (_line(claims.get(name)) for name in ("name", "preferred_username", "oid"))), ""),
        username=_line(claims.get("preferred_username")),
        app_roles=_texts(claims.get("roles")),
        groups=tuple(filter(None, map(_object_id, _texts(claims.get("groups"))))),
        has_groups_overage=_has_groups_overage(claims),
    )


def _line(claim: object) -> str:
    return harmless(claim, longest=_LONGEST) if isinstance(claim, str) else ""


def _texts(claim: object) -> tuple[str, ...]:
    """Those that a role or a group can be called by; what is none is left out, and never mended into one."""
    told = claim if isinstance(claim, list) else []
    return tuple(one for one in told if isinstance(one, str) and one.isprintable() and len(one) <= _LONGEST)


def _object_id(text: str) -> str:
    """As RoleAssignment compares it; "" for what is none: groups may be told by name, and names change hands."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _has_groups_overage(claims: Claims) -> bool:
    """More than 200 groups are not told but pointed to. That address is not followed: no groups then, fail closed.

    Source: Microsoft's id-token-claims-reference, "Groups overage claim".
    """
    names = claims.get("_claim_names")
    return claims.get("hasgroups") is not None or (isinstance(names, dict) and "groups" in names)
