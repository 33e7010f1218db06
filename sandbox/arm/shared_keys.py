"""Shared keys of peerings in answers: Azure's published trace echoes one, and by a switch so do these."""

from sandbox.estate.documents import Document
from sandbox.world import World


def with_keys(document: Document, keys: dict[str, str], world: World) -> Document:
    """The cross connection, its peerings with their keys where a switch wants them shown."""
    if not keys or not world.behaviour.shared_key_echoed:
        return document
    peerings = [_with_key(peering, keys) for peering in document["properties"]["peerings"]]
    return {**document, "properties": {**document["properties"], "peerings": peerings}}


def _with_key(peering: Document, keys: dict[str, str]) -> Document:
    key = keys.get(peering["name"])
    return {**peering, "properties": {**peering["properties"], "sharedKey": key}} if key else peering
