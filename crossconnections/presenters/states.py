"""Azure's states as people see them. An unknown one is shown as it came, with an empty ring: it is data."""

from collections.abc import Iterable
from dataclasses import dataclass

from crossconnections.enums import (
    AdvertisedPrefixesState,
    PeeringState,
    PrefixValidationState,
    ProviderProvisioningState,
    ProvisioningState,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A state: always a glyph and a word; the tone is a colour that repeats what both say."""

    word: str
    glyph: str
    tone: str = ""


GONE = Mark("Gone from Azure", "s-gone")

_PROVIDER: dict[str, Mark] = {
    ProviderProvisioningState.NOT_PROVISIONED: Mark("Not provisioned", "s-new"),
    ProviderProvisioningState.PROVISIONING: Mark("Provisioning", "s-prog", "run"),
    ProviderProvisioningState.PROVISIONED: Mark("Provisioned", "s-done", "ok"),
    ProviderProvisioningState.DEPROVISIONING: Mark("Deprovisioning", "s-off", "warn"),
    ProviderProvisioningState.DE_PROVISIONED: Mark("Deprovisioned", "s-gone"),
}
_PROVISIONING: dict[str, Mark] = {
    ProvisioningState.SUCCEEDED: Mark("Succeeded", "check"),
    ProvisioningState.UPDATING: Mark("Updating", "s-run", "run"),
    ProvisioningState.CREATING: Mark("Creating", "s-run", "run"),
    ProvisioningState.DELETING: Mark("Deleting", "s-run", "run"),
    ProvisioningState.FAILED: Mark("Failed", "s-fail", "bad"),
    ProvisioningState.CANCELED: Mark("Canceled", "s-warn", "warn"),
}
_PEERING: dict[str, Mark] = {
    # Switched on, not up: whether its sessions stand is not known from here, so it is not green.
    PeeringState.ENABLED: Mark("Enabled", "check"),
    PeeringState.DISABLED: Mark("Disabled", "s-off", "warn"),
}
_VALIDATION: dict[str, Mark] = {
    AdvertisedPrefixesState.NOT_CONFIGURED: Mark("Not configured", "s-idle"),
    AdvertisedPrefixesState.CONFIGURING: Mark("Configuring", "s-run", "run"),
    AdvertisedPrefixesState.CONFIGURED: Mark("Configured", "s-done", "ok"),
    AdvertisedPrefixesState.VALIDATION_NEEDED: Mark("Validation needed", "s-warn", "warn"),
}
_OF_A_PREFIX: dict[str, Mark] = {
    PrefixValidationState.VALIDATION_FAILED: Mark("Validation failed", "s-fail", "bad"),
    PrefixValidationState.MANUAL_VALIDATION_NEEDED: Mark("Manual validation needed", "s-warn", "warn"),
    PrefixValidationState.ASN_VALIDATION_FAILED: Mark("ASN not validated", "s-fail", "bad"),
    PrefixValidationState.CERTIFICATE_MISSING: Mark("Certificate missing in the registry", "s-warn", "warn"),
    PrefixValidationState.INVALID_SIGNATURE_ENCODING: Mark("Signature not readable", "s-fail", "bad"),
    PrefixValidationState.SIGNATURE_VERIFICATION_FAILED: Mark("Signature not verified", "s-fail", "bad"),
}


def in_order_of_life(states: Iterable[str]) -> list[str]:
    """Provider provisioning states in the order in which a cross connection passes them, unknown ones last."""
    found = set(states)
    return [str(state) for state in _PROVIDER if state in found] + sorted(found - set(_PROVIDER))


def provider_state(value: str) -> Mark:
    """Where the provider stands with a cross connection."""
    return _PROVIDER.get(value) or _as_it_came(value)


def provisioning_state(value: str) -> Mark:
    """Where Azure's own work on a resource stands."""
    return _PROVISIONING.get(value) or _as_it_came(value)


def unsettled_provisioning(value: str) -> Mark | None:
    """The same, but None while there is nothing to say: succeeded, or not told."""
    return None if value in {"", ProvisioningState.SUCCEEDED} else provisioning_state(value)


def peering_state(value: str) -> Mark:
    """Whether a peering is switched on."""
    return _PEERING.get(value) or _as_it_came(value)


def validation_state(value: str) -> Mark:
    """How far Microsoft is with the advertised prefixes."""
    return _VALIDATION.get(value) or _as_it_came(value)


def prefix_state(value: str) -> Mark:
    """How far Microsoft is with one of them."""
    return _OF_A_PREFIX.get(value) or validation_state(value)


def bandwidth(mbps: int | None) -> str:
    """``500 Mbps``, ``1 Gbps``, ``2.5 Gbps``."""
    if mbps is None:
        return "Not told"
    return f"{mbps} Mbps" if mbps < 1_000 else f"{mbps / 1_000:g} Gbps"  # noqa: PLR2004 - a gigabit


def _as_it_came(value: str) -> Mark:
    return Mark(value or "Not told", "s-idle")
