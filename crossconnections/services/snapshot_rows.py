"""The rows that a new reading of the tables begins with: what is configured now, and a read for each table."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from crossconnections import queue
from crossconnections.enums import DevicePath, Table
from crossconnections.models import CrossConnection, Peering, Snapshot, TableRead
from crossconnections.queries.last_good import list_overwritten
from crossconnections.services.leases import clock
from portal.actors import Actor

# In the order in which they are sent and shown: layer 2 first, then the session, then what it carries.
TABLES = (Table.ARP, Table.ROUTES_SUMMARY, Table.ROUTES)

_OF_THE_CROSS_CONNECTION = (
    "provider_provisioning_state", "provisioning_state", "peering_location", "bandwidth_mbps", "s_tag",
    "primary_azure_port", "secondary_azure_port", "etag",
)  # fmt: skip
_OF_A_PEERING = (
    "peering_type", "state", "provisioning_state", "vlan_id", "azure_asn", "peer_asn", "primary_prefix",
    "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix", "ipv6_state", "last_modified_by",
    "advertised_prefixes", "advertised_prefixes_state", "advertised_prefix_infos", "customer_asn", "routing_registry",
)  # fmt: skip


def create_snapshot(row: CrossConnection, peerings: list[Peering], by: Actor) -> Snapshot | None:
    """A new reading, of which workers are told; None where somebody else was quicker and one is open already."""
    now = clock()
    number = (row.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                cross_connection=row,
                number=number,
                asked_by=by.user,
                asked_at=now,
                configuration=configuration_of(row, peerings),
            )
    except IntegrityError:
        return None  # somebody else was quicker
    for read in TableRead.objects.bulk_create(_reads(snapshot, peerings, now)):
        queue.read_table_soon(read.pk)
    return snapshot


def _reads(snapshot: Snapshot, peerings: list[Peering], now: datetime) -> list[TableRead]:
    return [
        TableRead(
            snapshot=snapshot,
            peering_type=peering.peering_type,
            device_path=path,
            table=table,
            peering_location=snapshot.cross_connection.peering_location,
            asked_by_id=snapshot.asked_by_id,
            asked_at=now,
            due_at=now,
            hurried_at=now,
            give_up_at=now + timedelta(seconds=settings.PORTAL_GIVE_UP_SECONDS),
        )
        for table in TABLES
        for peering in peerings
        for path in DevicePath
    ]


def configuration_of(row: CrossConnection, peerings: list[Peering]) -> dict[str, object]:
    """What the mirror holds now, by its columns' names; times and links apart.

    ``overwritten`` of a peering are the columns that the customer has set otherwise since the portal set it up.
    """
    told = {name: getattr(row, name) for name in _OF_THE_CROSS_CONNECTION}
    overwritten = {kind: one.fields for kind, one in list_overwritten(row).items()}
    return told | {"peerings": [_peering(one, overwritten.get(one.peering_type, ())) for one in peerings]}


def _peering(one: Peering, overwritten: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(one, name) for name in _OF_A_PEERING} | {"overwritten": [*overwritten]}
