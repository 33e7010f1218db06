"""What Azure answers about what can be done, and about operations that are being done."""

from typing import Any

from sandbox.arm.errors import operation_not_found
from sandbox.arm.question import Question

_READ = (
    ("expressRouteCrossConnections", "ExpressRouteCrossConnection"),
    ("expressRouteCrossConnections/peerings", "Express Route Cross Connection Peering"),
    ("expressRouteProviderPorts", "Express Route Provider Port"),
    ("expressRouteServiceProviders", "Express Route Service Providers"),
    ("bgpServiceCommunities", "Bgp Service Communities"),
    ("routeFilters", "Route Filter"),
    ("routeFilters/routeFilterRules", "Route Filter Rule"),
)


def list_operations(question: Question) -> dict[str, Any]:
    """Operations_List: those that are here."""
    return {"value": [_operation(type_name, resource) for type_name, resource in _READ]}


def get_operation(question: Question) -> dict[str, Any]:
    """The state of an operation; none is running yet, so none is known."""
    raise operation_not_found(question.words["operation"])


def _operation(type_name: str, resource: str) -> dict[str, Any]:
    return {
        "name": f"Microsoft.Network/{type_name}/read",
        "isDataAction": False,
        "display": {
            "provider": "Microsoft Network",
            "resource": resource,
            "operation": f"Get {resource}",
            "description": f"Gets {resource}",
        },
        "origin": "user,system",
    }
