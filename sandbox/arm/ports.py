"""What Azure answers about a provider's port pairs (circuit-placement-api)."""

from typing import Any

from sandbox.arm.errors import feature_not_registered, invalid_filter, invalid_location
from sandbox.arm.filters import read_equals
from sandbox.arm.question import Question
from sandbox.estate.chance import chance_of
from sandbox.estate.documents import Document
from sandbox.estate.peerings import etag
from sandbox.estate.places import find_squeezed_place
from sandbox.estate.port_pairs import OVERPROVISION_FACTOR, PortPair


def list_ports(question: Question) -> dict[str, Any]:
    """ExpressRouteProviderPortsLocation_List: all of them, or those at a peering location."""
    _check_feature(question)
    location = _read_location(question)
    pairs = question.world.estate.port_pairs(question.subscription_id)
    if location is not None:
        place = find_squeezed_place(location)
        if place is None:
            raise invalid_location(location)
        pairs = [pair for pair in pairs if pair.peering_location == place.name]
    return {"value": [_document(question, pair) for pair in pairs]}


def get_port(question: Question) -> Document | None:
    """ExpressRouteProviderPort; None, which is a 204, for a descriptor that nobody knows."""
    _check_feature(question)
    wanted = question.words["name"].casefold()
    pairs = question.world.estate.port_pairs(question.subscription_id)
    found = (pair for pair in pairs if pair.descriptor.casefold() == wanted)
    return next((_document(question, pair) for pair in found), None)


def _check_feature(question: Question) -> None:
    """Raise Azure's 400 where nobody registered the feature that the documentation of these paths asks for.

    Inferred: that both of them are refused without it, and that a circuit can be moved all the same.
    """
    if question.world.behaviour.port_pairs_unregistered:
        raise feature_not_registered(question.subscription_id, "AllowExpressRoutePorts")


def _read_location(question: Question) -> str | None:
    """`?location=` is the documentation's; the official client can only send `$filter`.

    Not documented: the form of that filter; here `location eq '…'`, and any other is refused as for cross connections.
    """
    text = question.parameters.get("$filter")
    if text is None:
        return question.parameters.get("location")
    location = read_equals("location", text)
    if location is None:
        raise invalid_filter(text)
    return location


def _document(question: Question, pair: PortPair) -> Document:
    """Type and id in the singular, and the place without spaces, as in the documentation's one example.

    Not documented: `name`, which the official client looks for.
    """
    name = pair.descriptor
    return {
        "portPairDescriptor": name,
        "name": name,
        "id": f"{question.subscription_path}/providers/Microsoft.Network/ExpressRouteProviderPort/{name}",
        "type": "Microsoft.Network/expressRouteProviderPort",
        "location": pair.region,
        "etag": etag(chance_of("port pair", name)),
        "properties": {
            "portPairDescriptor": name,
            "primaryAzurePort": pair.primary,
            "secondaryAzurePort": pair.secondary,
            "peeringLocation": pair.peering_location.replace(" ", ""),
            "overprovisionFactor": OVERPROVISION_FACTOR,
            "portBandwidthInMbps": pair.sold_mbps,
            "usedBandwidthInMbps": pair.used_mbps,
            "remainingBandwidthInMbps": pair.remaining_mbps,
        },
    }
