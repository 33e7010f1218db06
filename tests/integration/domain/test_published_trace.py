"""Microsoft's published trace of a partner who provisions a circuit and sets up both peerings, walked by the portal.

Every difference is named in the docs.

Source: MicrosoftDocs/azure-docs, cross-connections-api-development, 2018-05-01, api-version 2018-02-01.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crossconnections.models import CrossConnection
from tests.integration.domain.changing import asked_for, carried_out, last_number, writes
from tests.integration.domain.peering_changes import (
    HIDDEN,
    KEY,
    PUBLISHED_MICROSOFT,
    PUBLISHED_PRIVATE,
    peering_asked_for,
    writes_of_peerings,
)
from tests.integration.domain.readings import MICROSOFT, PRIVATE
from tests.integration.domain.runs import NOT_PROVISIONED, PROVISIONED, synced
from tests.published_peerings import REQUESTS
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[3] / "docs" / "operations.md"
# As Microsoft sent it; the ids of its subscriptions and circuits are left out on the published page.
PUBLISHED = {
    "properties.serviceProviderProvisioningState": "Provisioned",
    "properties.peeringLocation": "EUAP Test",
    "properties.expressRouteCircuit.id": "…/expressRouteCircuits/TestCircuitXYZ",
    "properties.bandwidthInMbps": "200",
    "location": "East US 2 EUAP",
}
KEY_PLACE = "properties.sharedKey"


def flat(value: Any, at: str = "") -> dict[str, str]:
    """The leaves of a document by their places."""
    if isinstance(value, dict) and value:
        return {place: leaf for name, inner in value.items() for place, leaf in flat(inner, f"{at}.{name}").items()}
    return {at.removeprefix("."): json.dumps(value) if isinstance(value, list | dict) else str(value)}


def told_in_the_docs(title: str) -> dict[str, tuple[str, str]]:
    """The table of differences under a title: place, Microsoft's value, ours."""
    section = DOCUMENT.read_text().split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    lines = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \| .* \|$", section, re.MULTILINE)
    return {place: (theirs.strip("`"), ours.strip("`")) for place, theirs, ours in lines}


def shape_of(place: str, value: str) -> str:
    """What differs from run to run is told by its kind."""
    if place in {"name", "etag", "id"}:
        return {"name": "service key", "etag": "etag of the GET", "id": "resource id"}[place]
    return re.sub(r"^/subscriptions/.*(?=/expressRouteCircuits/)", "…", value)


def test_each_difference_from_microsofts_body_is_in_the_docs(azure: SandboxProcess, enlisted):
    synced(enlisted("test"))
    row = CrossConnection.objects.get(service_key=NOT_PROVISIONED)
    before = last_number(azure)
    change = carried_out(asked_for(row))
    assert (change.state, change.differences) == ("succeeded", [])
    [put] = writes(azure, before)
    sent = {place: shape_of(place, leaf) for place, leaf in flat(json.loads(put["body"])).items()}
    differing = {
        place: (PUBLISHED.get(place, "—"), sent.get(place, "—"))
        for place in {**PUBLISHED, **sent}
        if PUBLISHED.get(place) != sent.get(place)
    }
    assert differing == told_in_the_docs("Beside Microsoft's own PUT")


@pytest.mark.parametrize("subject", [PRIVATE, MICROSOFT])
def test_each_difference_from_microsofts_peerings_is_in_the_docs(azure: SandboxProcess, enlisted, subject: str):
    synced(enlisted("test"))
    row = CrossConnection.objects.select_related("subscription").get(service_key=PROVISIONED)
    before = last_number(azure)
    asked, key = (PUBLISHED_PRIVATE, KEY) if subject == PRIVATE else (PUBLISHED_MICROSOFT, None)
    change = carried_out(peering_asked_for(row, asked, subject, shared_key=key))
    assert (change.state, change.differences) == ("succeeded", [])
    [put] = writes_of_peerings(azure, before)
    published, sent = flat(REQUESTS[subject]), flat(json.loads(put["body"]))
    if KEY_PLACE in published:
        published[KEY_PLACE] = HIDDEN  # one word in the sandbox's log
    differing = {
        place: (published.get(place, "—"), sent.get(place, "—"))
        for place in {**published, **sent}
        if published.get(place) != sent.get(place)
    }
    assert differing == told_in_the_docs("Beside Microsoft's own peerings")
