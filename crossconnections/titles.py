"""What a change is called, from the fields that it touches: for the pages, the list and the trail of activity."""

from collections.abc import Mapping
from typing import Any

from crossconnections.enums import ProviderProvisioningState

_STATES: dict[str, str] = {
    ProviderProvisioningState.NOT_PROVISIONED: "Not provisioned",
    ProviderProvisioningState.DE_PROVISIONED: "Deprovisioned",
}


def state_word(state: str) -> str:
    """A provider provisioning state as people read it."""
    return _STATES.get(state, state)


def title_of(asked: Mapping[str, Any]) -> str:
    """``Set Provisioned, note to customer``; what was asked for, in the imperative."""
    told = []
    if state := asked.get("provider_provisioning_state"):
        told.append(f"Set {state_word(state)}")
    if "provider_notes" in asked:
        told.append("Note to customer" if asked["provider_notes"] else "Remove the note to customer")
    if "tags" in asked:
        told.append("Tags")
    text = ", ".join(told)
    return text[:1] + text[1:].replace(", Note", ", note").replace(", Tags", ", tags").replace(", Remove", ", remove")
