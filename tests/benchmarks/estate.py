"""An estate in the database: locations of very different size, states and peerings as a provider has them."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from crossconnections.models import Attention, CrossConnection, CustomerRecord, Peering, Subscription

LOCATIONS = [f"Location {number:02}" for number in range(80)]
STATES = ["Provisioned"] * 17 + ["NotProvisioned", "Provisioning", "Deprovisioning"]
BANDWIDTHS = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
IN_ONE_WRITE = 5_000


def fill(size: int) -> None:
    """Two subscriptions, the smaller of them with 10,000 cross connections at most."""
    chance = random.Random(1)  # noqa: S311 - the same estate every time
    now = timezone.now()
    subscriptions = [
        Subscription.objects.create(
            cloud="Sandbox", subscription_id=uuid.UUID(int=number), label=label, last_synced_at=now
        )
        for number, label in ((1, "production"), (2, "smaller"))
    ]
    rows = [_row(subscriptions[number >= size - 10_000], number, chance) for number in range(size)]
    for start in range(0, size, IN_ONE_WRITE):
        made = CrossConnection.objects.bulk_create(rows[start : start + IN_ONE_WRITE])
        Peering.objects.bulk_create([peering for row in made for peering in _peerings(row, chance)])
        CustomerRecord.objects.bulk_create(_record(row) for row in made)
        waiting = [row for row in made if row.provider_provisioning_state != "Provisioned"]
        Attention.objects.bulk_create(
            Attention(cross_connection=row, kind="to-provision", seen_at=now) for row in waiting
        )


def service_key(number: int) -> str:
    """Keys are spread as real ones are, and the same in every run."""
    return str(uuid.UUID(int=random.Random(number).getrandbits(128), version=4))  # noqa: S311


def _row(subscription: Subscription, number: int, chance: random.Random) -> CrossConnection:
    key, now = service_key(number), timezone.now()
    # The first locations are the largest, as in life.
    location = LOCATIONS[min(int(chance.expovariate(1 / 16)), len(LOCATIONS) - 1)]
    group = f"/subscriptions/{subscription.subscription_id}/resourceGroups/CrossConnection-{location.replace(' ', '')}"
    return CrossConnection(
        subscription=subscription,
        service_key=key,
        resource_id=f"{group}/providers/Microsoft.Network/expressRouteCrossConnections/{key}",
        azure_region="westeurope",
        etag=f'W/"{key}"',
        listed_etag=f'W/"{key}"',
        mirrored_etag=f'W/"{key}"',
        peering_location=location,
        bandwidth_mbps=chance.choice(BANDWIDTHS),
        provider_provisioning_state=chance.choice(STATES),
        provisioning_state="Succeeded",
        s_tag=number % 4094 + 1,
        primary_azure_port=f"LOC-06GMR-CIS-{number % 9}-PRI-A",
        secondary_azure_port=f"LOC-06GMR-CIS-{number % 9}-SEC-A",
        circuit_id=f"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCircuits/er-{number}",
        circuit_name=f"er-customer-{number}",
        customer_subscription_id=str(uuid.UUID(int=number)),
        first_seen_at=now - timedelta(days=90),
        changed_at=now - timedelta(days=chance.randrange(89)),
        read_at=now,
    )


def _record(row: CrossConnection) -> CustomerRecord:
    """Everybody is on record, with contacts as long as they are in life."""
    name = row.circuit_name.removeprefix("er-")
    return CustomerRecord(
        cross_connection=row,
        customer=f"{name.replace('-', ' ').title()} Logistics",
        reference=f"NL-2026-{row.s_tag:05}",
        contacts=f"NOC, +49 69 {row.s_tag:07}, noc@{name}.example\nAnna Weber, anna.weber@{name}.example",
        service="layer2" if row.s_tag and row.s_tag % 2 else "layer3",
        known_macs=[f"0c86.10f4.{row.s_tag:04x}", f"0c86.10f5.{row.s_tag:04x}"],
        version=1,
        changed_at=timezone.now(),
    )


def _peerings(row: CrossConnection, chance: random.Random) -> Iterator[Peering]:
    for kind, share in (("AzurePrivatePeering", 0.85), ("MicrosoftPeering", 0.3)):
        if chance.random() < share:
            link = chance.randrange(2**20) * 8
            yield Peering(
                cross_connection=row,
                peering_type=kind,
                state="Enabled",
                provisioning_state="Succeeded",
                vlan_id=chance.randrange(1, 4095),
                peer_asn=65_000,
                azure_asn=12_076,
                primary_prefix=_prefix(link),
                secondary_prefix=_prefix(link + 4),
            )


def _prefix(number: int) -> str:
    return f"172.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}/30"
