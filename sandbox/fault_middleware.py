"""Lets requests suffer the faults that wait for them, whatever would have answered."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.fault_answers import told_answer
from sandbox.faults import AFTER, BEFORE, REQUEST_FAULTS, Fault
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
        elif fault.kind in _OWN_WAYS:
            await _OWN_WAYS[fault.kind](fault, self._app, scope, receive, send)
        else:
            await self._suffer(fault, scope, receive, send)

    async def _suffer(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Without any effect, or, to who waits for the answer, as if there was none."""
        if fault.when == AFTER:
            await _answered(self._app, scope, receive)
        if fault.kind == "status":
            await told_answer(fault, scope, self._world)(scope, receive, send)
        elif fault.kind == "reset":
            await _reset(scope, receive)
        else:
            await Response(_NO_JSON, media_type=JsonAnswer.media_type)(scope, receive, send)

    def _find(self, scope: Scope) -> Fault | None:
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox"):
            return None
        return self._world.faults.take(scope["method"], scope["path"], REQUEST_FAULTS)


async def _delay(fault: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The request takes effect at once or late, and its answer is late: who stopped waiting does not know of it."""
    if fault.when == BEFORE:
        await asyncio.sleep(fault.seconds)
    messages = await _answered(app, scope, receive)
    if fault.when == AFTER:
        await asyncio.sleep(fault.seconds)
    for message in messages:
        await send(message)


async def _reset(scope: Scope, receive: Receive) -> None:
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


# The answer of the application is part of what these do.
_OWN_WAYS: dict[str, _Suffer] = {"delay": _delay, "truncate": _truncate}
