"""What the forms of a circuit's page do: each as the control of the same name."""

from collections.abc import Callable, Mapping

from sandbox import playing
from sandbox.estate.conditions import PATHS
from sandbox.estate.documents import Document
from sandbox.page.circuit import reason_not_to_delete
from sandbox.page.forms import number
from sandbox.page.network import read_condition_form, read_routes_form
from sandbox.page.peerings import read_peering_form
from sandbox.refused import RefusedError
from sandbox.world import World

# Returns the word of the notice.
Deed = Callable[[World, Document, str, Mapping[str, str]], str]


def do_to_circuit(world: World, document: Document, do: str, typed: Mapping[str, str]) -> str:
    """What a form says, such as "edit MicrosoftPeering"; returns the word of the notice, raises RefusedError."""
    word, _, what = do.partition(" ")
    if word not in _DEEDS:
        raise RefusedError("There is no such form on this page.")
    return _DEEDS[word](world, document, what, typed)


def _raise(world: World, document: Document, _: str, typed: Mapping[str, str]) -> str:
    playing.edit_circuit(world, document, {"bandwidth_mbps": number(typed.get("bandwidth_mbps", ""))})
    return "raised"


def _edit(world: World, document: Document, peering: str, typed: Mapping[str, str]) -> str:
    facts = read_peering_form(document, peering, typed)
    playing.edit_circuit(world, document, {"peerings": {peering: facts}})
    return "edited"


def _remove(world: World, document: Document, peering: str, _: Mapping[str, str]) -> str:
    playing.edit_circuit(world, document, {"peerings": {peering: None}})
    return "removed"


def _delete(world: World, document: Document, *_: object) -> str:
    reason = reason_not_to_delete(document)
    if reason:
        raise RefusedError(reason)
    world.estate.delete(document["name"])
    return "deleted"


def _condition(world: World, document: Document, _: str, typed: Mapping[str, str]) -> str:
    for leg in [playing.read_condition(one) for one in read_condition_form(typed)]:
        playing.set_condition(world, document, leg)
    return "condition"


def _heal(world: World, document: Document, *_: object) -> str:
    for path in PATHS:
        playing.set_condition(world, document, playing.read_condition({"path": path, "condition": "healthy"}))
    return "healthy"


def _routes(world: World, document: Document, _: str, typed: Mapping[str, str]) -> str:
    for leg in [playing.read_count(one) for one in read_routes_form(typed)]:
        playing.set_count(world, document, leg)
    return "routes"


_DEEDS: dict[str, Deed] = {
    "raise": _raise,
    "edit": _edit,
    "remove": _remove,
    "delete": _delete,
    "condition": _condition,
    "heal": _heal,
    "routes": _routes,
}
