"""What may be odd about an ARP table."""

from sandbox.network.legs import Leg
from sandbox.network.macs import edge_mac, microsoft_mac
from sandbox.network.oddity import Oddities, Row, Rows, each, without, without_fields

_SILENT_MINUTES = 300
# An address out of nobody's plan: that of a device that found no other for itself.
_FOREIGN = {"age": 3, "interface": "On-Prem", "ipAddress": "169.254.7.21"}


def _is_edges(row: Row) -> bool:
    return bool(row["interface"] == "On-Prem")


def _is_microsofts(row: Row) -> bool:
    return bool(row["interface"] == "Microsoft")


def _swap_addresses(rows: Rows, _: Leg) -> Rows:
    addresses = [row["ipAddress"] for row in reversed(rows)]
    return [{**row, "ipAddress": address} for row, address in zip(rows, addresses, strict=True)]


def _add_foreign_host(rows: Rows, leg: Leg) -> Rows:
    return [*rows, {**_FOREIGN, "macAddress": edge_mac(leg.service_key, "foreign")}]


ODD_ARP: Oddities = {
    "no_microsoft_row": without(_is_microsofts),
    "no_on_prem_row": without(_is_edges),
    "swapped_addresses": _swap_addresses,
    "looped_mac": each(lambda _, leg: {"macAddress": microsoft_mac(leg.azure_port)}, _is_edges),
    "one_device": each(lambda _, leg: {"macAddress": edge_mac(leg.service_key, "primary")}, _is_edges),
    "replaced_device": each(lambda _, leg: {"macAddress": edge_mac(leg.service_key, f"new {leg.path}")}, _is_edges),
    "microsoft_macs_differ": each(
        lambda _, leg: {"macAddress": microsoft_mac(f"{leg.azure_port} {leg.peering_name}")}, _is_microsofts
    ),
    "foreign_host": _add_foreign_host,
    "silent_neighbour": each(lambda _, __: {"age": _SILENT_MINUTES}, _is_edges),
    "missing_fields": without_fields("age", "macAddress"),
}
