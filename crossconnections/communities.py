"""Microsoft's BGP communities as its documentation lists them (expressroute-routing, "Support for BGP communities").

Microsoft tags what it announces with them and heeds none that it is sent. Azure names no communities of private
peerings and may leave out others, so this table stands in for what is not told.
"""

from dataclasses import dataclass

_AS = 12076
_REGIONAL = {
    "500": "Private peering",
    "510": "Microsoft peering",
    "520": "Azure Storage",
    "530": "Azure SQL",
    "540": "Azure Cosmos DB",
    "550": "Azure Backup",
}
_REGIONS = {
    2: "West Europe", 3: "North Europe", 4: "East US", 5: "East US 2", 6: "West US", 7: "North Central US",
    8: "South Central US", 9: "Central US", 10: "East Asia", 11: "Southeast Asia", 12: "Japan East",
    13: "Japan West", 14: "Brazil South", 15: "Australia East", 16: "Australia Southeast", 17: "India Central",
    18: "India West", 19: "India South", 20: "Canada Central", 21: "Canada East", 24: "UK South", 25: "UK West",
    26: "West US 2", 27: "West Central US", 28: "Korea South", 29: "Korea Central", 30: "France Central",
    31: "France South", 32: "Australia Central", 33: "Australia Central 2", 34: "South Africa North",
    35: "South Africa West", 36: "UAE North", 37: "UAE Central", 38: "Switzerland North", 39: "Switzerland West",
    40: "Germany North", 41: "Germany West Central", 42: "Norway East", 43: "Norway West",
}  # fmt: skip
_SERVICES = {
    5010: "Exchange Online", 5020: "SharePoint Online", 5030: "Skype for Business Online", 5040: "CRM Online",
    5050: "Azure Global Services", 5060: "Microsoft Entra ID", 5070: "Azure Resource Manager",
    5100: "Other Office 365 services", 5220: "Microsoft Defender for Identity", 5250: "Microsoft PSTN services",
}  # fmt: skip
_US_GOVERNMENT_REGIONS = {
    51105: "US Gov Virginia", 51106: "US Gov Arizona", 51108: "US Gov Texas", 51109: "US Gov Iowa",
    51205: "US DoD East", 51209: "US DoD Central",
}  # fmt: skip
_US_GOVERNMENT_SERVICES = {
    5110: "Exchange Online", 5120: "SharePoint Online", 5130: "Skype for Business Online",
    5160: "Microsoft Entra ID", 5200: "Other Office 365 services",
}  # fmt: skip
_CHINA_REGIONS = {51301: "China North", 51302: "China East", 51303: "China East 2", 51304: "China North 2"}

EVERYWHERE = "Online services"


@dataclass(frozen=True, slots=True)
class Documented:
    """A community; ``value`` as in 12076:51004, ``service`` what it is listed under, ``region`` "" for all of them."""

    value: str
    service: str
    region: str
    name: str


def documented(cloud: str) -> tuple[Documented, ...]:
    """What is documented for an Azure cloud, by its name in ``PORTAL_CLOUD``; the public one's for any other."""
    return _BY_CLOUD.get(cloud, _PUBLIC)


def find(value: str) -> Documented | None:
    """The documented community of that value, of whichever cloud; None for one that is not documented."""
    return _BY_VALUE.get(value)


def name_of(value: str) -> str:
    """The words for a value: ``Microsoft peering, East US``; "" for one that is not documented."""
    found = find(value)
    return found.name if found else ""


def _regional(number: int | str, service: str, region: str) -> Documented:
    return Documented(f"{_AS}:{number}", service, region, f"{service}, {region}")


def _online(services: dict[int, str]) -> tuple[Documented, ...]:
    return tuple(Documented(f"{_AS}:{number}", EVERYWHERE, "", name) for number, name in services.items())


def _peerings(regions: dict[int, str]) -> tuple[Documented, ...]:
    return tuple(_regional(number, _REGIONAL["510"], region) for number, region in regions.items())


_PUBLIC = _online(_SERVICES) + tuple(
    _regional(f"{prefix}{suffix:02}", service, region)
    for prefix, service in _REGIONAL.items()
    for suffix, region in _REGIONS.items()
)
_BY_CLOUD = {
    "AzureUSGovernment": _online(_US_GOVERNMENT_SERVICES) + _peerings(_US_GOVERNMENT_REGIONS),
    "AzureChinaCloud": _peerings(_CHINA_REGIONS),
}
_BY_VALUE = {one.value: one for found in (_PUBLIC, *_BY_CLOUD.values()) for one in found}
