"""The circuit and where its two links end."""

from collections.abc import Sequence

from crossconnections.enums import ProviderProvisioningState as State
from crossconnections.models import CrossConnection, CustomerRecord, Peering, Workflow
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.handover.parties import Service, parties_of
from crossconnections.presenters.handover.sheet import Block, Line, Section, facts, grid, on_both, section, words
from crossconnections.presenters.states import bandwidth, provider_state
from crossconnections.presenters.tables.texts import in_full

LINKS = ("Primary", "Secondary")
_MEANINGS: dict[str, str] = {
    State.NOT_PROVISIONED: "it is not built on our side",
    State.PROVISIONING: "we are building it",
    State.PROVISIONED: "both links are built on our side",
    State.DEPROVISIONING: "we are taking it down",
    State.DE_PROVISIONED: "we have taken it down",
}
# Colt's guide for partners says 0x8100 for both tags; no page of Microsoft's does (EXPRESSROUTE.md V10).
_TAGS = (
    "The VLAN ID is the inner tag (C-tag). Only where we hand both tags over to you, the S-tag is the outer one. Both "
    "then usually have EtherType 0x8100, which Microsoft does not document: ask us if your equipment needs another."
)


def show_circuit(row: CrossConnection, record: CustomerRecord) -> Section:
    """What was ordered, and how it stands."""
    told = facts(
        ("Peering location", row.peering_location),
        ("Bandwidth", bandwidth(row.bandwidth_mbps) if row.bandwidth_mbps else ""),
        ("Our provisioning state", _state(row)),
        ("SKU", record.sku_tier),
        ("Service", parties_of(record.service).speaker),
    )
    return section("The circuit", told)


def show_links(
    row: CrossConnection, peerings: Sequence[Peering], record: CustomerRecord, order: Workflow | None
) -> Section | None:
    """Layer 2, link by link; tags where the customer has to set them. None where Azure has told no port."""
    is_layer_2 = record.service == Service.LAYER_2
    ends = (order.primary_a_end, order.secondary_a_end) if order else ("", "")
    rows: list[Line] = [
        ("Azure port", (row.primary_azure_port, row.secondary_azure_port), True),
        ("We hand over at", ends, True),
    ]
    if is_layer_2:
        rows += [_vlan(one) for one in peerings]
        rows += [("S-tag (outer)", on_both(row.s_tag), True)]
    table = grid("Link", LINKS, rows)
    note: tuple[Block, ...] = (words(_TAGS),) if is_layer_2 and row.s_tag else ()
    return section("The two links", table, *note) if table.rows else None


def _vlan(peering: Peering) -> Line:
    return f"VLAN ID, {short_peering_name(peering.peering_type)}", on_both(peering.vlan_id), True


def _state(row: CrossConnection) -> str:
    if row.gone_at:
        return f"Gone from Azure since {in_full(row.gone_at)}"
    state = row.provider_provisioning_state
    meaning = _MEANINGS.get(state)
    return f"{provider_state(state).word}: {meaning}" if meaning else provider_state(state).word
