"""Readings of tables in the test's own process: a circuit with peerings, and workers that never wait."""

import time
from datetime import UTC, datetime
from typing import Any

from crossconnections.models import CrossConnection, Snapshot, Subscription, TableRead
from crossconnections.services import snapshots, table_reads
from portal.actors import COMMAND, Actor
from tests.integration.domain.runs import synced
from tests.sandbox_process import SandboxProcess

SOMEBODY = Actor(COMMAND, "ops")
PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"
PRIVATE_PEERING = {
    "peerASN": 65010,
    "vlanId": 200,
    "primaryPeerAddressPrefix": "172.31.0.0/30",
    "secondaryPeerAddressPrefix": "172.31.0.4/30",
}
MICROSOFT_PEERING = {
    "peerASN": 64900,
    "vlanId": 300,
    "primaryPeerAddressPrefix": "123.0.0.0/30",
    "secondaryPeerAddressPrefix": "123.0.0.4/30",
    "microsoftPeeringConfig": {"advertisedPublicPrefixes": ["124.0.0.0/24"]},
}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def circuit(azure: SandboxProcess, subscription: Subscription, **peerings: dict[str, Any]) -> CrossConnection:
    """A new one at EUAP Test with a private peering, or with those that are named, as the mirror has it."""
    key = azure.order(peering_location="EUAP Test", subscription=str(subscription.subscription_id))
    azure.edit(key, peerings=peerings or {PRIVATE: PRIVATE_PEERING})
    synced(subscription)
    return CrossConnection.objects.select_related("subscription").get(service_key=key)


def asked(row: CrossConnection) -> Snapshot:
    """A reading that somebody asked for; no worker has been at it."""
    return snapshots.request_snapshot(row=row, by=SOMEBODY)


def step(read: TableRead) -> TableRead:
    """One step of one read, whenever it is due; the read as it is then."""
    TableRead.objects.filter(pk=read.pk).update(due_at=LONG_AGO)
    table_reads.carry_on(read_id=read.pk)
    read.refresh_from_db()
    return read


def carried_out(snapshot: Snapshot, *, rounds: int = 40) -> Snapshot:
    """The reading after workers were at each of its reads, again and again, until it ended."""
    for _ in range(rounds):
        for read in snapshot.reads.filter(state__in=TableRead.ACTIVE).order_by("pk"):
            step(read)
        snapshot.refresh_from_db()
        if snapshot.finished_at:
            return snapshot
        time.sleep(0.02)  # Azure takes a while as well
    raise AssertionError([str(read) for read in snapshot.reads.all()])


def states(snapshot: Snapshot) -> set[str]:
    """In which states its reads are."""
    return set(snapshot.reads.values_list("state", flat=True))


def first(snapshot: Snapshot) -> TableRead:
    """Its first read, which all tests of a single one take: the ARP table of the primary path."""
    return snapshot.reads.select_related("snapshot__cross_connection__subscription").order_by("pk")[0]


def posts(azure: SandboxProcess, after: int) -> list[str]:
    """Which tables Azure was asked for since: peering, table and path."""
    asked_for = [one for one in azure.requests(after=after) if one["method"] == "POST" and "/peerings/" in one["path"]]
    return ["/".join(one["path"].split("/")[-3:]) for one in asked_for]
