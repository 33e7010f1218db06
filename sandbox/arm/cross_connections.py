"""What Azure answers about cross connections and their peerings."""

from typing import Any

from sandbox.arm.errors import child_not_found, cross_connection_not_found
from sandbox.arm.filters import read_name_filter, refuse_filter
from sandbox.arm.groups import check_group
from sandbox.arm.paging import list_page
from sandbox.arm.question import Question
from sandbox.arm.render import render_listed, render_whole
from sandbox.arm.shared_keys import with_keys
from sandbox.estate.documents import Document
from sandbox.estate.one_peering import peering_of


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
    return shown(question, find_cross_connection(question))


def list_peerings(question: Question) -> dict[str, Any]:
    """ExpressRouteCrossConnectionPeerings_List."""
    return {"value": get_cross_connection(question)["properties"]["peerings"]}


def get_peering(question: Question) -> Document:
    """ExpressRouteCrossConnectionPeerings_Get."""
    return find_peering(get_cross_connection(question), question.words["peering"])


def show(question: Question, service_key: str) -> Document | None:
    """The cross connection of that service key as it is now; None where the customer has deleted it."""
    document = question.world.estate.find(service_key)
    return shown(question, document) if document else None


def shown(question: Question, document: Document) -> Document:
    """A cross connection as it is, in words of the api-version."""
    keys = question.world.estate.shared_keys(document["name"])
    return render_whole(with_keys(document, keys, question.world), question.version)


def find_peering(document: Document, name: str) -> Document:
    """The peering of that name, in any case; raises the provider's 404."""
    peering = peering_of(document, name)
    if peering is None:
        raise child_not_found(f"{document['id']}/peerings/{name}")
    return peering


def find_cross_connection(question: Question) -> Document:
    """The one that the path names; raises the gateway's 404 where it, or its resource group, is not there."""
    group, name = check_group(question), question.words["name"]
    document = question.world.estate.find(name)
    place = f"{question.subscription_path}/resourceGroups/{group}/".casefold()
    if document is None or not document["id"].casefold().startswith(place):
        raise cross_connection_not_found(name, group)
    return document
