"""What a change is called, from the fields that it touches: for the pages, the list and the trail of activity."""

from collections.abc import Iterator, Mapping
from typing import Any

from crossconnections.enums import PeeringState, ProviderProvisioningState
from crossconnections.models import Wish
from crossconnections.models.wish import PRESENCE
from crossconnections.peering_names import peering_word
from crossconnections.port_pairs import PORTS, pair_name

_STATES: dict[str, str] = {
    ProviderProvisioningState.NOT_PROVISIONED: "Not provisioned",
    ProviderProvisioningState.DE_PROVISIONED: "Deprovisioned",
}
_SWITCHED: dict[str, str] = {PeeringState.ENABLED: "Enable", PeeringState.DISABLED: "Disable"}
_KEYS: dict[str, str] = {Wish.SharedKey.SET: "set the shared key", Wish.SharedKey.REMOVE: "remove the shared key"}


def state_word(state: str) -> str:
    """A provider provisioning state as people read it."""
    return _STATES.get(state, state)


def title_of(asked: Mapping[str, Any]) -> str:
    """``Set Provisioned, note to customer``; what was asked for of a cross connection itself, in the imperative."""
    told = []
    if state := asked.get("provider_provisioning_state"):
        told.append(f"Set {state_word(state)}")
    if asked.keys() >= set(PORTS):
        told.append(f"Move to {pair_name(*(asked[name] for name in PORTS))}")
    if "provider_notes" in asked:
        told.append("Note to customer" if asked["provider_notes"] else "Remove the note to customer")
    if "tags" in asked:
        told.append("Tags")
    text = ", ".join(told)
    return text[:1] + text[1:].replace(", Note", ", note").replace(", Tags", ", tags").replace(", Remove", ", remove")


def title_of_wish(wish: Wish) -> str:
    """``Set up private peering``, ``Edit Microsoft peering, set the shared key``, or as :func:`title_of`."""
    if not wish.subject:
        return title_of(wish.asked)
    name = peering_word(wish.subject)
    if wish.removes:
        return f"Remove {name}"
    if wish.opened.get(PRESENCE) is False:
        return f"Set up {name}"
    told = ", ".join(_edits(wish, name))
    return told[:1].upper() + told[1:]


def _edits(wish: Wish, name: str) -> Iterator[str]:
    """One by one; a key alone is set ``of`` the peering."""
    moved = wish.moved.keys()
    key, switched = _KEYS.get(wish.shared_key_action, ""), _SWITCHED.get(wish.asked.get("state", ""), "")
    if "state" in moved and switched:
        yield f"{switched} {name}"
    if moved - {"state", "ipv6_state"}:
        yield "edit its settings" if "state" in moved else f"Edit {name}"
    if key:
        yield key if moved else f"{key} of {name}"
