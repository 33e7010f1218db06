"""Changes of peerings in the test's own process."""

import json
from typing import Any

from crossconnections.models import Change, CrossConnection, Draft
from crossconnections.models.wish import PRESENCE
from crossconnections.proposals import values_now
from crossconnections.services.changes import asking, drafts
from tests.integration.domain.changing import in_azure, operator
from tests.integration.domain.readings import PRIVATE, carried_out
from tests.sandbox_process import SandboxProcess

KEY = "A1B2C3D4"
HIDDEN = "(hidden)"
# Microsoft's published trace, cross-connections-api-development.
PUBLISHED_PRIVATE = {
    "peer_asn": 500,
    "vlan_id": 200,
    "primary_prefix": "10.0.0.0/30",
    "secondary_prefix": "10.0.0.4/30",
    "state": "Enabled",
}
PUBLISHED_MICROSOFT = {
    "peer_asn": 900,
    "vlan_id": 300,
    "primary_prefix": "123.0.0.0/30",
    "secondary_prefix": "123.0.0.4/30",
    "state": "Enabled",
    "advertised_prefixes": ["123.1.0.0/24"],
    "customer_asn": 45,
    "routing_registry": "ARIN",
}


def draft_of_peering(
    row: CrossConnection, asked: dict[str, Any], subject: str = PRIVATE, *, removes: bool = False, **values: Any
) -> Draft:
    """A draft of a peering by an operator, from what the mirror holds now."""
    wished = {PRESENCE: not removes, **asked}
    told = {"opened": values_now(row, wished, subject), "wants_proof": False, **values}
    kind = Change.Kind.REMOVAL if removes else Change.Kind.PEERING
    return drafts.begin(row=row, kind=kind, subject=subject, asked=wished, by=operator(), **told)


def peering_asked_for(row: CrossConnection, asked: dict[str, Any], subject: str = PRIVATE, **values: Any) -> Change:
    """A change of a peering that somebody asked for; no worker has been at it."""
    row = CrossConnection.objects.select_related("subscription").get(pk=row.pk)
    draft = draft_of_peering(row, asked, subject, **values)
    if draft.guard is not None:
        carried_out(draft.guard)
    return asking.apply(draft=draft, row=row, confirm_ending=row.service_key[-4:], by=operator())


def peering_in_azure(azure: SandboxProcess, row: CrossConnection, subject: str = PRIVATE) -> dict[str, Any] | None:
    """The peering as a GET of the cross connection shows it; None where there is none."""
    peerings = in_azure(azure, row)["properties"]["peerings"]
    return next((one for one in peerings if one["name"] == subject), None)


def facts_in_azure(azure: SandboxProcess, row: CrossConnection, subject: str = PRIVATE) -> dict[str, Any]:
    """Its properties."""
    peering = peering_in_azure(azure, row, subject)
    assert peering is not None
    properties: dict[str, Any] = peering["properties"]
    return properties


def put_by_others(azure: SandboxProcess, row: CrossConnection, subject: str, **facts: Any) -> None:
    """Somebody writes a peering by other means than the portal; Azure is at it afterwards."""
    peering = peering_in_azure(azure, row, subject)
    assert peering is not None
    body = {**peering, "properties": {**peering["properties"], **facts}}
    url = f"{azure.manifest['arm']}{row.resource_id}/peerings/{subject}?api-version=2025-09-01"
    headers = {"Authorization": f"Bearer {azure.token()}"}
    azure.session.put(url, json=body, headers=headers, timeout=10).raise_for_status()


def writes_of_peerings(azure: SandboxProcess, after: int) -> list[dict[str, Any]]:
    """The PUTs and DELETEs of peerings that Azure was sent since."""
    return [one for one in azure.requests(after=after) if one["method"] in {"PUT", "DELETE"}]


def sent_key(write: dict[str, Any]) -> str | None:
    """The shared key of a PUT as the sandbox's log has it: HIDDEN, "" for one that is sent blank, None for none."""
    key: str | None = json.loads(write["body"])["properties"].get("sharedKey")
    return key
