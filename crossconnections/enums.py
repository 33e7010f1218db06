"""Azure's words in Azure's spelling, as far as they are known today.

Azure adds words without notice: a value that is missing here is data, kept and shown as it came. So fields of
Azure's answers are plain ``str``; compare them with these members, but never build a member from an answer.

Source: Azure REST API, Microsoft.Network, ExpressRouteCrossConnection, 2018-02-01 to 2026-03-01.
"""

from enum import StrEnum
from functools import lru_cache


@lru_cache(maxsize=1024)
def known_spelling(words: type[StrEnum], value: str) -> str:
    """The value as it is spelled here, if Azure wrote it in another case; else as it came."""
    return next((str(word) for word in words if word.casefold() == value.casefold()), value)


class ProviderProvisioningState(StrEnum):
    """Where the provider stands (``serviceProviderProvisioningState``)."""

    NOT_PROVISIONED = "NotProvisioned"
    PROVISIONING = "Provisioning"
    PROVISIONED = "Provisioned"
    DEPROVISIONING = "Deprovisioning"
    DE_PROVISIONED = "DeProvisioned"  # since 2025-09-01; Azure capitalises the P here and only here


class ProvisioningState(StrEnum):
    """Where Azure's own work on a resource stands (``provisioningState``)."""

    SUCCEEDED = "Succeeded"
    UPDATING = "Updating"
    DELETING = "Deleting"
    FAILED = "Failed"
    CANCELED = "Canceled"
    CREATING = "Creating"


class PeeringType(StrEnum):
    """The kinds of peering; also the last part of a peering's id."""

    AZURE_PRIVATE_PEERING = "AzurePrivatePeering"
    MICROSOFT_PEERING = "MicrosoftPeering"
    AZURE_PUBLIC_PEERING = "AzurePublicPeering"


class PeeringState(StrEnum):
    """Whether a peering is switched on."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"


class AdvertisedPrefixesState(StrEnum):
    """How far Microsoft is with the advertised public prefixes (``advertisedPublicPrefixesState``)."""

    NOT_CONFIGURED = "NotConfigured"
    CONFIGURING = "Configuring"
    CONFIGURED = "Configured"
    VALIDATION_NEEDED = "ValidationNeeded"
