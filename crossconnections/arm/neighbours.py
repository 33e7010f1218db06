"""What Azure tells beside the cross connections: communities, route filters, a provider's port pairs.

Shapes: Azure REST API, Microsoft.Network, examples ServiceCommunityList and RouteFilterGet; Circuit placement API
(learn.microsoft.com, ExpressRoute) for the ports.
"""

from dataclasses import dataclass

from crossconnections.arm.reading import Fields


@dataclass(frozen=True, slots=True)
class Community:
    """One BGP community; ``value`` as in 12076:5030."""

    name: str
    value: str
    region: str
    group: str
    prefixes: tuple[str, ...]
    is_authorized: bool | None


@dataclass(frozen=True, slots=True)
class ServiceCommunity:
    """A service of Microsoft's and its communities."""

    service: str
    communities: tuple[Community, ...]


@dataclass(frozen=True, slots=True)
class RouteFilterRule:
    """Which communities a route filter lets through (``access`` Allow)."""

    name: str
    access: str
    communities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteFilter:
    """A route filter, its rules and the ids of the peerings it is attached to; ids as Azure spelled them."""

    resource_id: str
    name: str
    location: str
    provisioning_state: str
    rules: tuple[RouteFilterRule, ...]
    peerings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderPort:
    """A pair of Azure's ports that belongs to the provider, and how full it is."""

    descriptor: str
    peering_location: str
    primary_azure_port: str
    secondary_azure_port: str
    overprovision_factor: int | None
    bandwidth_mbps: int | None
    used_mbps: int | None
    remaining_mbps: int | None


def read_service_community(entry: Fields) -> ServiceCommunity:
    """A service and its communities; MalformedError without properties."""
    properties = entry.get_object("properties")
    return ServiceCommunity(
        service=properties.text("serviceName") or entry.text("name"),
        communities=tuple(_community(community) for community in properties.objects("bgpCommunities")),
    )


def read_route_filter(entry: Fields) -> RouteFilter:
    """A route filter; MalformedError without id or properties."""
    properties = entry.get_object("properties")
    return RouteFilter(
        resource_id=entry.require("id").text("id"),
        name=entry.text("name"),
        location=entry.text("location"),
        provisioning_state=properties.text("provisioningState"),
        rules=tuple(_rule(rule) for rule in properties.objects("rules")),
        peerings=tuple(
            peering.text("id") for name in ("peerings", "ipv6Peerings") for peering in properties.objects(name)
        ),
    )


def read_provider_port(entry: Fields) -> ProviderPort:
    """A port pair; MalformedError without properties. The published answer has no name, so the descriptor counts."""
    properties = entry.get_object("properties")
    return ProviderPort(
        descriptor=properties.text("portPairDescriptor") or entry.text("name"),
        peering_location=properties.text("peeringLocation"),
        primary_azure_port=properties.text("primaryAzurePort"),
        secondary_azure_port=properties.text("secondaryAzurePort"),
        overprovision_factor=properties.number("overprovisionFactor"),
        bandwidth_mbps=properties.number("portBandwidthInMbps"),
        used_mbps=properties.number("usedBandwidthInMbps"),
        remaining_mbps=properties.number("remainingBandwidthInMbps"),
    )


def _community(entry: Fields) -> Community:
    return Community(
        name=entry.text("communityName"),
        value=entry.text("communityValue"),
        region=entry.text("serviceSupportedRegion"),
        group=entry.text("serviceGroup"),
        prefixes=entry.texts("communityPrefixes"),
        is_authorized=entry.flag("isAuthorizedToUse"),
    )


def _rule(entry: Fields) -> RouteFilterRule:
    properties = entry.get_object("properties")
    return RouteFilterRule(
        name=entry.text("name"), access=properties.text("access"), communities=properties.texts("communities")
    )
