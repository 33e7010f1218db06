"""Files that people take out of the portal: streamed, and on record."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.activity.deeds import Deed
from portal.activity.trail import About, record_alone
from portal.actors import at_browser

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def send_file(
    request: HttpRequest,
    parts: Iterator[str],
    *,
    stem: str,
    extension: str,
    deed: Deed,
    details: Mapping[str, str],
    about: About | None = None,
) -> StreamingHttpResponse:
    """The parts as a file whose name is ``stem``, the time and one of the extensions of ``CONTENT_TYPES``.

    That somebody took it is on record before its first byte, with what it is ``about`` and those details that say
    anything. A HEAD gets nothing.

    Raises:
        TrailBroken: it cannot be recorded.
    """
    if request.method == "GET":
        told = {name: value for name, value in details.items() if value}
        record_alone(deed, by=at_browser(request), about=about, details=told)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[extension])
    name = f"{stem}-{timezone.now():%Y%m%d-%H%M}.{extension}"
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
