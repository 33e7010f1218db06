"""Whether the rows of a read are those of its own table and path."""

from ipaddress import ip_address, ip_network

from crossconnections.arm import ArpRow, Row, SummaryRow
from crossconnections.enums import DevicePath
from tests.drills.engine.database import Read
from tests.integration.domain.readings import PRIVATE_PEERING


def are_right(read: Read) -> bool:
    """There are some, as many as were counted, and of the two links they know the path's own.

    Routes to virtual networks have a neighbour behind the router, on neither link.
    """
    links = {path for row in read.rows for path in DevicePath if _is_on(path, _neighbour(row))}
    return len(read.rows) == read.row_count and links == {read.path}


def _is_on(path: str, address: str) -> bool:
    return ip_address(address) in ip_network(str(PRIVATE_PEERING[f"{path}PeerAddressPrefix"]))


def _neighbour(row: Row) -> str:
    if isinstance(row, ArpRow):
        return row.ip_address
    return row.neighbor if isinstance(row, SummaryRow) else row.next_hop.rstrip("*")
