"""What a write of a cross connection has to say, and must not change."""

from typing import Any

from sandbox.arm.write_errors import cannot_be_modified, location_required, other_location
from sandbox.estate.documents import Document
from sandbox.estate.regions import region_of


def check_location(document: Document, body: dict[str, Any]) -> None:
    """Raise Azure's refusal unless the body names the resource's region, as resources spell it or as people do."""
    location = body.get("location")
    if not isinstance(location, str) or not location:
        raise location_required()
    if region_of(location) != document["location"]:
        raise other_location(document, location)


def check_immutable(document: Document, body: dict[str, Any]) -> None:
    """Raise Azure's refusal unless circuit, peering location and bandwidth are those of the resource, in that order.

    Inferred: that the bandwidth is checked as well, and that the others are the same in any case.
    """
    facts, sent = document["properties"], body["properties"]
    circuit, asked = facts["expressRouteCircuit"]["id"], (sent.get("expressRouteCircuit") or {}).get("id")
    if not asked or asked.casefold() != circuit.casefold():
        raise cannot_be_modified("CircuitReference", document, circuit, asked or "null")
    place, wanted = facts["peeringLocation"], sent.get("peeringLocation") or ""
    if wanted.casefold() != place.casefold():
        raise cannot_be_modified("PeeringLocation", document, place, wanted)
    mbps, told = facts["bandwidthInMbps"], sent.get("bandwidthInMbps")
    if told != mbps:
        raise cannot_be_modified("Bandwidth", document, mbps, "" if told is None else told)
