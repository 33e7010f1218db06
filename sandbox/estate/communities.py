"""Microsoft's BGP communities, by service and region ("Support for BGP communities", expressroute-routing)."""

import json
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from sandbox.estate.chance import chance_of

_FILE = Path(__file__).parent.parent / "data" / "bgp_communities.json"
# Microsoft's own address space for its online services and for Azure.
_BLOCKS = ("13.64.0.0", "20.33.0.0", "40.64.0.0", "52.96.0.0", "104.40.0.0")


@cache
def service_communities() -> tuple[dict[str, Any], ...]:
    """An entry for each service, and for each regional service in each region; without the subscription's id."""
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    entries = [_entry("Global", "O365" if one["is_office"] else "Azure", **_named(one)) for one in content["services"]]
    for service in content["regional_services"]:
        for suffix, region in content["regions"].items():
            entries.append(_regional(service, suffix, region))
    return tuple(entries)


def _named(service: dict[str, Any]) -> dict[str, str]:
    return {"service": service["service"], "name": service["name"], "value": service["value"]}


def _regional(service: dict[str, str], suffix: str, region: str) -> dict[str, Any]:
    name = f"{service['name']} {region}"
    return _entry(region, "Azure", service=name.replace(" ", ""), name=name, value=f"{service['prefix']}{suffix}")


def _entry(region: str, group: str, *, service: str, name: str, value: str) -> dict[str, Any]:
    community = {
        "serviceSupportedRegion": region,
        "communityName": name,
        "communityValue": f"12076:{value}",
        "communityPrefixes": _prefixes(value),
        "isAuthorizedToUse": True,
        "serviceGroup": group,
    }
    return {
        "name": service,
        "type": "Microsoft.Network/bgpServiceCommunities",
        "properties": {"serviceName": service, "bgpCommunities": [community]},
    }


def _prefixes(value: str) -> list[str]:
    chance = chance_of("community", value)
    blocks = chance.sample(_BLOCKS, chance.randrange(2, 5))
    return [f"{IPv4Address(block) + chance.randrange(2048) * 256}/24" for block in sorted(blocks)]
