"""A cross connection while one peering of it is written or deleted, which the peering's own operations do."""

import copy
from dataclasses import dataclass
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag
from sandbox.estate.replacing import Replacement, key_after
from sandbox.estate.written_peerings import under_way, written_peering


@dataclass(frozen=True, slots=True)
class Parent:
    """What the cross connection itself shows of it: another etag, and that it is Updating."""

    moves_etag: bool
    is_updating: bool


def peering_of(document: Document, name: str) -> Document | None:
    """The peering of that name, in any case; None where there is none."""
    peerings: list[Document] = document["properties"]["peerings"]
    return next((one for one in peerings if one["name"].casefold() == name.casefold()), None)


def with_written(
    document: Document, keys: dict[str, str], name: str, sent: dict[str, Any], parent: Parent, *, keeps_key: bool
) -> Replacement:
    """The peering is Updating, Disabled and without an etag until the operation ends."""
    peering = written_peering(document, peering_of(document, name), name, sent)
    key = key_after(keys.get(name, ""), sent, keeps=keeps_key)
    new_keys = {**{one: value for one, value in keys.items() if one != name}, **({name: key} if key else {})}
    states = {name: peering["properties"]["state"]}
    return Replacement(_with(document, under_way(peering), parent), new_keys, [name], of_peering=True, states=states)


def with_deleting(document: Document, keys: dict[str, str], peering: Document, parent: Parent) -> Replacement:
    """The peering is there, Deleting, until the operation ends."""
    leaving = {**peering, "properties": {**peering["properties"], "provisioningState": "Deleting"}}
    return Replacement(_with(document, leaving, parent), dict(keys), [peering["name"]], of_peering=True)


def _with(document: Document, peering: Document, parent: Parent) -> Document:
    result = copy.deepcopy(document)
    facts = result["properties"]
    others = [one for one in facts["peerings"] if one["name"] != peering["name"]]
    facts["peerings"] = sorted([*others, peering], key=lambda one: str(one["name"]))
    if parent.moves_etag:
        result["etag"] = new_etag()
    if parent.is_updating:
        facts["provisioningState"] = "Updating"
    return result
