"""The client for Azure Resource Manager, as the settings say."""

from dataclasses import asdict
from functools import lru_cache

import structlog
from django.conf import settings

from crossconnections.arm import (
    ArmClient,
    Call,
    ClientCertificate,
    ClientSecret,
    FederatedToken,
    Identity,
    ManagedIdentity,
    Recorder,
    RetryPolicy,
    TimeOuts,
    TokenCredential,
    credential_from,
)
from portal.egress import proxies_for

log = structlog.get_logger(__name__)

SEVERAL_TRIES = RetryPolicy()


def log_call(call: Call) -> None:
    """A recorder for calls that come by the hundred: a log line each, for whoever turns the level down to debug."""
    log.debug("azure_call", **asdict(call))


def arm_client(*, recorder: Recorder, retries: RetryPolicy = SEVERAL_TRIES, has_fresh_token: bool = False) -> ArmClient:
    """A client with a session of its own; close it. ``recorder`` is told of every call.

    ``has_fresh_token`` where it matters that Entra ID gives one now: that of the process may be good for an hour more.
    """
    credential = _make_credential if has_fresh_token else _credential
    return ArmClient(
        endpoint=settings.PORTAL_ARM_ENDPOINT,
        credential=credential(settings.AZURE_AUTHORITY_HOST, identity(), settings.CA_BUNDLE),
        api_version=settings.PORTAL_ARM_API_VERSION,
        ca_bundle=settings.CA_BUNDLE,
        proxies=proxies_for(settings.PORTAL_ARM_ENDPOINT),
        recorder=recorder,
        retries=retries,
        time_outs=_time_outs(settings.PORTAL_CALL_SECONDS),
    )


def identity() -> Identity:
    """Who the portal is to Azure Resource Manager; a certificate or a federated token goes before a secret."""
    tenant_id, client_id = settings.AZURE_TENANT_ID, settings.AZURE_CLIENT_ID
    if not tenant_id:
        return ManagedIdentity(client_id)
    if settings.AZURE_FEDERATED_TOKEN_FILE:
        return FederatedToken(tenant_id, client_id, settings.AZURE_FEDERATED_TOKEN_FILE)
    if settings.AZURE_CLIENT_CERTIFICATE_PATH:
        return ClientCertificate(tenant_id, client_id, settings.AZURE_CLIENT_CERTIFICATE_PATH)
    return ClientSecret(tenant_id, client_id, settings.AZURE_CLIENT_SECRET)


def _time_outs(total_seconds: float) -> TimeOuts:
    usual = TimeOuts()
    return TimeOuts(
        connect_seconds=min(usual.connect_seconds, total_seconds),
        read_seconds=min(usual.read_seconds, total_seconds),
        total_seconds=total_seconds,
    )


@lru_cache(maxsize=1)
def _credential(host: str, who: Identity, ca_bundle: str) -> TokenCredential:
    # One for the process: it keeps the token until shortly before it expires.
    return _make_credential(host, who, ca_bundle)


def _make_credential(host: str, who: Identity, ca_bundle: str) -> TokenCredential:
    return credential_from(
        authority_host=host,
        secret=who,
        ca_bundle=ca_bundle,
        # Microsoft's list of public authorities does not know the sandbox.
        instance_discovery=settings.PORTAL_CLOUD != "Sandbox",
        proxies=proxies_for(host),
    )
