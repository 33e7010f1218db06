"""Shared keys of peerings in answers: Azure's published trace echoes one, and by a switch so do these."""

from sandbox.estate.documents import Document
from sandbox.world import World


def with_keys(document: Document, keys: dict[str, str], world: World) -> Document:
    """The cross connection, its peerings with their keys where a switch wants them shown."""
    if not keys or not world.behaviour.shared_key_echoed:
        return document
    peerings = [with_key(peering, keys, world) for peering in document["properties"]["peerings"]]
    return {**document, "properties": {**document["properties"], "peerings": peerings}}


def with_key(peering: Document, keys: dict[str, str], world: World) -> Document:
    """The peering, with its key where it has one and a switch wants it shown."""
    key = keys.get(peering["name"]) if world.behaviour.shared_key_echoed else None
    return {**peering, "properties": {**peering["properties"], "sharedKey": key}} if key else peering
