"""``/healthz``: 200 while the process lives."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware


def answer_healthz(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer before host checks, redirects, sessions and the database can get in the way, with the usual headers."""
    headers = SecurityMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return headers.process_response(request, HttpResponse("ok\n", content_type="text/plain"))
        return get_response(request)

    return middleware
