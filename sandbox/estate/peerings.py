"""Peerings as Azure shows them (BGP sessions between the partner's edge and Microsoft's)."""

from ipaddress import IPv4Address, IPv6Address
from random import Random
from typing import Any

from sandbox.estate.chance import chance_of
from sandbox.estate.plan import Plan

MICROSOFT_ASN = 12076
# Odd multipliers walk a power-of-two range without meeting a number twice; the links then look unrelated.
_STRIDE = 40_503
_SERVING = frozenset({"Provisioned", "Deprovisioning"})
_REGISTRIES = ("ARIN", "APNIC", "RIPENCC", "RADB", "LACNIC")


def invent_peerings(plan: Plan, cross_connection_id: str) -> list[dict[str, Any]]:
    """The circuit's peerings in Azure's JSON; all inside one circuit have different VLAN ids."""
    chance = chance_of("peerings", plan.service_key)
    vlans = chance.sample(range(100, 3000), 2)
    invent = {"AzurePrivatePeering": _private, "MicrosoftPeering": _microsoft}
    return [
        {
            "name": name,
            "id": f"{cross_connection_id}/peerings/{name}",
            "etag": etag(chance),
            "type": "Microsoft.Network/expressRouteCrossConnections/peerings",
            "properties": {"peeringType": name, "vlanId": vlan, **_common(plan, chance), **invent[name](plan, chance)},
        }
        for name, vlan in zip(plan.peerings.names, vlans, strict=False)
    ]


def _common(plan: Plan, chance: Random) -> dict[str, Any]:
    serving = plan.state in _SERVING
    return {
        "provisioningState": "Succeeded",
        "azureASN": MICROSOFT_ASN,
        "primaryAzurePort": "",
        "secondaryAzurePort": "",
        "state": "Enabled" if serving else "Disabled",
        "gatewayManagerEtag": str(chance.randrange(1, 400)),
        # A customer may enter a peering before the partner has built the circuit.
        "lastModifiedBy": chance.choice(["", "Customer"]) if serving else "Customer",
    }


def etag(chance: Random) -> str:
    """A weak etag as Azure writes it."""
    digits = f"{chance.getrandbits(128):032x}"
    return f'W/"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"'


def _private(plan: Plan, chance: Random) -> dict[str, Any]:
    # Two /30 out of one /29 of 10.0.0.0/8, or for every fourth circuit of 172.16.0.0/12.
    base, links = ("172.16.0.0", 2**17) if plan.index % 4 == 0 else ("10.0.0.0", 2**21)
    asn = chance.choice([65000, 65010, 65100, 65200, 64512 + chance.randrange(1000)])
    details: dict[str, Any] = {"peerASN": asn, **_links_v4(base, plan.index, links)}
    if chance.random() < 0.12:
        details["ipv6PeeringConfig"] = _links_v6("fd4e:a100::", plan.index) | {"state": "Enabled"}
    return details


def _microsoft(plan: Plan, chance: Random) -> dict[str, Any]:
    asn = chance.choice([1_000, 30_000, 200_000]) + chance.randrange(20_000)
    config = _microsoft_config(plan, asn, _advertised_v4(plan, chance), chance)
    details = {"peerASN": asn, **_links_v4("123.0.0.0", plan.index, 2**20), "microsoftPeeringConfig": config}
    if chance.random() < 0.2:
        config_v6 = _microsoft_config(plan, asn, _advertised_v6(plan), chance)
        links = _links_v6("2a10:7c40::", plan.index)
        details["ipv6PeeringConfig"] = {**links, "microsoftPeeringConfig": config_v6, "state": "Enabled"}
    return details


def _links_v4(base: str, index: int, links: int) -> dict[str, str]:
    first = IPv4Address(base) + index * _STRIDE % links * 8
    return {"primaryPeerAddressPrefix": f"{first}/30", "secondaryPeerAddressPrefix": f"{first + 4}/30"}


def _links_v6(base: str, index: int) -> dict[str, Any]:
    first = IPv6Address(base) + (index << 64)
    return {"primaryPeerAddressPrefix": f"{first}/126", "secondaryPeerAddressPrefix": f"{first + 4}/126"}


def _advertised_v4(plan: Plan, chance: Random) -> list[str]:
    # A /23 for each circuit, from 124.0.0.0/7 on: public, and neither the links' nor documentation's.
    first = IPv4Address("124.0.0.0") + plan.index * _STRIDE % 2**16 * 512
    shapes = ([(0, 24)], [(0, 24), (256, 24)], [(0, 23)], [(0, 25), (128, 25), (256, 24)])
    return [f"{first + offset}/{length}" for offset, length in chance.choice(shapes)]


def _advertised_v6(plan: Plan) -> list[str]:
    return [f"{IPv6Address('2a10:8000::') + (plan.index << 80)}/48"]


def _microsoft_config(plan: Plan, asn: int, prefixes: list[str], chance: Random) -> dict[str, Any]:
    return {
        "advertisedPublicPrefixes": prefixes,
        "advertisedPublicPrefixesState": plan.prefixes_state,
        "customerASN": chance.choice([0, 0, asn + 7]),
        "legacyMode": 0,
        "routingRegistryName": chance.choice(_REGISTRIES),
        "advertisedPublicPrefixInfo": [
            prefix_info(plan.service_key, asn, prefix, plan.prefixes_state) for prefix in prefixes
        ],
    }


def prefix_info(service_key: str, asn: int | str, prefix: str, state: str) -> dict[str, str]:
    """What validates a prefix since api-version 2024-07-01."""
    validation_id = f"Azure-SKEY|{service_key}|{prefix}|ASN-{asn}"
    return {"prefix": prefix, "validationId": validation_id, "signature": "", "validationState": state}
