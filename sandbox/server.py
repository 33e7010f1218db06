"""One process, one loop, two listeners: HTTPS for programs, plain HTTP one port above for people."""

import asyncio
import contextlib
import logging
import signal
import socket
import ssl
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.applications import https_application, people_application
from sandbox.certificates import load_authority, server_context
from sandbox.fault_middleware import TRANSPORT
from sandbox.manifest import manifest_path, write_manifest
from sandbox.settings import Settings
from sandbox.world import World, load_world

_LOG = logging.getLogger("sandbox")


class _Server(uvicorn.Server):
    """A server that leaves the signals to us: there are two of them, and they end with exit code 0."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(H11Protocol):
    """HTTP that hands the application its connection: a fault may have to reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Each connection has a protocol, and so an application, of its own."""
        super().connection_made(transport)
        inner = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope[TRANSPORT] = transport
            await inner(scope, receive, send)

        self.app = with_transport


def open_listeners(settings: Settings) -> list[socket.socket]:
    """The two sockets; raises OSError where one cannot be had."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    ports = (settings.port, settings.port + 1)
    return [_listener(settings.bind, port, family) for port in ports]


def _listener(address: str, port: int, family: socket.AddressFamily) -> socket.socket:
    listener = socket.create_server((address, port), family=family)
    # asyncio sees no TCP in a socket made this way; without this, each answer waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(settings: Settings, listeners: list[socket.socket]) -> None:
    """Serve until a signal comes. The ports come first: no second sandbox touches the files of one that has them."""
    manifest_path(settings.state_dir).unlink(missing_ok=True)
    world = load_world(settings)
    context = server_context(load_authority(settings.state_dir), settings.public_host)
    servers = [_server(https_application(world), context), _server(people_application(world), None)]
    asyncio.run(_run(world, servers, listeners))


async def _run(world: World, servers: list[_Server], listeners: list[socket.socket]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, servers)
    async with asyncio.TaskGroup() as tasks:
        for server, listener in zip(servers, listeners, strict=True):
            tasks.create_task(server.serve(sockets=[listener]))
        tasks.create_task(_announce(world, servers))


async def _announce(world: World, servers: list[_Server]) -> None:
    for server in servers:
        await server.is_up.wait()
    write_manifest(world)
    settings = world.settings
    _LOG.info(
        "Sandbox: Azure at %s, sign-in at %s, play the customer at %s, %d cross connections.",
        settings.origin,
        settings.people_origin,
        settings.page,
        settings.size,
    )


def _stop(servers: list[_Server]) -> None:
    for server in servers:
        server.should_exit = True


def _server(application: ASGIApp, context: ssl.SSLContext | None) -> _Server:
    return _Server(
        uvicorn.Config(
            application,
            http=_Protocol,
            lifespan="off",
            log_config=None,
            # What fails in an answer is logged where it is answered; the rest is noise when a client goes away.
            log_level="critical",
            access_log=False,
            server_header=False,
            # Azure's clock may be off: each answer has the time of who answers.
            date_header=False,
            # Clients keep connections for long; one closed under a request would look like a fault of the portal.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=0,
            ssl_context_factory=(lambda config, default: context) if context else None,
        )
    )
