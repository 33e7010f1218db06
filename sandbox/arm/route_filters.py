"""What Azure answers about route filters and their rules."""

from typing import Any

from sandbox.arm.errors import child_not_found, resource_not_found
from sandbox.arm.groups import check_group
from sandbox.arm.question import Question
from sandbox.estate.documents import Document
from sandbox.estate.route_filters import RULE_TYPE, TYPE, route_filters


def list_route_filters(question: Question) -> dict[str, Any]:
    """RouteFilters_List."""
    return {"value": route_filters(question.subscription_id)}


def list_route_filters_of_group(question: Question) -> dict[str, Any]:
    """RouteFilters_ListByResourceGroup."""
    return {"value": _of_group(question, check_group(question))}


def get_route_filter(question: Question) -> Document:
    """RouteFilters_Get."""
    group, name = check_group(question), question.words["name"]
    for one in _of_group(question, group):
        if one["name"].casefold() == name.casefold():
            return one
    raise resource_not_found(TYPE, name, group)


def list_rules(question: Question) -> dict[str, Any]:
    """RouteFilterRules_ListByRouteFilter."""
    return {"value": get_route_filter(question)["properties"]["rules"]}


def get_rule(question: Question) -> Document:
    """RouteFilterRules_Get."""
    route_filter, wanted = get_route_filter(question), question.words["rule"]
    for rule in route_filter["properties"]["rules"]:
        if rule["name"].casefold() == wanted.casefold():
            found: Document = rule
            return found
    raise child_not_found(f"{route_filter['id']}/{RULE_TYPE}/{wanted}")


def _of_group(question: Question, group: str) -> list[Document]:
    place = f"{question.subscription_path}/resourceGroups/{group}/".casefold()
    return [one for one in route_filters(question.subscription_id) if one["id"].casefold().startswith(place)]
