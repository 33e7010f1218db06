"""The page of one piece of work: what is known of the circuit, and what each open step needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.diagnosis.findings import Finding
from crossconnections.diagnosis.verdicts import Verdict
from crossconnections.enums import PeeringType
from crossconnections.models import AcceptedFinding, CrossConnection, Workflow
from crossconnections.peering_names import peering_name, peering_word, short_peering_name
from crossconnections.presenters.states import bandwidth
from crossconnections.presenters.tables.findings import ShownFinding, show_finding
from crossconnections.presenters.tables.words import path_name
from crossconnections.workflows.comparing import Difference
from crossconnections.workflows.facts import Facts
from crossconnections.workflows.steps import StepName
from crossconnections.workflows.verification import Verification, key_of
from portal.harmless import harmless_text
from portal.times import Moment, ago

_OF_STEPS = {
    StepName.PRIVATE_PEERING: (PeeringType.AZURE_PRIVATE_PEERING,),
    StepName.MICROSOFT_PEERING: (PeeringType.MICROSOFT_PEERING,),
    StepName.ANY_PEERING: (PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING),
}


@dataclass(frozen=True, slots=True)
class PeeringLink:
    """Where a peering is set up, or looked at; ``vlan_id`` is the one that the order asks for."""

    peering_type: str
    name: str
    vlan_id: int | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding to be mended or accepted; ``key`` names it in the form, ``accepted`` is the reason where it was."""

    finding: ShownFinding
    key: str
    peering: str
    reason: str
    by: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ShownVerification:
    """The reading that is verified, and what it leaves to look at."""

    number: int
    read: Moment
    open: tuple[OpenFinding, ...]
    accepted: tuple[OpenFinding, ...]
    unknown: str


def show_differences(differences: Iterable[Difference]) -> list[str]:
    """``Bandwidth: ordered 1 Gbps, Azure has 500 Mbps``."""
    return [_difference(one) for one in differences]


def show_peering_links(facts: Facts) -> dict[str, list[PeeringLink]]:
    """By the step that they belong to."""
    of_steps = {**_OF_STEPS, StepName.NO_PEERING: facts.peerings}
    return {step: [_link(kind, facts) for kind in kinds] for step, kinds in of_steps.items()}


def show_verification(
    verification: Verification,
    accepted: Iterable[AcceptedFinding],
    facts: Facts,
    typed: Mapping[str, str],
    *,
    now: datetime,
) -> ShownVerification | None:
    """None where there is no reading since the circuit was set up; ``typed`` are reasons that were not taken."""
    reading = facts.fresh_reading
    if reading is None:
        return None
    reasons = {(one.rule, one.peering, one.path): one for one in accepted}
    return ShownVerification(
        reading.number,
        ago(reading.asked_at, now=now),
        open=tuple(_open(one, None, typed) for one in verification.open),
        accepted=tuple(_open(one, reasons.get(key_of(one)), typed) for one in verification.accepted),
        unknown=_unknown(verification.unknown),
    )


def layer_2_text(row: CrossConnection, workflow: Workflow, facts: Facts) -> str:
    """For whoever builds it: an order of work to paste into a ticket."""
    lines = [
        f"Service key {row.service_key}" + (f" ({row.circuit_name})" if row.circuit_name else ""),
        f"{row.peering_location}, {bandwidth(row.bandwidth_mbps)} on each port",
        f"S-tag {row.s_tag or 'not told yet'} (outer, assigned by Microsoft)",
        *_leg("Primary", row.primary_azure_port, workflow.primary_a_end),
        *_leg("Secondary", row.secondary_azure_port, workflow.secondary_a_end),
        *(f"C-tag {vlan_id} (inner), {peering_name(kind)}" for kind, vlan_id in _vlan_ids(facts).items()),
    ]
    return harmless_text(lines)


def vlan_words(facts: Facts) -> str:
    """``Private 200, Microsoft 300 (ordered)``; those of Azure where they are set up."""
    return ", ".join(
        f"{short_peering_name(kind)} {vlan_id}{_since(kind, facts)}" for kind, vlan_id in _vlan_ids(facts).items()
    )


def _difference(one: Difference) -> str:
    if one.field == "bandwidth_mbps":
        return f"Bandwidth: ordered {bandwidth(int(one.ordered))}, Azure has {bandwidth(int(one.held or 0))}"
    if one.field == "location":
        return f"Peering location: ordered {one.ordered}, Azure has {one.held}"
    return f"VLAN ID of the {peering_name(one.field)}: ordered {one.ordered}, Azure has {one.held or 'none'}"


def _link(kind: str, facts: Facts) -> PeeringLink:
    return PeeringLink(kind, peering_word(kind), facts.order.vlan_ids.get(kind), kind in facts.peerings)


def _open(one: Finding, accepted: AcceptedFinding | None, typed: Mapping[str, str]) -> OpenFinding:
    by = accepted.accepted_by.name if accepted and accepted.accepted_by else ""
    name, key = short_peering_name(one.peering) if one.peering else "", "|".join(key_of(one))
    return OpenFinding(show_finding(one), key, name, accepted.reason if accepted else "", by, typed.get(key, ""))


def _unknown(verdicts: Sequence[Verdict]) -> str:
    return ", ".join(f"{short_peering_name(one.peering)} {path_name(one.path).lower()}" for one in verdicts)


def _leg(name: str, azure_port: str, a_end: str) -> list[str]:
    hand_over = f", our port {a_end}" if a_end else ""
    return [f"{name}: Azure port {azure_port or 'not told yet'}{hand_over}"]


def _since(kind: str, facts: Facts) -> str:
    if kind in facts.peerings:
        return ""
    return " (removed)" if kind in facts.removed_vlan_ids else " (ordered)"


def _vlan_ids(facts: Facts) -> Mapping[str, int]:
    held = {kind: one.vlan_id for kind, one in facts.peerings.items() if one.vlan_id}
    return {**facts.order.vlan_ids, **facts.removed_vlan_ids, **held}
