"""The client for Azure Resource Manager, as the settings say."""

from dataclasses import asdict

import structlog
from django.conf import settings

from crossconnections.arm import ArmClient, Call, ClientSecret, Recorder, credential_from
from portal.egress import proxies_for

log = structlog.get_logger(__name__)


def log_call(call: Call) -> None:
    """A recorder for calls that come by the hundred: a log line each, for whoever turns the level down to debug."""
    log.debug("azure_call", **asdict(call))


def arm_client(*, recorder: Recorder) -> ArmClient:
    """A client with a session of its own; close it. ``recorder`` is told of every call."""
    credential = credential_from(
        authority_host=settings.AZURE_AUTHORITY_HOST,
        secret=ClientSecret(
            tenant_id=settings.AZURE_TENANT_ID,
            client_id=settings.AZURE_CLIENT_ID,
            client_secret=settings.AZURE_CLIENT_SECRET,
        ),
        ca_bundle=settings.CA_BUNDLE,
        # Microsoft's list of public authorities does not know the sandbox.
        instance_discovery=settings.PORTAL_CLOUD != "Sandbox",
        proxies=proxies_for(settings.AZURE_AUTHORITY_HOST),
    )
    return ArmClient(
        endpoint=settings.PORTAL_ARM_ENDPOINT,
        credential=credential,
        api_version=settings.PORTAL_ARM_API_VERSION,
        ca_bundle=settings.CA_BUNDLE,
        proxies=proxies_for(settings.PORTAL_ARM_ENDPOINT),
        recorder=recorder,
    )
