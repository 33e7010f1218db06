"""What holds for every answer."""

from collections.abc import Callable

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from portal.addresses import client_address
from portal.harmless import harmless_page

# Slots of 8 bytes: CPython then takes a chunk of 256 KiB, of which half is left to all frames above this one.
_ROOM_FOR_FRAMES = 16_000


def in_one_chunk(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let all frames of a request lie in one chunk of the interpreter's stack. It stands first, below all others.

    CPython keeps a thread's frames in chunks of 16 KiB and gives one back to the system as soon as it is empty. Where
    the renderer of a long page goes to and fro over the end of one, each call asks for memory anew, and how many
    middlewares there are decides whether the page takes twice as long (CPython issue 142183; 3.13 and later keep
    one). A function that claims a large stack gets a chunk that is large enough, once; the unused is never touched.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=_ROOM_FOR_FRAMES)
    return middleware


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let no cache store an answer that does not say otherwise: pages hold customers' data (OWASP ASVS 14.3.2)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # whitenoise has said how long a static file may be kept; a page that says it is missing may not.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def plain_texts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what says that it is in another charset (portal.handler), and let no page do what a text in it says.

    Names, notes and all else that others wrote may hold characters that turn the direction of writing: a page shows
    that there is one, rather than turning the words beside it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not getattr(request, "is_utf8", True):
            raise BadRequest("The request is in another charset than UTF-8.")
        response = get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode()
            shown = harmless_page(page)
            if shown is not page:
                response.content = shown
        return response

    return middleware


class RequestLog(RequestMiddleware):
    """A line when a request starts and one when it ends, with its id bound to all lines between."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """The address as the trail and the limits have it: the library would believe any browser's X-Forwarded-For."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Without the query: it may hold a sign-in's code, or what somebody searched for."""
        return f"{request.method} {request.path}"
