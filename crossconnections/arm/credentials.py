"""The application's own identity: how it proves itself to Microsoft Entra ID, and the token it gets for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from azure.core.credentials import TokenCredential
from azure.core.exceptions import AzureError
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import ClientSecretCredential

from crossconnections.arm.errors import TokenNotObtained
from crossconnections.arm.failures import plain_reason
from crossconnections.arm.hosts import endpoint_from
from crossconnections.arm.watch import Watch, watched_session

_CONNECT_SECONDS = 5
_READ_SECONDS = 10
_NO_PROXIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """An app registration and its secret; the secret is in no repr."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)


def credential_from(
    *,
    authority_host: str,
    secret: ClientSecret,
    ca_bundle: str,
    instance_discovery: bool,
    proxies: Mapping[str, str] = _NO_PROXIES,
) -> TokenCredential:
    """A credential that asks ``authority_host`` (https, without tenant); nothing is asked yet.

    It keeps its token until shortly before it expires, so share one per process. ``instance_discovery`` off is for
    authorities that Microsoft does not list. ValueError when a part is missing.
    """
    transport = RequestsTransport(
        session=watched_session(proxies),
        session_owner=False,
        connection_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        connection_verify=existing(ca_bundle),
    )
    return ClientSecretCredential(
        secret.tenant_id,
        secret.client_id,
        secret.client_secret,
        authority=endpoint_from(authority_host),
        disable_instance_discovery=not instance_discovery,
        transport=transport,
        # By default azure-identity tries ten times and sleeps as long as Retry-After says: too long for a worker.
        retry_total=1,
        retry_status=0,
    )


def bearer_token(credential: TokenCredential, *, scope: str, seconds: float) -> str:
    """The token for ``scope`` within ``seconds``; TokenNotObtained, which quotes nothing of Entra's answer."""
    with Watch(seconds):
        try:
            return _sendable(credential.get_token(scope).token)
        except (AzureError, ValueError) as error:
            failure = _token_not_obtained(error)
    # Raised out here, so that no traceback leads to the request that carried the secret.
    raise failure


def existing(ca_bundle: str) -> str:
    """The path itself; ValueError when it is empty, which requests would take as "do not verify"."""
    if not ca_bundle:
        raise ValueError("A path of trusted certificates is needed: without one nothing would be verified.")
    return ca_bundle


def _sendable(token: str) -> str:
    # requests quotes a header that it cannot send in its exception.
    if not re.fullmatch(r"[!-~]+", token):
        raise ValueError("not a token")
    return token


def _token_not_obtained(error: Exception) -> TokenNotObtained:
    told = str(error)
    code = _found(r"\b(AADSTS[0-9]{4,9})\b", told)
    return TokenNotObtained(
        f"Microsoft Entra ID gave the application no token: {code or plain_reason(error)}.",
        code=code,
        request_id=_found(r"Trace ID: ([0-9a-fA-F-]{36})", told),
        correlation_id=_found(r"Correlation ID: ([0-9a-fA-F-]{36})", told),
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""
