"""Rows of the mirror for the tests of the pages."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from crossconnections.models import CrossConnection, LastKnown, Peering, Subscription, SyncRun

KEY = "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"


def enlisted(label: str = "Northlink", *, synced: bool = True) -> Subscription:
    """A subscription that was synced two minutes ago."""
    now = timezone.now()
    return Subscription.objects.create(
        cloud=settings.PORTAL_CLOUD,
        subscription_id=uuid.uuid4(),
        label=label,
        last_synced_at=now - timedelta(minutes=2) if synced else None,
    )


def cross_connection(subscription: Subscription, service_key: str = "", **values: Any) -> CrossConnection:
    """A cross connection, read and unchanged for four days."""
    now = timezone.now()
    defaults = {
        "resource_id": "/subscriptions/s/resourceGroups/g/providers/p/expressRouteCrossConnections/k",
        "peering_location": "Amsterdam",
        "bandwidth_mbps": 1000,
        "provider_provisioning_state": "Provisioned",
        "provisioning_state": "Succeeded",
        "circuit_name": "er-contoso-prod-ams",
        "s_tag": 412,
        "primary_azure_port": "AMS-06GMR-CIS-3-PRI-A",
        "secondary_azure_port": "AMS-06GMR-CIS-3-SEC-A",
        "first_seen_at": now - timedelta(days=90),
        "changed_at": now - timedelta(days=4, hours=6),
        "read_at": now - timedelta(minutes=5),
    }
    return CrossConnection.objects.create(
        subscription=subscription, service_key=service_key or str(uuid.uuid4()), **(defaults | values)
    )


def private_peering(of: CrossConnection, **values: Any) -> Peering:
    """An Azure private peering in order."""
    defaults = {
        "peering_type": "AzurePrivatePeering",
        "state": "Enabled",
        "provisioning_state": "Succeeded",
        "vlan_id": 200,
        "azure_asn": 12076,
        "peer_asn": 65020,
        "primary_prefix": "172.16.18.0/30",
        "secondary_prefix": "172.16.18.4/30",
    }
    return Peering.objects.create(cross_connection=of, **(defaults | values))


def last_known(of: CrossConnection, path: str, state: str = "up", *, minutes: float = 12, **values: Any) -> LastKnown:
    """What a reading of so many minutes ago knew of the private peering on a path."""
    read_at = timezone.now() - timedelta(minutes=minutes)
    defaults = {
        "peering_type": "AzurePrivatePeering",
        "rule": "R25" if state == "down" else "",
        "prefixes": 38 if state == "up" else None,
        "read_at": read_at,
        "since": read_at,
        "number": 1,
    }
    return LastKnown.objects.create(cross_connection=of, device_path=path, state=state, **(defaults | values))


def sync_run(subscription: Subscription, state: str, **values: Any) -> SyncRun:
    """The newest sync of a subscription."""
    return SyncRun.objects.create(subscription=subscription, state=state, asked_at=timezone.now(), **values)
