"""Cross connections as lines of a CSV file."""

from crossconnections.queries import ExportRow
from portal.spreadsheets import safe_cell

_FIELDS = (
    "service_key",
    "circuit_name",
    "peering_location",
    "provider_provisioning_state",
    "provisioning_state",
    "bandwidth_mbps",
    "s_tag",
    "primary_azure_port",
    "secondary_azure_port",
    "customer_subscription_id",
    "azure_region",
)
_TIMES = ("changed_at", "read_at", "gone_at", "read_error_code")
HEAD = (*_FIELDS, "subscription", "peerings", "vlan_ids", "attention", *_TIMES)
COLUMNS = (*_FIELDS, *_TIMES)


def as_cells(row: ExportRow) -> list[str]:
    """A line under ``HEAD``, of a row that was asked for with ``COLUMNS``."""
    fields, times = row.values[: len(_FIELDS)], row.values[len(_FIELDS) :]
    types = " ".join(peering_type for peering_type, _ in row.peerings)
    vlan_ids = " ".join(str(vlan_id) for _, vlan_id in row.peerings if vlan_id)
    attention = " ".join(kind for (kind,) in row.attention)
    return [safe_cell(value) for value in (*fields, row.subscription, types, vlan_ids, attention, *times)]
