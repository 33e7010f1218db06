"""What was asked of the sandbox, so that a test can tell what a portal did and did not do."""

import sys
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.secrets_hidden import hide_in_body, hide_in_headers

_KEPT = 100_000


class RequestLog:
    """The last requests, numbered from 1 on in the order they arrived."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._count = 0

    def after(self, number: int) -> list[dict[str, Any]]:
        """The kept requests above a number; one that is still being answered has no status yet."""
        first = self._count - len(self._entries) + 1
        # islice takes no number above sys.maxsize; above the last one there is nothing anyway.
        return list(islice(self._entries, max(0, min(number, self._count) + 1 - first), None))

    def last(self, most: int) -> list[dict[str, Any]]:
        """The newest of them, newest first."""
        return list(islice(reversed(self._entries), most))

    def add(self, scope: Scope, body: bytes) -> dict[str, Any]:
        """Note a request as it arrives; the status follows."""
        self._count += 1
        headers = _readable_headers(scope)
        entry = {
            "number": self._count,
            "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "method": scope["method"],
            "path": scope["path"],
            "query": scope["query_string"].decode("latin-1"),
            "status": None,
            "headers": headers,
            "body": hide_in_body(headers.get("content-type", ""), body),
        }
        self._entries.append(entry)
        return entry


class RecordingMiddleware:
    """Notes each request before the application sees it, but for the sandbox's own controls."""

    def __init__(self, app: ASGIApp, log: RequestLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox"):
            await self._app(scope, receive, send)
            return
        body = await _read_body(receive)
        entry = self._log.add(scope, body)

        async def note_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
            await send(message)

        await self._app(scope, _replay(body, receive), note_status)


async def _read_body(receive: Receive) -> bytes:
    chunks = []
    message: Message = {"more_body": True}
    while message.get("more_body"):
        message = await receive()
        chunks.append(message.get("body", b""))
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    unread = [body]

    async def replay() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return replay


def _readable_headers(scope: Scope) -> dict[str, str]:
    told = hide_in_headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    # A hundred thousand requests repeat the same few values: one copy of each is enough.
    return {sys.intern(name): sys.intern(value) for name, value in told.items()}
