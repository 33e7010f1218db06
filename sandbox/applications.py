"""The two applications of the sandbox, one for each listener."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from sandbox.arm.gateway import Gateway
from sandbox.control import Control
from sandbox.date_header import DateMiddleware
from sandbox.entra.routes import Authority
from sandbox.fault_middleware import FaultMiddleware
from sandbox.request_log import RecordingMiddleware
from sandbox.world import World


def https_application(world: World) -> ASGIApp:
    """Programs come here: controls, the authority, and for every other path Azure Resource Manager."""
    gateway = Route("/{path:path}", Gateway(world))
    routes = [Control(world).mount(), *Authority(world).program_routes(), gateway]
    return DateMiddleware(RecordingMiddleware(FaultMiddleware(_routed(routes), world), world.requests))


def people_application(world: World) -> ASGIApp:
    """People come here with their browsers."""
    return DateMiddleware(RecordingMiddleware(_routed(Authority(world).people_routes()), world.requests))


def _routed(routes: Sequence[BaseRoute]) -> ASGIApp:
    application = Starlette(routes=routes)
    application.router.redirect_slashes = False
    return application
