"""What Azure answers about connectivity providers: who is where, with which bandwidths."""

from typing import Any

from sandbox.arm.question import Question
from sandbox.estate.places import bandwidths, locations_by_provider

_TYPE = "Microsoft.Network/expressRouteServiceProviders"


def list_service_providers(question: Question) -> dict[str, Any]:
    """ExpressRouteServiceProviders_List."""
    return {"value": [_provider(name, locations) for name, locations in sorted(locations_by_provider().items())]}


def _provider(name: str, locations: list[str]) -> dict[str, Any]:
    offered = [{"offerName": _offer(mbps), "valueInMbps": mbps} for mbps in bandwidths()]
    return {
        "name": name,
        # Blank in Microsoft's recording, too.
        "id": f"/subscriptions//resourceGroups//providers/{_TYPE}/",
        "type": _TYPE,
        "properties": {
            "provisioningState": "Succeeded",
            "peeringLocations": locations,
            "bandwidthsOffered": offered,
        },
    }


def _offer(mbps: int) -> str:
    return f"{mbps // 1000}Gbps" if mbps >= 1000 else f"{mbps}Mbps"
