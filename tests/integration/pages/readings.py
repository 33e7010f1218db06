"""Readings of the tables for the tests of their pages."""

import html
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from crossconnections.models import CrossConnection, Snapshot, TableRead, TableRows
from crossconnections.services.snapshot_rows import configuration_of
from crossconnections.tables import pack
from portal.accounts.models import User
from tests.integration.pages.rows import KEY

FIRST = f"/cross-connections/{KEY}/snapshots/1/"
PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
ARP = (ArpRow(7, "On-Prem", "172.16.18.1", "0c86.10f4.7a21"), ArpRow(0, "Microsoft", "172.16.18.2", "a44c.1182.e0d7"))
SUMMARY = (SummaryRow("172.16.18.1", 65020, "12d04h", "38"),)
ROUTES = (RouteRow("10.20.0.0/16", "172.16.18.1", "100", 0, "65020 65031"),)
ANSWERS: dict[str, tuple[Row, ...]] = {"arp": ARP, "routes-summary": SUMMARY, "routes": ROUTES}


def route(network: str, next_hop: str = "172.16.18.1", path: str = "65020", weight: int | None = 0) -> RouteRow:
    """A route."""
    return RouteRow(network, next_hop, "100", weight, path)


def reading(
    of: CrossConnection,
    *,
    peerings: Iterable[str] = (PRIVATE,),
    by: User | None = None,
    is_open: bool = False,
    answers: dict[str, tuple[Row, ...]] | None = None,
    **values: Any,
) -> Snapshot:
    """A reading that was asked for a minute ago: all tables answered in 12 s, or all queued while it is open."""
    now = timezone.now()
    asked_at = values.pop("asked_at", now - timedelta(minutes=1))
    snapshot = Snapshot.objects.create(
        cross_connection=of,
        number=of.snapshots.count() + 1,
        asked_by=by,
        asked_at=asked_at,
        finished_at=None if is_open else asked_at + timedelta(seconds=12),
        configuration=configuration_of(of, list(of.peerings.all())),
        **values,
    )
    for table in ("arp", "routes-summary", "routes"):
        for peering in peerings:
            for path in ("primary", "secondary"):
                read = queued_read(snapshot, peering, path, table)
                if not is_open:
                    answer(read, (answers or ANSWERS).get(f"{path} {table}", (answers or ANSWERS).get(table, ())))
    return snapshot


def queued_read(of: Snapshot, peering: str, path: str, table: str) -> TableRead:
    """A read that waits for a worker."""
    return TableRead.objects.create(
        snapshot=of,
        peering_type=peering,
        device_path=path,
        table=table,
        peering_location=of.cross_connection.peering_location,
        asked_at=of.asked_at,
        due_at=of.asked_at,
        hurried_at=of.asked_at,
        give_up_at=of.asked_at + timedelta(minutes=10),
    )


def read_of(of: Snapshot, path: str = "primary", table: str = "arp", peering: str = PRIVATE) -> TableRead:
    """One read of a reading."""
    return TableRead.objects.get(snapshot=of, device_path=path, table=table, peering_type=peering)


def answer(read: TableRead, rows: tuple[Row, ...], *, seconds: float = 12) -> None:
    """Azure has answered; the reading ends with its last read."""
    ended = read.asked_at + timedelta(seconds=seconds)
    note(read, state="succeeded", sent_at=read.asked_at, finished_at=ended, row_count=len(rows), error_code="")
    TableRows.objects.create(read=read, compressed=pack(rows))


def fail(read: TableRead, code: str = "GatewayTimeout", **values: Any) -> None:
    """Azure has not answered, and will not."""
    TableRows.objects.filter(read=read).delete()
    ids = {"correlation_id": "1f0a6c52-83be-4d7c-a9e4-6b20d95c7718", "request_id": "r-4711"}
    ended = read.asked_at + timedelta(seconds=20)
    note(read, state="failed", finished_at=ended, error_code=code, row_count=None, **ids | values)


def note(read: TableRead, **values: Any) -> None:
    """Columns of a read."""
    TableRead.objects.filter(pk=read.pk).update(**values)


def end(snapshot: Snapshot) -> None:
    """No read of it goes on."""
    Snapshot.objects.filter(pk=snapshot.pk).update(finished_at=timezone.now())


def page(client: Client, query: str = "", address: str = FIRST) -> str:
    """The page of a reading, as a browser reads it."""
    answered = client.get(f"{address}{query}")
    assert answered.status_code == 200
    return html.unescape(answered.content.decode())


def networks(shown: str) -> list[str]:
    """The networks of the routes on a page, in their order."""
    _, table = shown.split('<table class="tbl rt"')
    rows = table.split("</table>", 1)[0].split("<tbody")[1].split("<tr")[1:]
    return [line.split("<code>")[1].split("</code>", 1)[0] for line in rows]


def many(count: int) -> tuple[RouteRow, ...]:
    """So many routes, 10.0.0.0/24 and those after it."""
    return tuple(route(f"10.{number // 256}.{number % 256}.0/24") for number in range(count))
