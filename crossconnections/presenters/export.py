"""Cross connections as lines of a CSV file that a spreadsheet can open without running what is in it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from crossconnections.models import Attention, CrossConnection, Peering

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
_TIMES = ("changed_at", "read_at", "gone_at")
HEAD = (*_FIELDS, "subscription", "peerings", "vlan_ids", "attention", *_TIMES)
COLUMNS = (*_FIELDS, *_TIMES)

# A spreadsheet runs a cell that begins with one of these, after blanks and in full width too (OWASP, CSV Injection).
_STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001 - these look alike on purpose
_BREAKS = frozenset("\t\r\n")


def as_cells(row: CrossConnection) -> list[str]:
    """A line under ``HEAD``, of a row that was streamed with ``COLUMNS``."""
    peerings: list[Peering] = row.all_peerings  # type: ignore[attr-defined] # see queries.stream_all
    attention: list[Attention] = row.all_attention  # type: ignore[attr-defined]
    values = [getattr(row, name) for name in _FIELDS]
    values += [row.subscription.label, _joined(peerings, "peering_type"), _joined(peerings, "vlan_id")]
    values.append(" ".join(one.kind for one in attention))
    return [safe_cell(value) for value in [*values, *(getattr(row, name) for name in _TIMES)]]


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
