"""The filtered list as a CSV file, streamed."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from crossconnections import queries
from crossconnections.deeds import EXPORTED
from crossconnections.filters import Filters
from crossconnections.presenters.export import COLUMNS, HEAD, as_cells
from crossconnections.views.http import read_filters
from portal.access.permissions import Permission, needs
from portal.access.scopes import Reach
from portal.downloads import send_file
from portal.http import PortalRequest
from portal.limits.decorators import limited, person
from portal.spreadsheets import START, as_lines


@needs(Permission.VIEW)
@require_safe
@limited("export", most=30, by=person)
def export_csv(request: PortalRequest) -> HttpResponse | StreamingHttpResponse:
    """Exactly what the list with the same filters holds, in its order."""
    filters = read_filters(request.GET)
    details = {"filters": filters.query().removeprefix("?"), "of": ", ".join(request.access.places)}
    parts = _parts(filters, request.reach)
    return send_file(request, parts, stem="cross-connections", extension="csv", deed=EXPORTED, details=details)


def _parts(filters: Filters, reach: Reach) -> Iterator[str]:
    """A thousand lines each: a chunk on the wire for every line would cost more than the line."""
    yield START + as_lines([HEAD])
    for rows in queries.stream_export(filters, reach, columns=COLUMNS):
        yield as_lines(map(as_cells, rows))
