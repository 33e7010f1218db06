"""Layer 1 of the reading: the cross connection itself."""

from crossconnections.diagnosis.case import Case, Service
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import legs_of
from crossconnections.diagnosis.rules.registry import (
    CRITICAL,
    CUSTOMER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    INFO,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.enums import ProviderProvisioningState, ProvisioningState

_circuit = Layered(Layer.CIRCUIT)
CHANGING = {ProvisioningState.UPDATING, ProvisioningState.CREATING, ProvisioningState.DELETING}


@_circuit.case("R01", CRITICAL, US, DOCUMENTED, "Verify ExpressRoute connectivity")
def is_not_provisioned(case: Case) -> Found | None:
    """A state that Azure did not tell is not known, and nothing is said of it.

    Where a session stands nevertheless, traffic may well be carried: no path is called down by a word alone.
    """
    state = case.provider_provisioning_state
    if state in {"", ProviderProvisioningState.PROVISIONED}:
        return None
    is_up = any(leg.is_up for peering in case.peerings for leg in legs_of(case, peering))
    return Found({"state": state, "is_up": is_up}, ends=not is_up, severity=HIGH if is_up else None)


@_circuit.case("R02", HIGH, US, DOCUMENTED, "Reset a failed circuit; for a partner inferred")
def has_failed(case: Case) -> Found | None:
    """The last operation on the cross connection itself; a peering's own stands with it."""
    return Found() if case.provisioning_state == ProvisioningState.FAILED else None


@_circuit.case("R03", INFO, US, INFERRED, "while a change runs")
def is_changing(case: Case) -> Found | None:
    """Tables may be those of before."""
    return Found({"state": case.provisioning_state}) if case.provisioning_state in CHANGING else None


@_circuit.case("R04", WARNING, US, DOCUMENTED, "ExpressRoute workflows")
def has_no_peering(case: Case) -> Found | None:
    """The customer's turn on a layer-2 service, ours on a layer-3 one."""
    if case.peerings or case.provider_provisioning_state != ProviderProvisioningState.PROVISIONED:
        return None
    return Found(owner=CUSTOMER if case.record.service == Service.LAYER_2 else US)


@_circuit.case("R66", WARNING, US, DOCUMENTED, "ExpressRoute FAQ, howto-circuit-arm")
def has_more_bandwidth(case: Case) -> Found | None:
    """It can only be raised. Billing of the new size begins with our notice."""
    before, now = case.earlier.bandwidth_mbps if case.earlier else None, case.bandwidth_mbps
    return Found({"before_mbps": before, "now_mbps": now}) if before and now and now > before else None


@_circuit.case("R67", WARNING, US, DOCUMENTED, "Circuit placement API; detection inferred")
def has_moved(case: Case) -> Found | None:
    """Another location, S-tag or port than at the reading before: layer 2 has to follow."""
    if case.earlier is None:
        return None
    moved = _moved(case.earlier, case)
    return Found({"what": tuple(moved)}) if moved else None


def _moved(before: Case, now: Case) -> list[str]:
    """Where both are told and differ; a blank is what Azure shows while a change runs."""
    fields = ("peering_location", "s_tag", "primary_azure_port", "secondary_azure_port")
    values = ((name, getattr(before, name), getattr(now, name)) for name in fields)
    return [f"{name}: {old} -> {new}" for name, old, new in values if old and new and old != new]
