"""Which path asks for what. Azure compares every word of a path in any case, so Starlette's router will not do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sandbox.arm import (
    communities,
    cross_connections,
    operations,
    peering_writes,
    ports,
    registration,
    route_filters,
    service_providers,
    tables,
    tagging,
    versions,
    writes,
)
from sandbox.arm import subscriptions as manager
from sandbox.arm.answer import Answer
from sandbox.arm.permissions import list_permissions
from sandbox.arm.question import Question

# None is an answer without content.
Told = Answer | dict[str, Any] | None
Answerer = Callable[[Question], Told]


class Owner(Enum):
    """Whose a path is, which decides who may see it, and in which versions."""

    RESOURCES = auto()  # Microsoft.Resources, which is Azure Resource Manager itself: nothing to register
    AUTHORIZATION = auto()  # Microsoft.Authorization: likewise
    NETWORK = auto()  # Microsoft.Network, once it is registered
    PARTNER = auto()  # the same, and only for who is enrolled as a partner


VERSIONS = {
    Owner.RESOURCES: versions.RESOURCES,
    Owner.AUTHORIZATION: versions.AUTHORIZATION,
    Owner.NETWORK: versions.NETWORK,
    Owner.PARTNER: versions.NETWORK,
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers to a path, and the permission that asking takes."""

    method: str
    pattern: re.Pattern[str]
    answerer: Answerer
    owner: Owner
    action: str

    @property
    def registered_type(self) -> str:
        """The type as the registration lists it, which is the one that has versions: a child has its parent's."""
        if self.owner is Owner.RESOURCES:
            return "subscriptions"
        words = self.action.split("/")[1:-1]
        return "/".join(words) if words[0] == "locations" else words[0]


def _route(method: str, path: str, answerer: Answerer, owner: Owner, action: str) -> Route:
    return Route(method, re.compile(path, re.IGNORECASE), answerer, owner, action)


def _reads(path: str, answerer: Answerer, type_name: str, owner: Owner = Owner.NETWORK) -> Route:
    return _route("GET", path, answerer, owner, f"Microsoft.Network/{type_name}/read")


def _writes(method: str, path: str, answerer: Answerer, type_name: str) -> Route:
    verb = "delete" if method == "DELETE" else "write"
    return _route(method, path, answerer, Owner.PARTNER, f"Microsoft.Network/{type_name}/{verb}")


def _permissions(scope: str) -> Route:
    path = rf"{scope}/providers/Microsoft\.Authorization/permissions"
    action = "Microsoft.Authorization/permissions/read"
    return _route("GET", path, list_permissions, Owner.AUTHORIZATION, action)


_NETWORK = r"/providers/Microsoft\.Network"
_GROUP = r"/resourceGroups/(?P<group>[^/]+)"
_CROSS, _PEERINGS = "expressRouteCrossConnections", "expressRouteCrossConnections/peerings"
_FILTERS, _RULES = "routeFilters", "routeFilters/routeFilterRules"
_PORTS = "expressRouteProviderPorts"
_ONE_CROSS = rf"{_GROUP}{_NETWORK}/{_CROSS}/(?P<name>[^/]+)"
_ONE_PEERING = rf"{_ONE_CROSS}/peerings/(?P<peering>[^/]+)"
_ONE_FILTER = rf"{_GROUP}{_NETWORK}/{_FILTERS}/(?P<name>[^/]+)"
_LOCATION = rf"{_NETWORK}/locations/[^/]+"


def _table(name: str, answerer: Answerer) -> Route:
    """Reading a table is an action, and a POST.

    Its permission is spelt like that of a circuit's table in older versions of "Azure resource provider operations";
    newer ones list `read` in its place, which a POST does not ask for.
    """
    path = rf"{_ONE_PEERING}/{name}/(?P<path>[^/]+)"
    return _route("POST", path, answerer, Owner.PARTNER, f"Microsoft.Network/{_PEERINGS}/{name}/action")


_IN_A_SUBSCRIPTION = (
    _reads(rf"{_NETWORK}/{_CROSS}", cross_connections.list_cross_connections, _CROSS, Owner.PARTNER),
    _reads(rf"{_GROUP}{_NETWORK}/{_CROSS}", cross_connections.list_of_group, _CROSS, Owner.PARTNER),
    _reads(_ONE_CROSS, cross_connections.get_cross_connection, _CROSS, Owner.PARTNER),
    _writes("PUT", _ONE_CROSS, writes.put_cross_connection, _CROSS),
    _writes("PATCH", _ONE_CROSS, tagging.update_tags, _CROSS),
    _reads(rf"{_ONE_CROSS}/peerings", cross_connections.list_peerings, _PEERINGS, Owner.PARTNER),
    _reads(_ONE_PEERING, cross_connections.get_peering, _PEERINGS, Owner.PARTNER),
    _writes("PUT", _ONE_PEERING, peering_writes.put_peering, _PEERINGS),
    _writes("DELETE", _ONE_PEERING, peering_writes.delete_peering, _PEERINGS),
    _table("arpTables", tables.list_arp_table),
    _table("routeTables", tables.list_routes_table),
    _table("routeTablesSummary", tables.list_routes_table_summary),
    _reads(rf"{_NETWORK}/{_PORTS}", ports.list_ports, _PORTS, Owner.PARTNER),
    # Their ids have the type in the singular: an id that Azure gives has to lead somewhere.
    _reads(rf"{_NETWORK}/{_PORTS}?/(?P<name>[^/]+)", ports.get_port, _PORTS, Owner.PARTNER),
    _reads(rf"{_NETWORK}/bgpServiceCommunities", communities.list_communities, "bgpServiceCommunities"),
    _reads(
        rf"{_NETWORK}/expressRouteServiceProviders",
        service_providers.list_service_providers,
        "expressRouteServiceProviders",
    ),
    _reads(rf"{_NETWORK}/{_FILTERS}", route_filters.list_route_filters, _FILTERS),
    _reads(rf"{_GROUP}{_NETWORK}/{_FILTERS}", route_filters.list_route_filters_of_group, _FILTERS),
    _reads(_ONE_FILTER, route_filters.get_route_filter, _FILTERS),
    _reads(rf"{_ONE_FILTER}/routeFilterRules", route_filters.list_rules, _RULES),
    _reads(rf"{_ONE_FILTER}/routeFilterRules/(?P<rule>[^/]+)", route_filters.get_rule, _RULES),
    _reads(rf"{_LOCATION}/operations/(?P<operation>[^/]+)", operations.get_operation, "locations/operations"),
    _reads(rf"{_LOCATION}/operationResults/(?P<operation>[^/]+)", operations.get_result, "locations/operationResults"),
    _route("GET", "", manager.get_subscription, Owner.RESOURCES, "Microsoft.Resources/subscriptions/read"),
    _permissions(rf"({_GROUP})?"),
    _permissions("(?P<resource>.*/providers/.+)"),
    _route(
        "GET",
        _NETWORK,
        registration.get_registration,
        Owner.RESOURCES,
        "Microsoft.Resources/subscriptions/providers/read",
    ),
    _route(
        "POST", rf"{_NETWORK}/register", registration.register, Owner.RESOURCES, "Microsoft.Network/register/action"
    ),
)
_IN_THE_TENANT = (
    _route(
        "GET", "/subscriptions", manager.list_subscriptions, Owner.RESOURCES, "Microsoft.Resources/subscriptions/read"
    ),
    _route(
        "GET", rf"{_NETWORK}/operations", operations.list_operations, Owner.NETWORK, "Microsoft.Network/operations/read"
    ),
)

Found = dict[str, tuple[Route, dict[str, str]]]


def find_in_subscription(path: str) -> Found:
    """Who answers to the part of a path behind the subscription, by method; nobody is an InvalidResourceType."""
    return _find(_IN_A_SUBSCRIPTION, path)


def find_in_tenant(path: str) -> Found:
    """Who answers to a path without subscription."""
    return _find(_IN_THE_TENANT, path.rstrip("/"))


def _find(routes: tuple[Route, ...], path: str) -> Found:
    matched = ((route, route.pattern.fullmatch(path)) for route in routes)
    return {route.method: (route, match.groupdict()) for route, match in matched if match}
