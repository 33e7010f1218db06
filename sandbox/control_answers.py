"""How the controls read and answer."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.guard import reason_to_refuse_sender
from sandbox.json_answer import JsonAnswer
from sandbox.json_bodies import parse_json
from sandbox.refused import RefusedError

Handler = Callable[[Request], Awaitable[Response]]


async def read_json(request: Request) -> object:
    """The body; raises RefusedError where it is not JSON."""
    try:
        return parse_json(await request.body())
    except ValueError:
        raise RefusedError("The body is not JSON.") from None


def refuse(status: int, sentence: str) -> Response:
    """A refusal in words."""
    return JsonAnswer({"error": sentence}, status_code=status)


def refusing(handler: Handler) -> Handler:
    """A handler whose RefusedError is told as a 400."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except RefusedError as error:
            return refuse(400, str(error))

    return handle


class SameSite:
    """Refuses what a browser sends from a page of another site; the sandbox's own page says so itself, in HTML."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """403, and nothing is done; a script has no Origin."""
        reason = reason_to_refuse_sender(scope["method"], Headers(scope=scope))
        is_pages = scope["path"].startswith("/_sandbox/page/")
        answer = self._app if reason is None or is_pages else refuse(403, reason)
        await answer(scope, receive, send)


class Elsewhere:
    """Answers for the paths and methods that no control has: last of the routes, and an application for any method."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """405 where another method would do, or else 404."""
        await self._refuse(Request(scope))(scope, receive, send)

    def _refuse(self, request: Request) -> Response:
        path = f"/{request.path_params['path']}"
        here = [route for route in self._routes if route.path_regex.match(path)]
        if not here:
            return refuse(404, f"There is no control {path.removeprefix('/')!a}.")
        allowed = ", ".join(sorted({method for route in here for method in route.methods or ()}))
        answer = refuse(405, f"This control does not take {request.method}, but {allowed}.")
        answer.headers["Allow"] = allowed
        return answer
