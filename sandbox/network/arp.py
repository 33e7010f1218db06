"""The ARP table: rows of ExpressRouteCircuitArpTable."""

from typing import Any

from sandbox.estate.chance import chance_of
from sandbox.network.legs import Leg
from sandbox.network.links import Link
from sandbox.network.macs import edge_mac, microsoft_mac

# After so long without traffic a Cisco router asks anew; it is remembered, not documented for Microsoft's.
_REFRESH_MINUTES = 240


def arp_table(leg: Leg) -> list[dict[str, Any]]:
    """Our edge's row and Microsoft's own ("Troubleshooting ARP"); ages are in minutes.

    ``no-arp`` leaves none at all; an edge that does not answer has the word Incomplete for its MAC. IPv6 knows no
    ARP: the table has no row for it.
    """
    if leg.condition == "no-arp":
        return []
    return [row for link in leg.links if link.version == 4 for row in (_edge_row(leg, link), _microsoft_row(leg, link))]


def _edge_row(leg: Leg, link: Link) -> dict[str, Any]:
    if leg.condition == "incomplete-arp":
        return _row(0, "On-Prem", link.edge, "Incomplete")
    start = chance_of("arp age", leg.service_key, leg.peering_name, leg.path).randrange(_REFRESH_MINUTES)
    age = int(leg.now // 60 + start) % _REFRESH_MINUTES
    return _row(age, "On-Prem", link.edge, edge_mac(leg.service_key, leg.path))


def _microsoft_row(leg: Leg, link: Link) -> dict[str, Any]:
    return _row(0, "Microsoft", link.microsoft, microsoft_mac(leg.azure_port))


def _row(age: int, interface: str, address: object, mac: str) -> dict[str, Any]:
    return {"age": age, "interface": interface, "ipAddress": str(address), "macAddress": mac}
