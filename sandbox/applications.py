"""The two applications of the sandbox, one for each listener."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from sandbox.arm.gateway import Gateway
from sandbox.control import Control
from sandbox.date_header import DateMiddleware
from sandbox.entra.routes import Authority
from sandbox.fault_middleware import FaultMiddleware
from sandbox.page.layout import HOME
from sandbox.page.routes import Page
from sandbox.request_log import RecordingMiddleware
from sandbox.world import World


def https_application(world: World) -> ASGIApp:
    """Programs come here: controls, the authority, and for every other path Azure Resource Manager."""
    gateway = Route("/{path:path}", Gateway(world))
    routes = [Control(world).mount(), *Authority(world).program_routes(), gateway]
    return DateMiddleware(RecordingMiddleware(FaultMiddleware(_routed(routes), world), world.requests))


def people_application(world: World) -> ASGIApp:
    """People come here with their browsers."""
    page = [Route("/_sandbox", _to_the_page), Mount("/_sandbox", routes=Page(world).routes())]
    routes = [*page, *Authority(world).people_routes()]
    return DateMiddleware(RecordingMiddleware(_routed(routes), world.requests))


async def _to_the_page(request: Request) -> Response:
    """Who types the address leaves the slash out."""
    return RedirectResponse(HOME, status_code=307)


def _routed(routes: Sequence[BaseRoute]) -> ASGIApp:
    application = Starlette(routes=routes)
    application.router.redirect_slashes = False
    return application
