"""Cross connections as lines of a CSV file."""

from crossconnections.models import LastKnown
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
_RECORD = ("customer", "reference")
_TIMES = ("changed_at", "read_at", "gone_at", "read_error_code")
_PATHS = ("primary_state", "secondary_state", "states_read_at")
HEAD = (*_FIELDS, "subscription", "peerings", "vlan_ids", "attention", *_TIMES, *_PATHS, *_RECORD)
COLUMNS = (*_FIELDS, *_TIMES, *(f"record__{name}" for name in _RECORD))


def as_cells(row: ExportRow) -> list[str]:
    """A line under ``HEAD``, of a row that was asked for with ``COLUMNS``."""
    fields, others = row.values[: len(_FIELDS)], row.values[len(_FIELDS) :]
    times, record = others[: len(_TIMES)], others[len(_TIMES) :]
    types = " ".join(peering_type for peering_type, _ in row.peerings)
    vlan_ids = " ".join(str(vlan_id) for _, vlan_id in row.peerings if vlan_id)
    attention = " ".join(kind for (kind,) in row.attention)
    values = (*fields, row.subscription, types, vlan_ids, attention, *times, *_paths(row), *record)
    return [safe_cell(value) for value in values]


def _paths(row: ExportRow) -> tuple[object, ...]:
    """A word for each peering, in their order, and the oldest time at which one of them was read."""
    if not row.last_known:
        unknown = " ".join(LastKnown.UNKNOWN for _ in row.peerings)
        return unknown, unknown, None
    known = {(peering_type, path): state for peering_type, path, state, _ in row.last_known}
    primary = " ".join([known.get((one, "primary"), LastKnown.UNKNOWN) for one, _ in row.peerings])
    secondary = " ".join([known.get((one, "secondary"), LastKnown.UNKNOWN) for one, _ in row.peerings])
    return primary, secondary, min([read_at for *_, read_at in row.last_known])
