"""The controls for what the network does to circuits."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.control_answers import read_json, refuse, refusing
from sandbox.estate.conditions import CONDITIONS, MOST_ROUTES, PATHS, PEERING_TYPES
from sandbox.estate.documents import Document
from sandbox.json_answer import JsonAnswer
from sandbox.network.health import health_of
from sandbox.reading import read_fields, read_whole, read_word
from sandbox.refused import RefusedError
from sandbox.world import World


class Network:
    """Answers below `/_sandbox/circuits/<service-key>/`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """The paths, each without the mount's."""
        return [
            Route("/circuits/{service_key}/conditions", self.list_conditions, methods=["GET"]),
            Route("/circuits/{service_key}/conditions", refusing(self.set_condition), methods=["POST"]),
            Route("/circuits/{service_key}/routes", refusing(self.set_count), methods=["POST"]),
        ]

    async def list_conditions(self, request: Request) -> Response:
        """Each path of each peering: its condition, and how many routes there are where nothing is wrong."""
        document = self._find(request)
        return self._listed(document) if document else _not_found(request)

    async def set_condition(self, request: Request) -> Response:
        """The network does this from now on; without a peering, to all that the circuit has and may yet get."""
        fields = read_fields(await read_json(request), "A condition", ("peering", "path", "condition"))
        peering = read_word(fields, "peering", PEERING_TYPES)
        path, condition = _required(fields, "path", PATHS), _required(fields, "condition", CONDITIONS)
        document = self._find(request)
        if document is None:
            return _not_found(request)
        for one in [peering] if peering else PEERING_TYPES:
            self._world.estate.conditions.set_condition(document["name"], one, path, condition, time.time())
        return self._listed(document)

    async def set_count(self, request: Request) -> Response:
        """The edge announces as many routes."""
        fields = read_fields(await read_json(request), "A count of routes", ("peering", "path", "count"))
        peering, path = _required(fields, "peering", PEERING_TYPES), _required(fields, "path", PATHS)
        count = read_whole(fields, "count", least=0, most=MOST_ROUTES)
        if count is None:
            raise RefusedError(f"A count of routes needs count: a whole number from 0 to {MOST_ROUTES}.")
        document = self._find(request)
        if document is None:
            return _not_found(request)
        self._world.estate.conditions.set_count(document["name"], peering, path, count)
        return self._listed(document)

    def _find(self, request: Request) -> Document | None:
        return self._world.estate.find(request.path_params["service_key"])

    def _listed(self, document: Document) -> Response:
        peerings = [one["name"] for one in document["properties"]["peerings"]]
        entries = [self._entry(document["name"], peering, path) for peering in peerings for path in PATHS]
        return JsonAnswer({"service_key": document["name"], "conditions": entries})

    def _entry(self, service_key: str, peering: str, path: str) -> dict[str, Any]:
        health = health_of(self._world.estate, service_key, peering, path)
        return {"peering": peering, "path": path, "condition": health.condition, "routes": health.count}


def _required(fields: dict[str, Any], name: str, words: tuple[str, ...]) -> str:
    word = read_word(fields, name, words)
    if word is None:
        raise RefusedError(f"{name} is missing: it is one of {', '.join(words)}.")
    return word


def _not_found(request: Request) -> Response:
    return refuse(404, f"There is no circuit {request.path_params['service_key']!r}.")
