"""Requests as a server hands them over: bytes in, bytes out, with our token and past nothing that guards the portal."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.handler import Handler

TOKEN = "t" * 32
HOST = "localhost:8000"
Header = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """A request; ``target`` is ASCII as on the wire, ``headers`` are latin-1; ``is_anybody`` without a session."""

    method: str
    target: str
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    is_anybody: bool = False

    def __repr__(self) -> str:
        """Short enough for a failure to be read."""
        shown = [f"{self.method} {self.target[:600]!r}", *(f"{name}: {value[:200]!r}" for name, value in self.headers)]
        return f"<{'; '.join(shown)}; {self.body[:1500]!r} ({len(self.body)} bytes)>"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """For Hypothesis, which would print all of it."""
        printer.text(repr(self))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """Every answer of the portal is UTF-8."""
        return self.body.decode()

    @property
    def is_html(self) -> bool:
        """Whether a browser would show it as a page."""
        return str(self.headers["Content-Type"]).startswith("text/html")


def ask(asked: Asked, *, session: str = "") -> Answer:
    """The portal's answer to a request from the browser that holds this session."""
    told: dict[str, Any] = {"headers": Message()}

    def start(status: str, headers: Iterable[Header], _error: object = None, /) -> Callable[[bytes], object]:
        told["status"] = int(status.split(maxsplit=1)[0])
        for name, value in headers:
            told["headers"][name] = value
        return lambda data: data

    with _open_connections():
        response = _application()(_environ(asked, session), start)
        try:
            body = b"".join(response)
        finally:
            response.close()
    return Answer(told["status"], told["headers"], body)


@contextmanager
def _open_connections() -> Iterator[None]:
    """A server gives its thread a new one when the old one is of age; the tests' transaction is on this one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@cache
def _application() -> Handler:
    return Handler()


def in_words(status: int) -> str:
    """For a failure to be read."""
    return f"{status} {HTTPStatus(status).phrase}" if status in {*HTTPStatus} else str(status)


def _environ(asked: Asked, session: str) -> dict[str, Any]:
    path, _, query = asked.target.partition("?")
    cookies = f"csrf={TOKEN}" if asked.is_anybody else f"csrf={TOKEN}; session={session}"
    headers = {"Host": HOST, "Cookie": cookies, "X-CSRFToken": TOKEN, **dict(asked.headers)}
    return {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        # As gunicorn and every other server gives it: the bytes of the path, each as a character.
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(asked.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{_name(name): value for name, value in headers.items()},
    }


def _name(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
