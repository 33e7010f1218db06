"""The exact list of what the portal does at Azure, each with what it is for, and the custom role that grants just that.

Names: "Azure permissions for Networking" (learn.microsoft.com). Of the tables that page lists ``read``, older ones and
circuits' own list ``action``; they are read by POST, which asks for ``action`` (inferred). So the role of a Reader may
not be enough: the check wants ``action``, and the role that is offered grants both.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

_CROSS = "Microsoft.Network/expressRouteCrossConnections"


@dataclass(frozen=True, slots=True)
class Need:
    """An action; without a ``vital`` one the portal cannot do its work, without another one a page stays empty."""

    action: str
    what_for: str
    is_vital: bool = True


# Not among them: to see the subscription and its registration. Network Contributor does not list that, and whoever has
# a role may all the same (inferred); the checks of both find it out by asking.
NEEDS = (
    Need(f"{_CROSS}/read", "to see cross connections"),
    Need(f"{_CROSS}/write", "to provision circuits, move them and tag them"),
    Need(f"{_CROSS}/peerings/read", "to see peerings"),
    Need(f"{_CROSS}/peerings/write", "to set peerings up"),
    Need(f"{_CROSS}/peerings/delete", "to remove peerings"),
    Need(f"{_CROSS}/peerings/arpTables/action", "to read ARP tables"),
    Need(f"{_CROSS}/peerings/routeTables/action", "to read routes"),
    Need(f"{_CROSS}/peerings/routeTablesSummary/action", "to read BGP summaries"),
    Need("Microsoft.Network/locations/operations/read", "to see how far a change is"),
    Need("Microsoft.Network/locations/operationResults/read", "to fetch what was read"),
    Need("Microsoft.Network/expressRouteProviderPorts/read", "to show port pairs", is_vital=False),
    Need("Microsoft.Network/bgpServiceCommunities/read", "to show BGP communities", is_vital=False),
    Need("Microsoft.Network/routeFilters/read", "to show route filters", is_vital=False),
)
REGISTER = "Microsoft.Network/register/action"

# Azure refuses a role that names an action which it does not know, and a wildcard only where it stands for none: so the
# tables, whose actions are documented in two ways, are granted by wildcards that cover both.
_OF_THE_ROLE = (
    f"{_CROSS}/read",
    f"{_CROSS}/write",
    f"{_CROSS}/peerings/*",
    "Microsoft.Network/*/read",
    REGISTER,
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Resources/subscriptions/providers/read",
    "Microsoft.Authorization/*/read",
)


def list_missing(is_granted: Callable[[str], bool]) -> list[Need]:
    """What is not granted, vital ones first."""
    return sorted((one for one in NEEDS if not is_granted(one.action)), key=lambda one: not one.is_vital)


def role_name(subscription_id: str) -> str:
    """What the custom role of a subscription is called.

    A name is taken once in a tenant ("Azure custom roles", learn.microsoft.com), and each subscription has its own.
    """
    return f"Crossconnect {subscription_id}"


def custom_role(subscription_id: str) -> str:
    """A custom role's definition as ``az role definition create`` takes it: JSON text."""
    definition = {
        "Name": role_name(subscription_id),
        "Description": "Cross connections: provision them, set peerings up, read their tables.",
        "Actions": list(_OF_THE_ROLE),
        "NotActions": [],
        "AssignableScopes": [f"/subscriptions/{subscription_id}"],
    }
    return json.dumps(definition, indent=2)
