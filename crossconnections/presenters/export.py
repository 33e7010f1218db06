"""Cross connections as lines of a CSV file that a spreadsheet can open without running what is in it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from crossconnections.models import CrossConnection, Peering
from crossconnections.presenters.listing import in_order

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
HEAD = (*_FIELDS, "subscription", "peerings", "vlan_ids", "attention", "changed_at", "read_at", "gone_at")

# A spreadsheet runs a cell that begins with one of these, after blanks and in full width too (OWASP, CSV Injection).
_STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001 - these look alike on purpose
_BREAKS = frozenset("\t\r\n")


def as_cells(row: CrossConnection) -> list[str]:
    """A line under ``HEAD``; the row comes with its subscription, its peerings and what waits for somebody."""
    peerings = in_order(row.peerings.all())
    values = [getattr(row, name) for name in _FIELDS]
    values += [row.subscription.label, _joined(peerings, "peering_type"), _joined(peerings, "vlan_id")]
    values.append(" ".join(one.kind for one in row.attention.all()))
    return [safe_cell(value) for value in [*values, row.changed_at, row.read_at, row.gone_at]]


def safe_cell(value: object) -> str:
    """A value as text; one that would start a formula gets an apostrophe before it, numbers stay numbers."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = "" if value is None else str(value)
    if not isinstance(value, str):
        return text
    is_formula = text.strip()[:1] in _STARTS_A_FORMULA or text[:1] in _BREAKS
    return f"'{text}" if is_formula and text.strip() else text


def _joined(peerings: Iterable[Peering], name: str) -> str:
    return " ".join(str(getattr(peering, name) or "") for peering in peerings).strip()
