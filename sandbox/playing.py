"""What can be done to circuits, to the network and to Azure: the same by the JSON controls and by the page."""

import time
from dataclasses import dataclass
from typing import Any

from sandbox.estate.conditions import CONDITIONS, MOST_ROUTES, PATHS, PEERING_TYPES
from sandbox.estate.documents import Document
from sandbox.estate.edits import edited, edited_keys
from sandbox.estate.orders import place_order, read_order
from sandbox.faults import read_fault
from sandbox.network.health import health_of
from sandbox.reading import read_fields, read_whole, read_word
from sandbox.refused import RefusedError
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Leg:
    """A path of a peering, and the condition or the count of routes that it shall have; no peering is all of them."""

    peering: str | None
    path: str
    condition: str = ""
    count: int = 0


def order_circuit(world: World, body: object) -> Document:
    """A customer orders a circuit; raises RefusedError."""
    return place_order(world.estate, read_order(body))


def edit_circuit(world: World, document: Document, body: object) -> None:
    """The customer raises the bandwidth or edits peerings; raises RefusedError."""
    after = edited(document, body, moves_etag=world.behaviour.peering_edit_moves_etag)
    edit: Any = body  # what `edited` takes is an object
    world.estate.replace(after, edited_keys(world.estate.shared_keys(document["name"]), edit))


def read_condition(body: object) -> Leg:
    """Which condition where; raises RefusedError."""
    fields = read_fields(body, "A condition", ("peering", "path", "condition"))
    peering = read_word(fields, "peering", PEERING_TYPES)
    return Leg(peering, _required(fields, "path", PATHS), _required(fields, "condition", CONDITIONS))


def set_condition(world: World, document: Document, leg: Leg) -> None:
    """The network does this from now on; without a peering, to all that the circuit has and may yet get."""
    for one in [leg.peering] if leg.peering else PEERING_TYPES:
        world.estate.conditions.set_condition(document["name"], one, leg.path, leg.condition, time.time())


def read_count(body: object) -> Leg:
    """How many routes where; raises RefusedError."""
    fields = read_fields(body, "A count of routes", ("peering", "path", "count"))
    peering, path = _required(fields, "peering", PEERING_TYPES), _required(fields, "path", PATHS)
    count = read_whole(fields, "count", least=0, most=MOST_ROUTES)
    if count is None:
        raise RefusedError(f"A count of routes needs count: a whole number from 0 to {MOST_ROUTES}.")
    return Leg(peering, path, count=count)


def set_count(world: World, document: Document, leg: Leg) -> None:
    """The edge announces as many routes."""
    world.estate.conditions.set_count(document["name"], leg.peering or "", leg.path, leg.count)


def list_conditions(world: World, document: Document) -> list[dict[str, Any]]:
    """Each path of each peering: its condition, and how many routes there are where nothing is wrong."""
    names = [one["name"] for one in document["properties"]["peerings"]]
    return [_entry(world, document["name"], peering, path) for peering in names for path in PATHS]


def add_fault(world: World, body: object) -> None:
    """The next matching requests shall suffer it; raises RefusedError."""
    world.faults.add(read_fault(body))


def change_behaviour(world: World, change: object) -> None:
    """Azure is like this from now on; raises RefusedError."""
    world.behaviour.change(change)
    if isinstance(change, dict) and "quota" in change:
        world.quota.refill()
    if isinstance(change, dict) and "unregistered" in change:
        world.registered.clear()


def reset(world: World) -> None:
    """Back to what the seed made, on a healthy day."""
    world.estate.reset()
    world.operations.clear()
    world.faults.clear()
    world.behaviour.reset()
    world.quota.refill()
    world.registered.clear()


def _entry(world: World, service_key: str, peering: str, path: str) -> dict[str, Any]:
    health = health_of(world.estate, service_key, peering, path)
    return {"peering": peering, "path": path, "condition": health.condition, "routes": health.count}


def _required(fields: dict[str, Any], name: str, words: tuple[str, ...]) -> str:
    word = read_word(fields, name, words)
    if word is None:
        raise RefusedError(f"{name} is missing: it is one of {', '.join(words)}.")
    return word
