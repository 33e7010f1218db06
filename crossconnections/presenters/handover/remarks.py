"""What is still missing before the sheet can go out: for us alone, never on the sheet itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossconnections.diagnosis.case import Case
from crossconnections.diagnosis.findings import Finding
from crossconnections.enums import AdvertisedPrefixesState, PeeringState, PeeringType, ProviderProvisioningState
from crossconnections.models import CrossConnection, CustomerRecord, Peering, Workflow
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import bandwidth, peering_state, provider_state, unsettled_provisioning
from crossconnections.presenters.tables.findings import count_in_words

_OF_A_PEERING = (
    "vlan_id", "peer_asn", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """All that a sheet is made from; ``findings`` are those of the reading to check or worse that nobody accepted.

    ``unread`` is how many of its tables were not read.
    """

    row: CrossConnection
    peerings: Sequence[Peering]
    record: CustomerRecord
    order: Workflow | None
    case: Case | None
    findings: Sequence[Finding]
    unread: int


def list_remarks(known: Known) -> tuple[str, ...]:
    """A sentence each; none where the sheet can go out as it is."""
    parts = (_of_circuit, _of_order, _of_peerings, _of_reading, _of_record)
    return tuple(one for part in parts for one in part(known))


def _of_circuit(known: Known) -> Iterator[str]:
    row, order = known.row, known.order
    if row.gone_at:
        yield "The cross connection is gone from Azure."
    elif row.provider_provisioning_state != ProviderProvisioningState.PROVISIONED:
        yield f"It is not provisioned: its state is {provider_state(row.provider_provisioning_state).word}."
    if row.read_at is None:
        yield "It was not read in full from Azure yet: ports and peerings are not known."
    if order and order.ordered_bandwidth_mbps and order.ordered_bandwidth_mbps != row.bandwidth_mbps:
        yield f"The order says {bandwidth(order.ordered_bandwidth_mbps)}, Azure {bandwidth(row.bandwidth_mbps)}."


def _of_order(known: Known) -> Iterator[str]:
    order, there = known.order, {one.peering_type: one for one in known.peerings}
    if order is None:
        return
    wished = (
        (PeeringType.AZURE_PRIVATE_PEERING, order.wants_private, order.private_vlan_id),
        (PeeringType.MICROSOFT_PEERING, order.wants_microsoft, order.microsoft_vlan_id),
    )
    for kind, is_wanted, vlan_id in wished:
        peering, name = there.get(kind), peering_name(kind)
        if is_wanted and peering is None:
            yield f"{name} was ordered and is not set up."
        elif is_wanted and peering and vlan_id and vlan_id != peering.vlan_id:
            yield f"{name}: the order says VLAN ID {vlan_id}, Azure {peering.vlan_id or 'none'}."


def _of_peerings(known: Known) -> Iterator[str]:
    if not known.peerings and known.row.read_at:
        yield "No peering is set up."
    for one in known.peerings:
        name = peering_name(one.peering_type)
        if one.state != PeeringState.ENABLED:
            yield f"{name} is not enabled: its state is {peering_state(one.state).word}."
        if mark := unsettled_provisioning(one.provisioning_state):
            yield f"{name}: Azure's own work on it is {mark.word.lower()}."
        if one.advertised_prefixes_state == AdvertisedPrefixesState.VALIDATION_NEEDED:
            yield f"{name}: Microsoft has not validated its prefixes."


def _of_reading(known: Known) -> Iterator[str]:
    if known.case is None:
        yield "No tables were read: there is no baseline."
        return
    if known.unread:
        were = "was" if known.unread == 1 else "were"
        yield f"The reading is not whole: {known.unread} of its tables {were} not read."
    if moved := _moved(known.peerings, known.case):
        yield f"{' and '.join(moved)} changed since the reading: read the tables anew."
    if known.findings:
        yield f"The reading has findings: {count_in_words(one.severity for one in known.findings)}."


def _moved(peerings: Sequence[Peering], case: Case) -> list[str]:
    """Those whose numbers are not those that they were read with."""
    return [
        peering_name(one.peering_type)
        for one in peerings
        if (then := case.peering(one.peering_type)) is None
        or any(getattr(one, name) != getattr(then, name) for name in _OF_A_PEERING)
    ]


def _of_record(known: Known) -> Iterator[str]:
    if not known.record.customer:
        yield "Nobody has recorded who the customer is."
    if not known.record.service:
        yield "Nobody has recorded whether the service is layer 2 or layer 3: the sheet does not say who speaks BGP."
