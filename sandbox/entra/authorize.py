"""The request that an application sends a person with, and the way back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from sandbox.entra.codes import Grant
from sandbox.people import Person
from sandbox.world import World

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NotTrustedError(Exception):
    """Nobody can be sent back: the person is told on a page of ours."""


class SentBackError(Exception):
    """The application is told at its redirect URI (RFC 6749, 4.1.2.1)."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """A request that may be shown to a person."""

    client_id: str
    redirect_uri: str
    code_challenge: str
    scope: str
    state: str
    nonce: str | None
    wants_auth_time: bool


def read_sign_in_request(parameters: Mapping[str, str], world: World) -> SignInRequest:
    """The request; raises NotTrustedError or SentBackError."""
    client_id, redirect_uri = parameters.get("client_id", ""), parameters.get("redirect_uri", "")
    if client_id.casefold() != world.identity.client_id:
        raise NotTrustedError(f"AADSTS700016: Application with identifier '{client_id}' was not found.")
    if not is_loopback(redirect_uri):
        raise NotTrustedError(f"AADSTS50011: The redirect URI '{redirect_uri}' is not one of the application's.")
    problem = _find_problem(parameters)
    if problem:
        error = {"error": "invalid_request", "error_description": problem, "state": parameters.get("state", "")}
        raise SentBackError(_with_query(redirect_uri, error))
    return SignInRequest(
        client_id=world.identity.client_id,
        redirect_uri=redirect_uri,
        code_challenge=parameters["code_challenge"],
        scope=parameters["scope"],
        state=parameters.get("state", ""),
        nonce=parameters.get("nonce"),
        wants_auth_time="max_age" in parameters,
    )


def grant_sign_in(request: SignInRequest, person: Person, world: World) -> str:
    """Where the person goes now: back to the application, with a code."""
    session_id = str(uuid.uuid4())
    code = world.codes.issue(
        Grant(
            person=person,
            client_id=request.client_id,
            redirect_uri=request.redirect_uri,
            code_challenge=request.code_challenge,
            nonce=request.nonce,
            scope=request.scope,
            session_id=session_id,
            wants_auth_time=request.wants_auth_time,
        )
    )
    return _with_query(request.redirect_uri, {"code": code, "state": request.state, "session_state": session_id})


def is_loopback(uri: str) -> bool:
    """Whether a URI stays on this machine, whatever its port and path. What parsers read differently is refused."""
    if any(character in uri for character in "\\#@") or not uri.isprintable() or " " in uri:
        return False
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in _LOOPBACK and port != 0


def _find_problem(parameters: Mapping[str, str]) -> str | None:
    challenge, method = parameters.get("code_challenge"), parameters.get("code_challenge_method")
    if parameters.get("response_type") != "code":
        return "AADSTS700054: response_type must be 'code'."
    if parameters.get("response_mode", "query") != "query":
        return "AADSTS70007: response_mode must be 'query'."
    if "openid" not in parameters.get("scope", "").split():
        return "AADSTS900144: The scope must contain 'openid'."
    if not challenge or method != "S256":
        return "AADSTS9002325: Proof Key for Code Exchange with S256 is required."
    return None


def _with_query(uri: str, parameters: Mapping[str, str]) -> str:
    added = urlencode({name: value for name, value in parameters.items() if value})
    return f"{uri}{'&' if urlsplit(uri).query else '?'}{added}"
