"""The controls for what the network does to circuits."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import playing
from sandbox.control_answers import read_json, refuse, refusing
from sandbox.estate.documents import Document
from sandbox.json_answer import JsonAnswer
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
        leg = playing.read_condition(await read_json(request))
        document = self._find(request)
        if document is None:
            return _not_found(request)
        playing.set_condition(self._world, document, leg)
        return self._listed(document)

    async def set_count(self, request: Request) -> Response:
        """The edge announces as many routes."""
        leg = playing.read_count(await read_json(request))
        document = self._find(request)
        if document is None:
            return _not_found(request)
        playing.set_count(self._world, document, leg)
        return self._listed(document)

    def _find(self, request: Request) -> Document | None:
        return self._world.estate.find(request.path_params["service_key"])

    def _listed(self, document: Document) -> Response:
        entries = playing.list_conditions(self._world, document)
        return JsonAnswer({"service_key": document["name"], "conditions": entries})


def _not_found(request: Request) -> Response:
    return refuse(404, f"There is no circuit {request.path_params['service_key']!r}.")
