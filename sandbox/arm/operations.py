"""What Azure answers about what can be done, and about operations that are being done."""

from typing import Any

from sandbox.arm.answer import Answer
from sandbox.arm.long_running import tell_result, tell_state
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
_TABLES = "expressRouteCrossConnections/peerings"
_WRITE = _READ[:2]
_DELETE = _READ[1:2]
_ACTIONS = (
    (f"{_TABLES}/arpTables", "Express Route Cross Connection Peering Arp Table"),
    (f"{_TABLES}/routeTables", "Express Route Cross Connection Peering Route Table"),
    (f"{_TABLES}/routeTablesSummary", "Express Route Cross Connection Peering Route Table Summary"),
)
# Of a write as public lists of Azure's operations have it.
_WORDS = {"write": ("Create or Update", "Creates or updates"), "delete": ("Delete", "Deletes")}


def list_operations(question: Question) -> dict[str, Any]:
    """Operations_List: those that are here."""
    return {
        "value": [
            *(_operation(type_name, resource, "read") for type_name, resource in _READ),
            *(_operation(type_name, resource, "write") for type_name, resource in _WRITE),
            *(_operation(type_name, resource, "delete") for type_name, resource in _DELETE),
            *(_operation(type_name, resource, "action") for type_name, resource in _ACTIONS),
        ]
    }


def get_operation(question: Question) -> Answer:
    """What Azure-AsyncOperation leads to. The region in the path is not looked at."""
    return tell_state(question)


def get_result(question: Question) -> Answer:
    """What Location leads to. The region in the path is not looked at."""
    return tell_result(question)


def _operation(type_name: str, resource: str, verb: str) -> dict[str, Any]:
    do, does = _WORDS.get(verb, ("Get", "Gets"))
    return {
        "name": f"Microsoft.Network/{type_name}/{verb}",
        "isDataAction": False,
        "display": {
            "provider": "Microsoft Network",
            "resource": resource,
            "operation": f"{do} {resource}",
            "description": f"{does} {resource}",
        },
        "origin": "user,system",
    }
