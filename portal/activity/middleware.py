"""Where the trail cannot be written, nothing is done, and the person is told so instead of being shown a fault."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal import errors
from portal.activity.chain import TrailBroken


class TrailKept:
    """Turns TrailBroken, from wherever a deed was to be recorded, into a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before something is raised."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503, and what an administrator has to do."""
        return errors.trail_broken(request, why=str(exception)) if isinstance(exception, TrailBroken) else None
