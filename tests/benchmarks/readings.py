"""One reading of the tables as large as Azure allows: ten thousand routes on each path."""

import random
from datetime import timedelta

from django.utils import timezone

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.enums import DevicePath, Table
from crossconnections.models import CrossConnection, Snapshot, TableRead, TableRows
from crossconnections.tables import pack

ROUTES = 10_000


def fill(row: CrossConnection) -> None:
    """The only reading of a cross connection: six tables, answered in twelve seconds."""
    now, chance = timezone.now(), random.Random(2)  # noqa: S311 - the same routes every time
    ended = now - timedelta(minutes=5)
    snapshot = Snapshot.objects.create(cross_connection=row, number=1, asked_at=ended, finished_at=ended)
    networks = sorted({_network(chance) for _ in range(ROUTES * 2)})[:ROUTES]
    for table in Table:
        for at, path in enumerate(DevicePath):
            rows = _rows(table, networks, f"172.16.0.{1 + 4 * at}")
            read = TableRead.objects.create(
                snapshot=snapshot,
                peering_type="AzurePrivatePeering",
                device_path=path,
                table=table,
                peering_location=row.peering_location,
                state="succeeded",
                row_count=len(rows),
                asked_at=ended,
                sent_at=ended,
                finished_at=ended + timedelta(seconds=12),
                due_at=ended,
                hurried_at=ended,
                give_up_at=ended,
            )
            TableRows.objects.create(read=read, compressed=pack(rows))


def _rows(table: Table, networks: list[str], edge: str) -> list[Row]:
    if table == Table.ARP:
        return [ArpRow(7, "On-Prem", edge, "0c86.10f4.7a21"), ArpRow(0, "Microsoft", edge, "a44c.1182.e0d7")]
    if table == Table.ROUTES_SUMMARY:
        return [SummaryRow(edge, 65010, "12d04h", str(ROUTES))]
    return [RouteRow(network, edge, "", 0, f"65010 {64512 + hash_of(network)}") for network in networks]


def hash_of(network: str) -> int:
    """A number below a thousand, the same in every run."""
    return sum(map(ord, network)) % 1_000


def _network(chance: random.Random) -> str:
    return f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(4) * 64}/26"
