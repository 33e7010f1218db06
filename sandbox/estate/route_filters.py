"""Route filters: which of Microsoft's communities a Microsoft peering lets in."""

from typing import Any

from sandbox.estate.chance import chance_of
from sandbox.estate.documents import Document
from sandbox.estate.peerings import etag
from sandbox.estate.subscriptions import AMER, CUSTOMER, EMEA, Subscription

TYPE = "Microsoft.Network/routeFilters"
RULE_TYPE = "routeFilterRules"
_Row = tuple[Subscription, str, str, str, list[str]]

_FILTERS: tuple[_Row, ...] = (
    (EMEA, "rg-northlink-routing", "rf-northlink-m365", "westeurope", ["12076:5010", "12076:5020", "12076:5030"]),
    (EMEA, "rg-northlink-routing", "rf-northlink-azure-eu", "westeurope", ["12076:51002", "12076:51003"]),
    (AMER, "rg-northlink-routing", "rf-northlink-azure-us", "eastus", ["12076:51004", "12076:51005", "12076:51026"]),
    (CUSTOMER, "rg-contoso-network", "rf-contoso", "westeurope", ["12076:5010", "12076:5060", "12076:52002"]),
    (CUSTOMER, "rg-contoso-network", "rf-contoso-empty", "westeurope", []),
)


def route_filters(subscription_id: str) -> list[Document]:
    """The route filters of a subscription, in the shape of the specification's example."""
    return [_document(*row) for row in _FILTERS if row[0].id == subscription_id]


def route_filter_groups(subscription_id: str) -> set[str]:
    """The resource groups they are in, in lower case."""
    return {group.casefold() for subscription, group, *_ in _FILTERS if subscription.id == subscription_id}


def _document(subscription: Subscription, group: str, name: str, region: str, communities: list[str]) -> Document:
    resource_id = f"/subscriptions/{subscription.id}/resourceGroups/{group}/providers/{TYPE}/{name}"
    rules = [_rule(resource_id, name, communities)] if communities else []
    return {
        "name": name,
        "id": resource_id,
        "etag": etag(chance_of("route filter", name)),
        "type": TYPE,
        "location": region,
        "properties": {"provisioningState": "Succeeded", "rules": rules, "peerings": [], "ipv6Peerings": []},
    }


def _rule(filter_id: str, filter_name: str, communities: list[str]) -> dict[str, Any]:
    name = "allow-communities"
    return {
        "name": name,
        "id": f"{filter_id}/{RULE_TYPE}/{name}",
        "etag": etag(chance_of("route filter", filter_name)),
        "type": f"{TYPE}/{RULE_TYPE}",
        "properties": {
            "provisioningState": "Succeeded",
            "access": "Allow",
            "routeFilterRuleType": "Community",
            "communities": communities,
        },
    }
