"""Lets requests suffer the faults that wait for them, whatever would have answered."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.fault_answers import told_answer
from sandbox.faults import REQUEST_FAULTS, Fault
from sandbox.json_answer import JsonAnswer
from sandbox.world import World

# Where the server leaves the connection for us; see server.py.
TRANSPORT = "sandbox.transport"
_NO_JSON = b'\x00\xff\xfe<html>\r\n<head><title>502 Bad Gateway</title></head>{"value": ['
# Linger on, for no time: closing sends a reset in place of the usual goodbye.
_ABRUPTLY = struct.pack("ii", 1, 0)

_Suffer = Callable[[Fault, ASGIApp, Scope, Receive, Send], Awaitable[None]]


class FaultMiddleware:
    """Stands before the application; the sandbox's own controls never suffer."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or as the fault wants it."""
        fault = self._find(scope)
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind == "status":
            await told_answer(fault, scope, self._world)(scope, receive, send)
        else:
            await _SUFFERING[fault.kind](fault, self._app, scope, receive, send)

    def _find(self, scope: Scope) -> Fault | None:
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox"):
            return None
        return self._world.faults.take(scope["method"], scope["path"], REQUEST_FAULTS)


async def _delay(fault: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The request takes effect at once, and its answer is late: who has stopped waiting does not know that it did."""
    messages = await _answered(app, scope, receive)
    await asyncio.sleep(fault.seconds)
    for message in messages:
        await send(message)


async def _reset(_: Fault, __: ASGIApp, scope: Scope, receive: Receive, ___: Send) -> None:
    transport: asyncio.Transport = scope[TRANSPORT]
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPTLY)
    transport.abort()
    # Whoever returns without an answer is answered for; not so when the client is known to be gone.
    while (await receive())["type"] != "http.disconnect":
        pass


async def _truncate(_: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The headers promise the whole body; returning before the end makes the server close the connection.

    An answer without content has nothing to cut: it comes whole.
    """
    messages = await _answered(app, scope, receive)
    body = b"".join(message.get("body", b"") for message in messages)
    await send(messages[0])
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": bool(body)})


async def _answered(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    return messages


async def _answer_garbage(_: Fault, __: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await Response(_NO_JSON, media_type=JsonAnswer.media_type)(scope, receive, send)


_SUFFERING: dict[str, _Suffer] = {
    "delay": _delay,
    "reset": _reset,
    "truncate": _truncate,
    "garbage": _answer_garbage,
}
