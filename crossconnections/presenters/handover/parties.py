"""Whose router it is that speaks to Microsoft, in words to the customer."""

from typing import NamedTuple

from crossconnections.models import CustomerRecord

Service = CustomerRecord.Service


class Parties(NamedTuple):
    """``router`` and ``asn`` are names of rows; ``speaker`` says who speaks BGP, "" where nobody has said."""

    router: str
    asn: str
    speaker: str
    title: str


_OF: dict[str, Parties] = {
    Service.LAYER_2: Parties(
        "Your router",
        "Your ASN (peer ASN)",
        "Layer 2: your routers speak BGP with Microsoft.",
        "Configure your routers so",
    ),
    Service.LAYER_3: Parties(
        "Our router",
        "Our ASN (peer ASN)",
        "Layer 3: our routers speak BGP with Microsoft for you.",
        "As configured",
    ),
}
_UNKNOWN = Parties("Edge router", "Peer ASN", "", "As configured")


def parties_of(service: str) -> Parties:
    """By the service on record."""
    return _OF.get(service, _UNKNOWN)
