"""What the sandbox lets a test or a drill do: order, edit and delete as the customer, look at requests, start over."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from sandbox import playing
from sandbox.control_answers import Elsewhere, SameSite, read_json, refuse, refusing
from sandbox.control_network import Network
from sandbox.control_weather import Weather
from sandbox.json_answer import JsonAnswer
from sandbox.page.routes import Page
from sandbox.world import World


class Control:
    """Answers below `/_sandbox/`; these requests are not part of the request log."""

    def __init__(self, world: World) -> None:
        self._world = world

    def mount(self) -> Mount:
        """The paths of the controls."""
        routes = [
            Route("/circuits", refusing(self.order), methods=["POST"]),
            Route("/circuits/{service_key}", self.delete, methods=["DELETE"]),
            Route("/circuits/{service_key}", refusing(self.edit), methods=["PATCH"]),
            Route("/requests", self.list_requests, methods=["GET"]),
            Route("/reset", self.reset, methods=["POST"]),
            *Weather(self._world).routes(),
            *Network(self._world).routes(),
        ]
        all_of_them = [*Page(self._world).routes(), *routes, Route("/{path:path}", Elsewhere(routes))]
        return Mount("/_sandbox", routes=all_of_them, middleware=[Middleware(SameSite)])

    async def order(self, request: Request) -> Response:
        """A customer orders a circuit."""
        document = playing.order_circuit(self._world, await read_json(request))
        return JsonAnswer({"service_key": document["name"], "id": document["id"]}, status_code=201)

    async def delete(self, request: Request) -> Response:
        """The customer deletes the circuit."""
        service_key: str = request.path_params["service_key"]
        if not self._world.estate.delete(service_key):
            return refuse(404, f"There is no circuit {service_key!r}.")
        return JsonAnswer({"service_key": service_key.casefold()})

    async def edit(self, request: Request) -> Response:
        """The customer raises the bandwidth or edits peerings."""
        body = await read_json(request)
        document = self._world.estate.find(request.path_params["service_key"])
        if document is None:
            return refuse(404, f"There is no circuit {request.path_params['service_key']!r}.")
        playing.edit_circuit(self._world, document, body)
        return JsonAnswer({"service_key": document["name"], "id": document["id"]})

    async def list_requests(self, request: Request) -> Response:
        """What was asked, above a number."""
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) < 20):
            return refuse(400, "after takes the number of a request.")
        return JsonAnswer({"requests": self._world.requests.after(int(after))})

    async def reset(self, request: Request) -> Response:
        """Back to what the seed made, on a healthy day."""
        playing.reset(self._world)
        return JsonAnswer({"circuits": "as the seed made them"})
