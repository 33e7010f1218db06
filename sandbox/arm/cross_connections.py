"""What Azure answers about cross connections and their peerings."""

from typing import Any

from sandbox.arm.errors import child_not_found, cross_connection_not_found
from sandbox.arm.filters import read_name_filter, refuse_filter
from sandbox.arm.groups import check_group
from sandbox.arm.paging import list_page
from sandbox.arm.question import Question
from sandbox.arm.render import render_listed, render_peering, render_whole
from sandbox.estate.documents import Document


def list_cross_connections(question: Question) -> dict[str, Any]:
    """ExpressRouteCrossConnections_List."""
    name = read_name_filter(question)
    if name is None:
        return list_page(question)
    document = question.world.estate.find(name)
    is_here = document is not None and document["id"].startswith(f"{question.subscription_path}/")
    return {"value": [render_listed(document, question.version)] if document is not None and is_here else []}


def list_of_group(question: Question) -> dict[str, Any]:
    """ExpressRouteCrossConnections_ListByResourceGroup.

    The specification has no `$filter` here. Not documented: what Azure makes of one; it is refused, not ignored.
    """
    check_group(question)
    refuse_filter(question)
    return list_page(question)


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
    group, name = check_group(question), question.words["name"]
    document = question.world.estate.find(name)
    place = f"{question.subscription_path}/resourceGroups/{group}/".casefold()
    if document is None or not document["id"].casefold().startswith(place):
        raise cross_connection_not_found(name, group)
    return document
