"""What a person should know before a change is sent. None of it forbids anything; it is shown, and kept with it.

Sources: EXPRESSROUTE.md 1.2 (states and billing), 0.7 (keys), AZURE_API.md 0.3 and 9 (what a PUT replaces).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.enums import ProvisioningState
from crossconnections.models import CrossConnection
from crossconnections.policies import ends_service

KEYS = (
    "Its peerings are sent back as Azure shows them. Azure does not show shared keys, and whether a peering that is "
    "sent without its key keeps it is not documented: have the keys at hand, and look at the sessions afterwards."
)
FAILED = "Azure's last work on it failed. This change is sent all the same, and may mend it; or fail likewise."
NO_PORTS = "Azure names no ports for it yet, so layer 2 cannot have been built on both."
UNLINKED = (
    "Before that the customer removes virtual networks, authorizations, Global Reach and route filters from the "
    "circuit. Azure does not show them here: ask."
)
BILLING = "Billing goes on until the customer deletes the circuit, which they can once it is not provisioned."


def list_cautions(row: CrossConnection, asked: Mapping[str, Any]) -> list[str]:
    """For a change that gives the row these values."""
    return list(_cautions(row, asked))


def _cautions(row: CrossConnection, asked: Mapping[str, Any]) -> Iterator[str]:
    state = asked.get("provider_provisioning_state")
    if row.provisioning_state == ProvisioningState.FAILED:
        yield FAILED
    if state == Provider.PROVISIONED and not (row.primary_azure_port and row.secondary_azure_port):
        yield NO_PORTS
    if state and ends_service(row.provider_provisioning_state, state):
        yield UNLINKED
        yield BILLING
    if "tags" not in asked and row.peerings.all():
        yield KEYS
