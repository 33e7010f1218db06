"""Layer 2 of the reading: the peering as it is configured."""

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
    US,
    Layered,
)  # fmt: skip
from crossconnections.enums import PeeringState, ProvisioningState

_peering = Layered(Layer.PEERING)
_CUSTOMERS_DEED = "customer"


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
    is_up, is_customers = carries(case, peering), peering.last_modified_by.lower() == _CUSTOMERS_DEED
    return Found(
        {"last_modified_by": peering.last_modified_by, "is_up": is_up},
        ends=not is_up,
        owner=CUSTOMER if is_customers else US,
        severity=HIGH if is_up else None,
    )


@_peering.peering("R09", HIGH, US, DOCUMENTED, "Verify ExpressRoute connectivity (2017, 2019); the comparison inferred")
def was_overwritten(case: Case, peering: Peering) -> Found | None:
    """The customer changed a peering of a layer-3 service, or one that the portal itself had set up otherwise.

    What the portal set up is ours whatever the record says. That the customer switched it off is told by R05.
    """
    is_managed = case.record.service == Service.LAYER_3 and peering.last_modified_by.lower() == _CUSTOMERS_DEED
    is_off = peering.state == PeeringState.DISABLED
    what = tuple(name for name in peering.overwritten if not (is_off and name == "state"))
    return Found({"what": what}) if is_managed or what else None


def carries(case: Case, peering: Peering) -> bool:
    """Whether a session of it stands."""
    return any(leg.is_up for leg in legs_of(case, peering))
