"""A text of ten megabytes, wherever Azure could have one: neither kept whole, nor too much for a page."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from crossconnections.arm.reading import Fields
from crossconnections.arm.resources import read_cross_connection, read_whole_cross_connection
from crossconnections.arm.tables import ROW_READERS
from crossconnections.enums import Table
from crossconnections.mirror import Outcome
from crossconnections.models import AzureDocument, CrossConnection, Observation, Peering, Subscription, TableRead
from tests.integration.domain.mirrors import get_shows, list_shows
from tests.integration.pages.readings import FIRST, answer, queued_read, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted

pytestmark = pytest.mark.django_db

LONG = "<b>x" * 2_500_000
# Of a circuit: its document for those who want to see it, and all else beside that.
MOST_CHARACTERS = 1_500_000
MOST_BYTES = 3_000_000
_LINKS = {"primaryPeerAddressPrefix": "10.0.0.0/30", "secondaryPeerAddressPrefix": "10.0.0.4/30", "state": "Enabled"}
_CONFIG = {
    "advertisedPublicPrefixes": ["20.0.0.0/24"],
    "advertisedPublicPrefixesState": "Configured",
    "advertisedCommunities": ["12076:50004"],
    "routingRegistryName": "RIPENCC",
    "advertisedPublicPrefixInfo": [{"prefix": "20.0.0.0/24", "validationState": "Configured", "validationId": "v"}],
}
_ID = "/subscriptions/{0}/resourceGroups/{0}/providers/Microsoft.Network/{1}/{2}"
DOCUMENT: dict[str, Any] = {
    "name": KEY,
    "id": _ID.format("s", "expressRouteCrossConnections", KEY),
    "etag": "W/1",
    "location": "westeurope",
    "tags": {"ticket": "NL-7"},
    "properties": {
        "provisioningState": "Succeeded",
        "serviceProviderProvisioningState": "Provisioned",
        "expressRouteCircuit": {"id": _ID.format("s", "expressRouteCircuits", "er")},
        "peeringLocation": "Amsterdam",
        "primaryAzurePort": "PRI",
        "secondaryAzurePort": "SEC",
        "serviceProviderNotes": "Cage 14.",
        "peerings": [
            {
                "name": "MicrosoftPeering",
                "etag": "W/2",
                "properties": {
                    "peeringType": "MicrosoftPeering",
                    "provisioningState": "Succeeded",
                    "lastModifiedBy": "Customer",
                    **_LINKS,
                    "microsoftPeeringConfig": _CONFIG,
                    "ipv6PeeringConfig": {**_LINKS, "microsoftPeeringConfig": _CONFIG},
                },
            }
        ],
    },
}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a document has texts."""
    if isinstance(value, str):
        yield at
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, key))


def with_long(place: tuple[Any, ...]) -> bytes:
    """The document with the long text there; an id stays one."""
    document = copy.deepcopy(DOCUMENT)
    holder = document
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = f"{holder[place[-1]]}{LONG.replace('<b>', 'y')}" if place[-1] == "id" else LONG
    return json.dumps(document).encode()


@pytest.fixture
def subscription() -> Subscription:
    return enlisted()


@pytest.mark.parametrize("place", [one for one in places(DOCUMENT) if one != ("name",)], ids=lambda at: str(at[-1]))
def test_a_long_text_of_azures_is_kept_in_part_and_shown(viewer: Client, subscription: Subscription, place):
    document = Fields.parse(with_long(place))
    list_shows(subscription, read_cross_connection(document), now=timezone.now() - timedelta(minutes=1))
    row = CrossConnection.objects.get()
    assert get_shows(row, read_whole_cross_connection(document), now=timezone.now()) in {
        Outcome.CHANGED,
        Outcome.UNCHANGED,
    }
    row.refresh_from_db()
    assert characters(CrossConnection, Peering, AzureDocument, Observation) < MOST_CHARACTERS
    for address in ("/cross-connections/", f"/cross-connections/{row.service_key}/", "/cross-connections.json"):
        shown = viewer.get(address, {"location": row.peering_location} if address.endswith("s/") else {})
        assert shown.status_code == 200
        assert len(shown.content) < MOST_BYTES


@pytest.mark.parametrize("table", list(Table))
def test_a_long_text_in_a_table_is_kept_in_part_and_shown(viewer: Client, subscription: Subscription, table: Table):
    names = ("interface", "ipAddress", "macAddress", "neighbor", "upDown", "stateOrPrefixesReceived", "network")
    row = dict.fromkeys((*names, "nextHop", "locPrf", "path"), LONG)
    read = ROW_READERS[table](Fields(dict(row)))
    snapshot = reading(cross_connection(subscription, KEY), answers={})
    TableRead.objects.filter(snapshot=snapshot, table=table, device_path="primary").delete()
    answer(queued_read(snapshot, "AzurePrivatePeering", "primary", table), (read,) * 20)
    for address in (FIRST, f"{FIRST[:-1]}.json", f"{FIRST}AzurePrivatePeering/primary/{table}.csv"):
        shown = viewer.get(address)
        assert shown.status_code == 200
        assert len(shown.getvalue()) < MOST_BYTES


def characters(*kinds: type[models.Model]) -> int:
    """How many the rows of these models have in all."""
    return sum(len(json.dumps(row, default=str)) for kind in kinds for row in kind._default_manager.values())
