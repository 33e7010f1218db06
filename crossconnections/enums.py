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
    return next((str(word) for word in words if word.lower() == value.lower()), value)


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


class PrefixValidationState(StrEnum):
    """How far Microsoft is with one advertised prefix (``validationState``, since 2024-07-01)."""

    NOT_CONFIGURED = "NotConfigured"
    CONFIGURING = "Configuring"
    CONFIGURED = "Configured"
    VALIDATION_NEEDED = "ValidationNeeded"
    VALIDATION_FAILED = "ValidationFailed"
    MANUAL_VALIDATION_NEEDED = "ManualValidationNeeded"
    ASN_VALIDATION_FAILED = "AsnValidationFailed"
    CERTIFICATE_MISSING = "CertificateMissingInRoutingRegistry"
    INVALID_SIGNATURE_ENCODING = "InvalidSignatureEncoding"
    SIGNATURE_VERIFICATION_FAILED = "SignatureVerificationFailed"


class DevicePath(StrEnum):
    """Which of Microsoft's two edge routers answers; the last word of a table's address."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Table(StrEnum):
    """What an edge router shows of a peering. The values are the portal's words; Azure's are those of the address."""

    ARP = "arp"
    ROUTES_SUMMARY = "routes-summary"
    ROUTES = "routes"

    @property
    def azure_word(self) -> str:
        """As it stands in the address (ExpressRouteCrossConnections_ListArpTable and its like)."""
        return {"arp": "arpTables", "routes-summary": "routeTablesSummary", "routes": "routeTables"}[self.value]

    @property
    def azure_operation(self) -> str:
        """Azure's id of the operation that reads it."""
        word = {"arp": "ArpTable", "routes-summary": "RoutesTableSummary", "routes": "RoutesTable"}[self.value]
        return f"ExpressRouteCrossConnections_List{word}"


class OperationStatus(StrEnum):
    """The words that end a long-running operation; each other word means that it goes on (Azure async operations)."""

    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    CANCELED = "Canceled"
