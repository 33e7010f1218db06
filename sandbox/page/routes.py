"""The addresses of the page. A form is answered with a 303 to its page and a notice, or with the page and why not."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.types import Scope

from sandbox import playing
from sandbox.guard import reason_to_refuse_host, reason_to_refuse_sender
from sandbox.page.asked import show_requests
from sandbox.page.azure import show_azure
from sandbox.page.circuit import show_circuit, show_missing
from sandbox.page.customer import do_to_circuit
from sandbox.page.forms import DO, Refusal, read_form
from sandbox.page.home import read_order_form, show_home
from sandbox.page.layout import AZURE, CIRCUITS, HOME, page
from sandbox.page.markup import tag
from sandbox.page.weather import do_to_azure
from sandbox.refused import RefusedError
from sandbox.world import World

Handler = Callable[[Request], Awaitable[Response]]
_STYLE = (Path(__file__).parent / "style.css").read_bytes()


class BrowserRoute(Route):
    """A route for who wants HTML: to a program this address is what it always was."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Not at all, unless the request asks for HTML."""
        is_asked = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        return super().matches(scope) if is_asked else (Match.NONE, {})


class Page:
    """Answers at `/_sandbox/` for browsers, and below `/_sandbox/page/`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BrowserRoute | Mount]:
        """The addresses, each without the controls' own."""
        inner = [
            Route("/circuits", self._guarded(self.circuits), methods=["GET", "POST"]),
            Route("/circuits/{service_key}", self._guarded(self.circuit), methods=["GET", "POST"]),
            Route("/azure", self._guarded(self.azure), methods=["GET", "POST"]),
            Route("/requests", self._guarded(self.requests), methods=["GET"]),
            Route("/style.css", self.style, methods=["GET"]),
            Route("/{path:path}", self._guarded(self.elsewhere), methods=["GET", "POST"]),
        ]
        return [BrowserRoute("/", self._guarded(self.circuits), methods=["GET"]), Mount("/page", routes=inner)]

    async def circuits(self, request: Request) -> Response:
        """The list; or a customer orders a circuit."""
        if request.method != "POST":
            return show_home(self._world, request.query_params)
        typed = await read_form(request)
        try:
            document = playing.order_circuit(self._world, read_order_form(typed))
        except RefusedError as error:
            return show_home(self._world, {}, Refusal("order", typed, str(error)))
        return _back(f"{CIRCUITS}/{document['name']}", "ordered")

    async def circuit(self, request: Request) -> Response:
        """One circuit; or what its customer or the network does to it."""
        service_key: str = request.path_params["service_key"]
        document = self._world.estate.find(service_key)
        if document is None:
            return show_missing(service_key)
        if request.method != "POST":
            return show_circuit(self._world, document, request.query_params)
        typed = await read_form(request)
        do = typed.pop(DO, "")
        try:
            done = do_to_circuit(self._world, document, do, typed)
        except RefusedError as error:
            return show_circuit(self._world, document, {}, Refusal(do, typed, str(error)))
        return _back(HOME if done == "deleted" else f"{CIRCUITS}/{document['name']}", done)

    async def azure(self, request: Request) -> Response:
        """How Azure is; or how it shall be."""
        if request.method != "POST":
            return show_azure(self._world, request.query_params)
        typed = await read_form(request)
        do = typed.pop(DO, "")
        try:
            done = do_to_azure(self._world, do, typed)
        except RefusedError as error:
            return show_azure(self._world, {}, Refusal(do, typed, str(error)))
        return _back(AZURE, done)

    async def requests(self, request: Request) -> Response:
        """What was asked of Azure."""
        return show_requests(self._world)

    async def style(self, request: Request) -> Response:
        """The look of it all."""
        return Response(_STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})

    async def elsewhere(self, request: Request) -> Response:
        """No page."""
        return page("No such page", tag("p", tag("a", "To the circuits", href=HOME)), status=404)

    def _guarded(self, handler: Handler) -> Handler:
        async def handle(request: Request) -> Response:
            host = reason_to_refuse_host(request.headers, self._world.settings)
            reason = host or reason_to_refuse_sender(request.method, request.headers)
            if reason is None:
                return await handler(request)
            return page("Refused", tag("p", reason), status=403)

        return handle


def _back(address: str, done: str) -> Response:
    return RedirectResponse(f"{address}?done={done}", status_code=303, headers={"Cache-Control": "no-store"})
