"""Port pairs as a reading writes them down."""

from typing import Any

from django.utils import timezone

from crossconnections.models import Catalogue, Subscription


def entry(name: str = "AMS-06GMR-CIS-3", location: str = "Amsterdam", **values: Any) -> dict[str, Any]:
    """A pair with a quarter used."""
    defaults = {
        "descriptor": name,
        "peering_location": location,
        "primary_azure_port": f"{name}-PRI-A",
        "secondary_azure_port": f"{name}-SEC-A",
        "overprovision_factor": 4,
        "bandwidth_mbps": 40_000,
        "used_mbps": 10_000,
        "remaining_mbps": 30_000,
    }
    return defaults | values


def used(mbps: int, *, of: int = 40_000) -> dict[str, Any]:
    """How much is used of how much."""
    return {"bandwidth_mbps": of, "used_mbps": mbps, "remaining_mbps": of - mbps}


def listed(subscription: Subscription, *entries: dict[str, Any], **values: Any) -> Catalogue:
    """What Azure told just now."""
    told = {"read_at": timezone.now(), "entries": list(entries)} | values
    return Catalogue.objects.create(subscription=subscription, kind=Catalogue.Kind.PORT_PAIRS, **told)
