"""What Azure answers about a provider's port pairs (circuit-placement-api)."""

import re
from typing import Any

from sandbox.arm.errors import invalid_location
from sandbox.arm.question import Question
from sandbox.estate.chance import chance_of
from sandbox.estate.documents import Document
from sandbox.estate.peerings import etag
from sandbox.estate.places import find_squeezed_place
from sandbox.estate.port_pairs import OVERPROVISION_FACTOR, PortPair, port_pairs

_LOCATION_EQUALS = re.compile(r"\s*location\s+eq\s+'([^']*)'\s*", re.IGNORECASE)


def list_ports(question: Question) -> dict[str, Any]:
    """ExpressRouteProviderPortsLocation_List: all of them, or those at a peering location."""
    pairs, location = _pairs(question), _read_location(question)
    if location is not None:
        place = find_squeezed_place(location)
        if place is None:
            raise invalid_location(location)
        pairs = [pair for pair in pairs if pair.peering_location == place.name]
    return {"value": [_document(question, pair) for pair in pairs]}


def get_port(question: Question) -> Document | None:
    """ExpressRouteProviderPort; None, which is a 204, for a descriptor that nobody knows."""
    wanted = question.words["name"].casefold()
    found = (pair for pair in _pairs(question) if pair.descriptor.casefold() == wanted)
    return next((_document(question, pair) for pair in found), None)


def _pairs(question: Question) -> list[PortPair]:
    return port_pairs(question.world.estate.each(question.subscription_id))


def _read_location(question: Question) -> str | None:
    """`?location=` is the documentation's; the official client can only send `$filter`, in a form nobody wrote down."""
    match = _LOCATION_EQUALS.fullmatch(question.parameters.get("$filter", ""))
    return match[1] if match else question.parameters.get("location")


def _document(question: Question, pair: PortPair) -> Document:
    name, sold = pair.descriptor, pair.sold_mbps
    return {
        "portPairDescriptor": name,
        "name": name,
        "id": f"{question.subscription_path}/providers/Microsoft.Network/expressRouteProviderPorts/{name}",
        "type": "Microsoft.Network/expressRouteProviderPorts",
        "location": pair.region,
        "etag": etag(chance_of("port pair", name)),
        "properties": {
            "portPairDescriptor": name,
            "primaryAzurePort": pair.primary,
            "secondaryAzurePort": pair.secondary,
            "peeringLocation": pair.peering_location,
            "overprovisionFactor": OVERPROVISION_FACTOR,
            "portBandwidthInMbps": sold,
            "usedBandwidthInMbps": pair.used_mbps,
            "remainingBandwidthInMbps": sold - pair.used_mbps,
        },
    }
