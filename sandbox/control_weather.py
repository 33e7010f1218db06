"""The controls for what goes wrong in Azure, and for how it is."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import playing
from sandbox.control_answers import read_json, refusing
from sandbox.json_answer import JsonAnswer
from sandbox.world import World


class Weather:
    """Answers below `/_sandbox/faults` and `/_sandbox/behaviour`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """The paths, each without the mount's."""
        return [
            Route("/faults", refusing(self.add_fault), methods=["POST"]),
            Route("/faults", self.list_faults, methods=["GET"]),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/behaviour", refusing(self.change_behaviour), methods=["PATCH"]),
            Route("/behaviour", self.describe_behaviour, methods=["GET"]),
        ]

    async def add_fault(self, request: Request) -> Response:
        """The next matching requests shall suffer it."""
        playing.add_fault(self._world, await read_json(request))
        return JsonAnswer(self._left(), status_code=201)

    async def list_faults(self, request: Request) -> Response:
        """What is left."""
        return JsonAnswer(self._left())

    async def clear_faults(self, request: Request) -> Response:
        """No more faults."""
        self._world.faults.clear()
        return JsonAnswer(self._left())

    async def change_behaviour(self, request: Request) -> Response:
        """Azure is like this from now on."""
        playing.change_behaviour(self._world, await read_json(request))
        return await self.describe_behaviour(request)

    async def describe_behaviour(self, request: Request) -> Response:
        """Every switch."""
        return JsonAnswer({"behaviour": self._world.behaviour.described()})

    def _left(self) -> dict[str, object]:
        return {"faults": self._world.faults.listed()}
