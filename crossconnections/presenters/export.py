"""Cross connections as lines of a CSV file that a spreadsheet can open without running what is in it."""

from datetime import UTC, datetime

from crossconnections.queries import ExportRow

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

# A spreadsheet runs a cell that begins with one of these, after blanks and in full width too (OWASP, CSV Injection).
_STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001 - these look alike on purpose
_BREAKS = frozenset("\t\r\n")


def as_cells(row: ExportRow) -> list[str]:
    """A line under ``HEAD``, of a row that was asked for with ``COLUMNS``."""
    fields, times = row.values[: len(_FIELDS)], row.values[len(_FIELDS) :]
    types = " ".join(peering_type for peering_type, _ in row.peerings)
    vlan_ids = " ".join(str(vlan_id) for _, vlan_id in row.peerings if vlan_id)
    attention = " ".join(kind for (kind,) in row.attention)
    return [safe_cell(value) for value in (*fields, row.subscription, types, vlan_ids, attention, *times)]


def safe_cell(value: object) -> str:
    """A value as text; one that would start a formula gets an apostrophe before it, numbers stay numbers."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = "" if value is None else str(value)
    if not isinstance(value, str):
        return text
    is_formula = text.strip()[:1] in _STARTS_A_FORMULA or text[:1] in _BREAKS
    return f"'{text}" if is_formula and text.strip() else text
