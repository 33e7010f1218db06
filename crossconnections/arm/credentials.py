"""The application's own identity: how it proves itself to Microsoft Entra ID, and the token it gets for it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from azure.core.credentials import TokenCredential
from azure.core.exceptions import AzureError
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import ClientSecretCredential, ManagedIdentityCredential, WorkloadIdentityCredential
from requests import Session

from crossconnections.arm.certificate import CertificateFile
from crossconnections.arm.errors import TokenNotObtained
from crossconnections.arm.failures import plain_reason
from crossconnections.arm.hosts import endpoint_from
from crossconnections.arm.identities import ClientCertificate, ClientSecret, FederatedToken, Identity, ManagedIdentity
from crossconnections.arm.watch import Watch, watched_session

_CONNECT_SECONDS = 5
_READ_SECONDS = 10
_NO_PROXIES: Mapping[str, str] = MappingProxyType({})
# By default azure-identity tries ten times and sleeps as long as Retry-After says: too long for a worker.
_NO_SLEEPING: Mapping[str, Any] = MappingProxyType({"retry_total": 1, "retry_status": 0})
# What azure-identity and msal raise for an answer, a file or an environment that is not as they think.
_FAILURES = (AzureError, ValueError, TypeError, LookupError, AttributeError, OSError, TokenNotObtained)


def credential_from(
    *,
    authority_host: str,
    secret: Identity,
    ca_bundle: str,
    instance_discovery: bool,
    proxies: Mapping[str, str] = _NO_PROXIES,
) -> TokenCredential:
    """A credential for ``secret``, any identity, that asks ``authority_host`` (https, without tenant).

    Nothing is asked and no file is read yet. It keeps its token until shortly before it expires, so share one per
    process. ``instance_discovery`` off is for authorities that Microsoft does not list. A managed identity asks the
    machine that it runs on instead, without proxies. ValueError when a part is missing.
    """
    authority = endpoint_from(authority_host)
    if isinstance(secret, ManagedIdentity):
        return _managed(secret, ca_bundle)
    options: dict[str, Any] = {
        "authority": authority,
        "disable_instance_discovery": not instance_discovery,
        "transport": _transport(watched_session(proxies), ca_bundle),
        **_NO_SLEEPING,
    }
    return _registered(secret, options)


def _registered(
    identity: ClientSecret | ClientCertificate | FederatedToken, options: dict[str, Any]
) -> TokenCredential:
    tenant_id, client_id = _given(identity.tenant_id, "tenant id"), _given(identity.client_id, "client id")
    match identity:
        case ClientSecret():
            return ClientSecretCredential(tenant_id, client_id, identity.client_secret, **options)
        case ClientCertificate():
            _given(identity.path, "certificate's path")
            return CertificateFile(identity, options)
        case FederatedToken():
            path = _given(identity.path, "federated token's path")
            return WorkloadIdentityCredential(tenant_id=tenant_id, client_id=client_id, token_file_path=path, **options)


def _managed(identity: ManagedIdentity, ca_bundle: str) -> TokenCredential:
    # Azure's machines answer on plain http, at an address of their own that no proxy reaches.
    session = watched_session(_NO_PROXIES, schemes=("http", "https"))
    return ManagedIdentityCredential(
        client_id=identity.client_id or None,
        transport=_transport(session, ca_bundle),
        # Else AZURE_FEDERATED_TOKEN_FILE in the environment would make another identity of it.
        _exclude_workload_identity_credential=True,
        **_NO_SLEEPING,
    )


def _transport(session: Session, ca_bundle: str) -> RequestsTransport:
    return RequestsTransport(
        session=session,
        session_owner=False,
        connection_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        connection_verify=existing(ca_bundle),
    )


def _given(text: str, name: str) -> str:
    # azure-identity would look for what is missing in the environment.
    if not text:
        raise ValueError(f"The application's identity needs a {name}.")
    return text


def bearer_token(credential: TokenCredential, *, scope: str, seconds: float, claims: str = "") -> str:
    """The token for ``scope`` within ``seconds``; TokenNotObtained, which quotes nothing of Entra's answer.

    ``claims``, JSON text, are those of a challenge: a token that is kept does not answer them. The token says that its
    client understands challenges (Continuous access evaluation, client capability cp1): it may live for a day.
    """
    with Watch(seconds):
        try:
            return _sendable(credential.get_token(scope, claims=claims or None, enable_cae=True).token)
        except _FAILURES as error:
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
    if isinstance(error, TokenNotObtained):
        return TokenNotObtained(str(error))  # a new one, without the traceback
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
