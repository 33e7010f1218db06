"""Which path asks for what. Azure compares every word of a path in any case, so Starlette's router will not do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.arm.errors import child_not_found, cross_connection_not_found, resource_group_not_found
from sandbox.arm.paging import list_page
from sandbox.arm.render import render_peering, render_whole
from sandbox.estate.documents import Document
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose token and version are good, to a subscription that exists."""

    world: World
    subscription_id: str
    version: str
    skip_token: str | None
    words: dict[str, str]


def list_cross_connections(question: Question) -> dict[str, Any]:
    """ExpressRouteCrossConnections_List."""
    return list_page(question.world, question.subscription_id, question.version, question.skip_token)


def get_cross_connection(question: Question) -> Document:
    """ExpressRouteCrossConnections_Get."""
    return render_whole(_find(question), question.version)


def list_peerings(question: Question) -> dict[str, Any]:
    """ExpressRouteCrossConnectionPeerings_List."""
    return {"value": get_cross_connection(question)["properties"]["peerings"]}


def get_peering(question: Question) -> Document:
    """ExpressRouteCrossConnectionPeerings_Get."""
    document, wanted = _find(question), question.words["peering"]
    for peering in document["properties"]["peerings"]:
        if peering["name"].casefold() == wanted.casefold():
            return render_peering(peering, question.version)
    raise child_not_found(f"{document['id']}/peerings/{wanted}")


def _find(question: Question) -> Document:
    group, name = question.words["group"], question.words["name"]
    if not question.world.estate.has_group(question.subscription_id, group):
        raise resource_group_not_found(group)
    document = question.world.estate.find(name)
    place = f"/subscriptions/{question.subscription_id}/resourceGroups/{group}/".casefold()
    if document is None or not document["id"].casefold().startswith(place):
        raise cross_connection_not_found(name, group)
    return document


Answerer = Callable[[Question], dict[str, Any]]

_TYPE = r"/providers/Microsoft\.Network/expressRouteCrossConnections"
_ONE = rf"/resourceGroups/(?P<group>[^/]+){_TYPE}/(?P<name>[^/]+)"
_ROUTES: list[tuple[str, re.Pattern[str], Answerer]] = [
    (method, re.compile(pattern, re.IGNORECASE), answerer)
    for method, pattern, answerer in (
        ("GET", _TYPE, list_cross_connections),
        ("GET", _ONE, get_cross_connection),
        ("GET", rf"{_ONE}/peerings", list_peerings),
        ("GET", rf"{_ONE}/peerings/(?P<peering>[^/]+)", get_peering),
    )
]


def find_answerers(path: str) -> dict[str, tuple[Answerer, dict[str, str]]]:
    """Who answers to the part of a path behind the subscription, by method; nobody is an InvalidResourceType."""
    matched = ((method, answerer, pattern.fullmatch(path)) for method, pattern, answerer in _ROUTES)
    return {method: (answerer, match.groupdict()) for method, answerer, match in matched if match}
