"""The routes table: rows of ExpressRouteCircuitRoutesTable."""

from collections.abc import Iterator
from typing import Any

from sandbox.network.announcements import announcements
from sandbox.network.legs import Leg
from sandbox.network.sessions import session_on
from sandbox.network.vnets import vnet_routes


def routes_table(leg: Leg) -> list[dict[str, Any]]:
    """What Microsoft's router knows: the customer's networks by our edge, and the VNets behind the other side.

    Not documented: what it shows of a peering that is Disabled; here nothing.
    """
    links = [link for link in leg.links if link.is_enabled]
    return [*_learned(leg), *(vnet_routes(leg) if links else [])]


def _learned(leg: Leg) -> Iterator[dict[str, Any]]:
    for link in leg.links:
        session = session_on(leg, link)
        if session is not None and session.is_established:
            hop = str(link.edge)
            for network, path in announcements(leg, link):
                yield {"network": network, "nextHop": hop, "locPrf": "", "weight": 0, "path": path}
