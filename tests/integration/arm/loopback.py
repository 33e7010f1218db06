"""Servers on this machine that answer as a test wants, byte by byte if need be."""

import contextlib
import json
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast

_LONGEST_WAIT_SECONDS = 20
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


Script = Callable[[socket.socket, threading.Event], None]


@dataclass
class Loopback:
    """An HTTPS server that plays its scripts one after another and the last one for ever."""

    port: int
    scripts: list[Script] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def plays(self, *scripts: Script) -> None:
        self.scripts = list(scripts)

    def next_script(self) -> Script:
        return self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]


@contextmanager
def https_server(tls: ssl.SSLContext | None) -> Iterator[Loopback]:
    """A running server; without ``tls`` it takes the connection and never shakes hands."""
    over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            state.connections += 1
            # A client that hangs up, or does not trust us, is part of the test.
            with contextlib.suppress(OSError):
                _converse(self.request, tls, state, over)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        state = Loopback(cast(tuple[str, int], server.server_address)[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:  # a thread that is left over would keep a failed run from ending
            over.set()
            server.shutdown()
            thread.join()


def _converse(plain: socket.socket, tls: ssl.SSLContext | None, state: Loopback, over: threading.Event) -> None:
    if tls is None:
        plain.recv(1, socket.MSG_PEEK)  # the client has begun to speak, so it has connected for certain
        state.next_script()(plain, over)
        return
    with tls.wrap_socket(plain, server_side=True) as wire:
        state.asked.append(_request_from(wire))
        state.next_script()(wire, over)


def _request_from(wire: socket.socket) -> Asked:
    received = b""
    while _HEAD_END not in received:
        received += _next_of(wire)
    head, _, body = received.partition(_HEAD_END)
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += _next_of(wire)
    return Asked(method=first.split()[0], target=first.split()[1], headers=headers, body=body)


def _next_of(wire: socket.socket) -> bytes:
    if chunk := wire.recv(65536):
        return chunk
    raise ConnectionError


def reply(body: object, /, **headers: str) -> Script:
    """A whole answer of 200."""
    return reply_with(200, body, **headers)


def reply_with(status: int, body: object, /, **headers: str) -> Script:
    """A whole answer: ``body`` as JSON, or as it is when it is bytes; header names with _ for -."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return sends(head(status, Content_Length=str(len(content)), **headers) + content)


def head(status: int, /, **headers: str) -> bytes:
    """Status line and headers, without a length unless it is given."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + _HEAD_END


def sends(data: bytes) -> Script:
    """Just these bytes, then the connection is closed."""

    def script(wire: socket.socket, _over: threading.Event) -> None:
        wire.sendall(data)

    return script


def sends_then_waits(data: bytes) -> Script:
    """These bytes, then nothing until the test is over."""

    def script(wire: socket.socket, over: threading.Event) -> None:
        wire.sendall(data)
        over.wait(_LONGEST_WAIT_SECONDS)

    return script


def trickles(data: bytes, *, every_seconds: float) -> Script:
    """One byte after another, slowly."""

    def script(wire: socket.socket, over: threading.Event) -> None:
        for byte in data:
            wire.sendall(bytes([byte]))
            if over.wait(every_seconds):
                return

    return script


def resets_after(data: bytes) -> Script:
    """These bytes, then a TCP reset."""

    def script(wire: socket.socket, over: threading.Event) -> None:
        if data:
            wire.sendall(data)
            over.wait(0.1)  # a reset takes with it what the other side has not read yet
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.socket.close(wire)

    return script


def tunnels(seen: list[bytes]) -> Script:
    """What a forward proxy does: CONNECT, to this machine only; ``seen`` gets all that it can read."""

    def script(wire: socket.socket, _over: threading.Event) -> None:
        seen.append(wire.recv(65536))
        port = int(seen[0].split()[1].rpartition(b":")[2])
        wire.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = threading.Thread(target=_pump, args=(far, wire, seen))
            back.start()
            _pump(wire, far, seen)
            back.join()

    return script


def _pump(source: socket.socket, sink: socket.socket, seen: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            seen.append(data)
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
