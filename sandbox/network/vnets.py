"""The customer's virtual networks behind a private peering: what Microsoft's side announces."""

from dataclasses import dataclass
from typing import Any

from sandbox.estate.chance import chance_of
from sandbox.estate.documents import Document
from sandbox.network.legs import Leg
from sandbox.network.links import links_of_circuit
from sandbox.network.networks import Network

# The AS of a VNet's gateway ("ExpressRoute routing").
GATEWAY_ASN = 65515
_LENGTHS = {16: 3, 20: 2, 22: 3, 24: 2}


@dataclass(frozen=True, slots=True)
class Vnet:
    """An address space and the two instances of its gateway."""

    network: Network
    gateways: tuple[str, str]


def vnets_of(document: Document) -> list[Vnet]:
    """The VNets that the circuit is linked to, clear of its own links; they are seen by the private peering only."""
    chance = chance_of("vnets", document["name"])
    blocks = chance.sample(range(256), chance.choices((1, 2, 3, 5), (50, 28, 15, 7))[0])
    lengths = chance.choices(list(_LENGTHS), list(_LENGTHS.values()), k=len(blocks))
    found = [Network(10 << 24 | block << 16, length, 32) for block, length in zip(blocks, lengths, strict=True)]
    links = [link.network for link in links_of_circuit(document)]
    return [_vnet(network) for network in found if not any(network.overlaps(link) for link in links)]


def vnet_routes(leg: Leg) -> list[dict[str, Any]]:
    """Each network twice, once for each instance of its gateway, as in Microsoft's sample; one is marked best."""
    vnets = vnets_of(leg.document) if leg.peering_name == "AzurePrivatePeering" else []
    return [row for vnet in vnets for row in _rows(vnet, leg.service_key)]


def _rows(vnet: Vnet, service_key: str) -> list[dict[str, Any]]:
    # Not documented: which weight; 0 in the sample, 32768 is what Cisco gives to its own.
    weight = chance_of("weight", service_key).choice((0, 0, 0, 32_768))
    first, second = vnet.gateways
    return [
        {"network": str(vnet.network), "nextHop": hop, "locPrf": "", "weight": weight, "path": str(GATEWAY_ASN)}
        for hop in (second, f"{first}*")
    ]


def _vnet(network: Network) -> Vnet:
    """The gateways have the last subnet of the VNet, a /27, and in it the twelfth and thirteenth address."""
    subnet = str(network.inside(27, (1 << (27 - network.length)) - 1)).partition("/")[0]
    start, _, last = subnet.rpartition(".")
    return Vnet(network, (f"{start}.{int(last) + 12}", f"{start}.{int(last) + 13}"))
