"""A sync in which nothing moved: what the mirror makes of the pages, beside parsing them and comparing etags."""

import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from crossconnections import mirror
from crossconnections.arm.paging import PageReader
from crossconnections.arm.reading import Fields
from crossconnections.arm.resources import read_cross_connection
from crossconnections.models import CrossConnection, Subscription
from tests.benchmarks.rounds import compare

ON_A_PAGE = 100


def compare_unchanged(rounds: int) -> dict[str, Any]:
    """All pages of all subscriptions, as Azure would send them; the network is left out on both sides."""
    pages = {subscription: _pages(subscription) for subscription in Subscription.objects.all()}
    return compare("sync, unchanged", _ours(pages), _floor(pages), rounds=rounds)


def _ours(pages: dict[Subscription, list[bytes]]) -> Callable[[], bytes]:
    def sync() -> bytes:
        for subscription, bodies in pages.items():
            seen: set[str] = set()
            for body in bodies:
                entries = PageReader("first", read_cross_connection).read(Fields.parse(body)).items
                page = mirror.Page(entries, asked_at=timezone.now())
                seen.update(map(mirror.key_of, entries))
                assert mirror.note_listed(subscription=subscription, page=page, now=timezone.now()) == (0, 0)
            assert not mirror.list_missing(subscription=subscription, seen=seen, asked_at=timezone.now())
        return b""

    return sync


def _floor(pages: dict[Subscription, list[bytes]]) -> Callable[[], bytes]:
    def sync() -> bytes:
        for subscription, bodies in pages.items():
            etags = dict(subscription.cross_connections.values_list("service_key", "listed_etag").iterator())
            entries = (entry for body in bodies for entry in json.loads(body)["value"])
            assert all(etags[entry["name"]] == entry["etag"] for entry in entries)
        return b""

    return sync


def _pages(subscription: Subscription) -> list[bytes]:
    rows = list(subscription.cross_connections.order_by("pk"))
    pages = [rows[start : start + ON_A_PAGE] for start in range(0, len(rows), ON_A_PAGE)]
    return [json.dumps({"value": [_entry(row) for row in page]}).encode() for page in pages]


def _entry(row: CrossConnection) -> dict[str, Any]:
    return {
        "name": row.service_key,
        "id": row.resource_id,
        "etag": row.listed_etag,
        "type": "Microsoft.Network/expressRouteCrossConnections",
        "location": row.azure_region,
        "properties": {
            "provisioningState": row.provisioning_state,
            "expressRouteCircuit": {"id": row.circuit_id},
            "peeringLocation": row.peering_location,
            "bandwidthInMbps": row.bandwidth_mbps,
            "serviceProviderProvisioningState": row.provider_provisioning_state,
        },
    }
