"""What the tables and the reads are called."""

from crossconnections.enums import DevicePath, Table
from crossconnections.models import TableRead
from crossconnections.peering_names import peering_name

PATH_NAMES: dict[str, str] = {DevicePath.PRIMARY: "Primary", DevicePath.SECONDARY: "Secondary"}
TABLE_NAMES: dict[str, str] = {Table.ARP: "ARP table", Table.ROUTES_SUMMARY: "BGP summary", Table.ROUTES: "Routes"}
NOT_TOLD = "Not told"


def path_name(device_path: str) -> str:
    """``Primary``."""
    return PATH_NAMES.get(device_path, device_path)


def read_name(read: TableRead) -> str:
    """``Primary ARP table``."""
    name = TABLE_NAMES.get(read.table, read.table)
    return f"{path_name(read.device_path)} {name if name.startswith(('ARP', 'BGP')) else name.lower()}"


def full_read_name(read: TableRead) -> str:
    """``Primary ARP table of Azure private peering``."""
    return f"{read_name(read)} of {peering_name(read.peering_type)}"
