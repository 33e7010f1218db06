"""What the customer does to a circuit that stands: more bandwidth, and peerings of their own."""

import copy
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag, new_peering
from sandbox.estate.peering_facts import check_facts
from sandbox.estate.places import bandwidths
from sandbox.refused import RefusedError

PEERING_TYPES = ("AzurePrivatePeering", "MicrosoftPeering")
Peerings = dict[str, dict[str, Any] | None]


def edited(document: Document, body: object, *, moves_etag: bool = True) -> Document:
    """The cross connection after an edit: ``bandwidth_mbps``, ``peerings`` or both. Raises RefusedError.

    ``moves_etag`` False leaves the cross connection's own etag where it is when only a peering was edited: whether
    Azure does so is not documented.
    """
    if not isinstance(body, dict) or not body or body.keys() - {"bandwidth_mbps", "peerings"}:
        raise RefusedError("An edit is a JSON object with bandwidth_mbps, peerings or both.")
    result = copy.deepcopy(document)
    if "bandwidth_mbps" in body:
        result["properties"]["bandwidthInMbps"] = _read_bandwidth(body["bandwidth_mbps"], document)
    for name, properties in _read_peerings(body.get("peerings", {})).items():
        _edit_peering(result, name, properties)
    if moves_etag or "bandwidth_mbps" in body:
        result["etag"] = new_etag()
    return result


def edited_keys(keys: dict[str, str], body: dict[str, Any]) -> dict[str, str]:
    """The shared keys of a circuit's peerings after the same edit: one that is sent blank is taken away."""
    sent = {name: facts for name, facts in _read_peerings(body.get("peerings", {})).items() if facts}
    told = {name: facts["sharedKey"] for name, facts in sent.items() if "sharedKey" in facts}
    return {name: key for name, key in (keys | told).items() if key}


def _read_bandwidth(mbps: object, document: Document) -> int:
    offered = [one for one in bandwidths() if one > document["properties"]["bandwidthInMbps"]]
    # True is an int to Python, and 50.0 equals 50. Azure lets nobody lower a bandwidth.
    if type(mbps) is not int or mbps not in offered:
        raise RefusedError(
            f"bandwidth_mbps can only be raised here: to one of {', '.join(map(str, offered)) or 'none'}."
        )
    return mbps


def _read_peerings(value: object) -> Peerings:
    """By type: the properties that change, null for one that is removed. A list of Azure's peerings is taken, too."""
    peerings: Any = _by_type(value) if isinstance(value, list) else value
    if not isinstance(peerings, dict):
        raise RefusedError("peerings is a JSON object or a list.")
    for name, properties in peerings.items():
        if name not in PEERING_TYPES or not (properties is None or isinstance(properties, dict)):
            raise RefusedError(f"peerings takes properties, or null to remove one, by {' and '.join(PEERING_TYPES)}.")
    return dict(peerings)


def _by_type(entries: list[Any]) -> Peerings:
    found: Peerings = {}
    for entry in entries:
        properties = entry.get("properties", entry) if isinstance(entry, dict) else None
        if not isinstance(properties, dict):
            raise RefusedError("Each of peerings is a JSON object.")
        name = entry.get("name") or properties.get("peeringType")
        if not isinstance(name, str) or name in found:
            raise RefusedError("Each of peerings has a name or a peeringType, and no two have the same.")
        found[name] = {fact: value for fact, value in properties.items() if fact != "name"}
    return found


def _edit_peering(document: Document, name: str, properties: dict[str, Any] | None) -> None:
    peerings = document["properties"]["peerings"]
    known = next((one for one in peerings if one["name"] == name), None)
    others = [one for one in peerings if one is not known]
    if properties is not None:
        others.append(_customers(known or new_peering(document, name), properties))
    document["properties"]["peerings"] = sorted(others, key=lambda one: str(one["name"]))


def _customers(peering: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """What is sent goes over what the provider wrote, and heals what a write of the provider's left Failed."""
    check_facts(peering["name"], properties, peering["properties"])
    told = {key: value for key, value in properties.items() if key != "sharedKey"}
    facts = {**peering["properties"], **told, "lastModifiedBy": "Customer"}
    if facts["provisioningState"] == "Failed":
        facts["provisioningState"] = "Succeeded"
    return {**peering, "etag": new_etag(), "properties": facts}
