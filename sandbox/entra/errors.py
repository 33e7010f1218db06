"""How the token endpoint refuses, with Entra's AADSTS numbers (entra-docs, "reference-error-codes")."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class EntraError(Exception):
    """An OAuth error; its number is the one that people search for."""

    error: str
    number: int
    description: str
    status: int = 400

    def body(self) -> dict[str, Any]:
        """The JSON that Entra sends."""
        trace_id, correlation_id = str(uuid.uuid4()), str(uuid.uuid4())
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}"
        told = f"{self} Trace ID: {trace_id} Correlation ID: {correlation_id} Timestamp: {now}"
        return {
            "error": self.error,
            "error_description": told,
            "error_codes": [self.number],
            "timestamp": now,
            "trace_id": trace_id,
            "correlation_id": correlation_id,
        }

    def __str__(self) -> str:
        return f"AADSTS{self.number}: {self.description}"


# 90033: a transient error. 90055: too many requests of the tenant.
_USUAL = {
    400: ("invalid_request", 90100),
    401: ("invalid_client", 7000215),
    429: ("temporarily_unavailable", 90055),
}


def unknown_tenant(tenant: str) -> EntraError:
    """A path for a tenant that is not ours."""
    description = f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."
    return EntraError("invalid_tenant", 90002, description)


def unknown_client(client_id: str) -> EntraError:
    """An application that is not registered."""
    description = f"Application with identifier '{client_id}' was not found in the directory 'Northlink'."
    return EntraError("unauthorized_client", 700016, description)


def missing_secret() -> EntraError:
    """A confidential client without its secret."""
    parameters = "'client_assertion' or 'client_secret'"
    description = f"The request body must contain the following parameter: {parameters}."
    return EntraError("invalid_client", 7000218, description, status=401)


def wrong_secret(client_id: str) -> EntraError:
    """A secret that is not the application's."""
    description = (
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
        f"not the client secret ID, for a secret added to app '{client_id}'."
    )
    return EntraError("invalid_client", 7000215, description, status=401)


def missing_parameter(name: str) -> EntraError:
    """A request that lacks something."""
    description = f"The request body must contain the following parameter: '{name}'."
    return EntraError("invalid_request", 900144, description)


def unsupported_grant(grant_type: str) -> EntraError:
    """A grant type that is not served."""
    description = f"The app requested an unsupported grant type '{grant_type}'."
    return EntraError("unsupported_grant_type", 70003, description)


def invalid_scope(scope: str) -> EntraError:
    """Client credentials for something else than all that an application has."""
    description = (
        f"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with "
        "/.default suffixed to the resource identifier (application ID URI)."
    )
    return EntraError("invalid_scope", 1002012, description)


def spent_code() -> EntraError:
    """A code brought twice."""
    description = (
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an "
        "existing refresh token."
    )
    return EntraError("invalid_grant", 54005, description)


def bad_code() -> EntraError:
    """A code that is unknown or too old."""
    description = "The provided authorization code or refresh token has expired. Send a new interactive request."
    return EntraError("invalid_grant", 70008, description)


def wrong_redirect_uri(given: str, asked: str) -> EntraError:
    """A code brought with another redirect URI than it was asked with."""
    description = (
        f"The reply address '{given}' does not match the reply address '{asked}' provided when requesting "
        "Authorization code."
    )
    return EntraError("invalid_grant", 500112, description)


def wrong_verifier() -> EntraError:
    """A code brought by somebody who did not ask for it (PKCE, RFC 7636)."""
    description = "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE."
    return EntraError("invalid_grant", 50148, description)


def made_up(status: int, code: str) -> EntraError:
    """What a test wants: an AADSTS number or an OAuth error in its place, or else the usual ones of the status."""
    error, number = _USUAL.get(status, ("temporarily_unavailable", 90033) if status >= 500 else _USUAL[400])
    described = f"The sandbox was told to answer {status}."
    match = re.fullmatch(r"AADSTS([0-9]{1,9})", code)
    if match:
        return EntraError(error, int(match[1]), described, status)
    return EntraError(code or error, number, described, status)
