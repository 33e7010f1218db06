"""A read as its row stands, and whether what it holds is right."""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from crossconnections.arm import ArpRow, Row, SummaryRow
from crossconnections.enums import DevicePath
from crossconnections.tables import unpack
from tests.drills.engine.database import Database
from tests.integration.domain.readings import PRIVATE_PEERING

_OF_A_CIRCUIT = """
    SELECT r.id, r.device_path, r."table", r.state, r.error_code, r.sent, r.attempts, r.row_count,
           s.finished_at, w.compressed
    FROM crossconnections_tableread r
    JOIN crossconnections_snapshot s ON s.id = r.snapshot_id
    JOIN crossconnections_crossconnection c ON c.id = s.cross_connection_id
    LEFT JOIN crossconnections_tablerows w ON w.read_id = r.id
    WHERE c.service_key = ? ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Read:
    """The columns above, in their order; ``finished_at`` is when the whole reading ended."""

    id: int
    path: str
    table: str
    state: str
    error_code: str
    sent: int
    attempts: int
    row_count: int | None
    finished_at: Any
    compressed: bytes | None = field(repr=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What Azure told; none where none were kept."""
        return unpack(self.table, bytes(self.compressed)) if self.compressed else ()

    def is_right(self) -> bool:
        """It has rows, as many as were counted, and of the two links they know its own path's.

        Routes to virtual networks have a neighbour behind the router, on neither link.
        """
        links = {path for row in self.rows for path in DevicePath if _is_on(path, _neighbour(row))}
        return self.state == "succeeded" and len(self.rows) == self.row_count and links == {self.path}

    def has_failed(self, code: str) -> bool:
        """With that code, and nothing is kept of it."""
        return (self.state, self.error_code, self.rows) == ("failed", code, ())


def reads_of(database: Database, service_key: str) -> list[Read]:
    """All reads of a circuit's readings, oldest first."""
    return [Read(*row) for row in database.ask(_OF_A_CIRCUIT, service_key)]


def _is_on(path: str, address: str) -> bool:
    return ip_address(address) in ip_network(str(PRIVATE_PEERING[f"{path}PeerAddressPrefix"]))


def _neighbour(row: Row) -> str:
    if isinstance(row, ArpRow):
        return row.ip_address
    return row.neighbor if isinstance(row, SummaryRow) else row.next_hop.rstrip("*")
