"""Layer 2 of the reading: the peering as it is configured, and what Microsoft makes of its prefixes."""

from datetime import timedelta

from crossconnections.diagnosis.case import Case, Peering, Service
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import legs_of
from crossconnections.diagnosis.rules.circuit import CHANGING
from crossconnections.diagnosis.rules.registry import (
    CRITICAL,
    CUSTOMER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    INFO,
    MICROSOFT,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.enums import AdvertisedPrefixesState, PeeringState, ProvisioningState

_peering = Layered(Layer.PEERING)
_CUSTOMERS_DEED = "customer"
# How long a validation may take is not documented; a day is what one would wait for a manual one.
_TOO_LONG = timedelta(hours=24)


@_peering.peering("R02", HIGH, US, DOCUMENTED, "Reset a failed circuit; for a partner inferred")
def has_failed(_: Case, peering: Peering) -> Found | None:
    """The last operation on the peering."""
    return Found() if peering.provisioning_state == ProvisioningState.FAILED else None


@_peering.peering("R03", INFO, US, INFERRED, "while a change runs")
def is_changing(_: Case, peering: Peering) -> Found | None:
    """Tables may be those of before."""
    return Found({"state": peering.provisioning_state}) if peering.provisioning_state in CHANGING else None


@_peering.peering("R05", CRITICAL, US, DOCUMENTED, "Reset peering")
def is_disabled(case: Case, peering: Peering) -> Found | None:
    """Both sessions are shut; whoever changed it last knows why. One that stands nevertheless was not shut yet."""
    if peering.state != PeeringState.DISABLED:
        return None
    is_up, is_customers = _carries(case, peering), peering.last_modified_by.lower() == _CUSTOMERS_DEED
    return Found(
        {"last_modified_by": peering.last_modified_by, "is_up": is_up},
        ends=not is_up,
        owner=CUSTOMER if is_customers else US,
        severity=HIGH if is_up else None,
    )


@_peering.peering("R06", CRITICAL, CUSTOMER, DOCUMENTED, "ExpressRoute workflows, routing requirements")
def needs_validation(case: Case, peering: Peering) -> Found | None:
    """BGP is not enabled. Where sessions stand nevertheless, only what was added since is held back."""
    if not peering.is_microsoft or peering.advertised_prefixes_state != AdvertisedPrefixesState.VALIDATION_NEEDED:
        return None
    evidence = {"prefixes": peering.advertised_prefixes}
    if _carries(case, peering):
        return Found({**evidence, "is_up": True}, severity=HIGH)
    return Found({**evidence, "is_up": False}, ends=True)


@_peering.peering("R07", WARNING, MICROSOFT, DOCUMENTED, "ExpressRoute workflows; the time inferred")
def is_being_validated(case: Case, peering: Peering) -> Found | None:
    """BGP comes up only once the prefixes are Configured; how long it has lasted, as far as readings tell."""
    state = peering.advertised_prefixes_state
    waiting = {AdvertisedPrefixesState.CONFIGURING, AdvertisedPrefixesState.NOT_CONFIGURED}
    if not peering.is_microsoft or state not in waiting:
        return None
    lasts = _lasts(case, peering)
    return Found({"state": state, "lasts": lasts, "is_too_long": lasts is not None and lasts > _TOO_LONG})


@_peering.peering("R09", HIGH, US, DOCUMENTED, "Verify ExpressRoute connectivity (2017, 2019)")
def was_overwritten(case: Case, peering: Peering) -> Found | None:
    """The customer changed a peering that the partner manages."""
    is_ours = case.record.service == Service.LAYER_3
    return Found() if is_ours and peering.last_modified_by.lower() == _CUSTOMERS_DEED else None


def _carries(case: Case, peering: Peering) -> bool:
    return any(leg.is_up for leg in legs_of(case, peering))


def _lasts(case: Case, peering: Peering) -> timedelta | None:
    """Since the reading before, where it had this state already."""
    before = case.earlier.peering(peering.peering_type) if case.earlier else None
    if case.earlier is None or before is None or before.advertised_prefixes_state != peering.advertised_prefixes_state:
        return None
    return case.read_at - case.earlier.read_at
