"""How far Microsoft is with the prefixes of a peering, and what the customer has to send.

Sources: ExpressRoute workflows and FAQ (states, ticket, letter of authorization); the reference of
Add-AzExpressRouteCircuitMicrosoftPeeringPrefixConfig (the text that is signed). EXPRESSROUTE.md M9, M10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crossconnections.enums import PrefixValidationState as State
from crossconnections.models import Peering
from crossconnections.presenters.states import Mark, prefix_state, validation_state

_TICKET = (
    "The customer opens a ticket with Microsoft's support and encloses a letter of authorization of whoever holds the "
    "prefix. A signature of the text below, by the key whose certificate is in the routing registry, counts as well, "
    "and is sent with Azure's own tools."
)
_REGISTRY = "The customer has the routing registry put right, or sends Microsoft's support a letter of authorization."
_SIGN_AGAIN = "The customer signs the text below anew, with the private key whose certificate is in the registry."
_TODO: dict[str, str] = {
    State.NOT_CONFIGURED: "Microsoft has not looked at it yet.",
    State.CONFIGURING: "Microsoft is at it; routes are accepted once it is configured.",
    State.VALIDATION_NEEDED: _TICKET,
    State.MANUAL_VALIDATION_NEEDED: _TICKET,
    State.VALIDATION_FAILED: f"Microsoft names no further reason. {_REGISTRY}",
    State.ASN_VALIDATION_FAILED: f"The registry does not have the prefix under this AS. {_REGISTRY}",
    State.CERTIFICATE_MISSING: "The customer puts the certificate into the routing registry, or sends a letter.",
    State.INVALID_SIGNATURE_ENCODING: f"Microsoft cannot read the signature. {_SIGN_AGAIN}",
    State.SIGNATURE_VERIFICATION_FAILED: f"The signature does not fit. {_SIGN_AGAIN}",
}


@dataclass(frozen=True, slots=True)
class PrefixValidation:
    """One prefix; ``todo`` is what happens next, ``signed_text`` what the customer can sign for it, "" for none."""

    prefix: str
    mark: Mark
    todo: str
    signed_text: str


@dataclass(frozen=True, slots=True)
class Validation:
    """Of all of them: ``todo`` is that of the overall state, ``prefixes`` those that need somebody."""

    mark: Mark
    todo: str
    prefixes: tuple[PrefixValidation, ...]


def show_validation(peering: Peering) -> Validation:
    """Of a Microsoft peering; before api-version 2024-07-01 Azure tells only the overall state."""
    waiting = tuple(_prefix(one) for one in peering.advertised_prefix_infos if _is_open(one))
    state = peering.advertised_prefixes_state
    return Validation(validation_state(state), "" if waiting else _TODO.get(state, ""), waiting)


def _is_open(info: Mapping[str, Any]) -> bool:
    return info.get("validation_state") not in {State.CONFIGURED, "", None}


def _prefix(info: Mapping[str, Any]) -> PrefixValidation:
    state = str(info["validation_state"])
    is_to_be_signed = state not in {State.NOT_CONFIGURED, State.CONFIGURING}
    signed_text = str(info.get("validation_id") or "") if is_to_be_signed else ""
    return PrefixValidation(str(info.get("prefix", "")), prefix_state(state), _TODO.get(state, ""), signed_text)
