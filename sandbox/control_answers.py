"""How the controls read and answer."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.json_answer import JsonAnswer
from sandbox.refused import RefusedError

Handler = Callable[[Request], Awaitable[Response]]


async def read_json(request: Request) -> object:
    """The body; raises RefusedError where it is not JSON."""
    try:
        body: object = await request.json()
        # Half a surrogate pair is JSON to Python and nothing that an answer or a file could hold.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # also a number or a nesting too large for Python
        raise RefusedError("The body is not JSON.") from None
    return body


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
