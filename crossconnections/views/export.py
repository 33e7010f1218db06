"""The filtered list as a CSV file, streamed."""

import csv
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crossconnections import queries
from crossconnections.filters import Filters
from crossconnections.presenters.export import COLUMNS, HEAD, as_cells
from crossconnections.views.http import PortalRequest, read_filters
from portal.access.permissions import Permission, needs


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


@needs(Permission.VIEW)
@require_safe
def export_csv(request: PortalRequest) -> HttpResponse | StreamingHttpResponse:
    """Exactly what the list with the same filters holds, in its order."""
    response = StreamingHttpResponse(_lines(read_filters(request.GET)), content_type="text/csv; charset=utf-8")
    name = f"cross-connections-{timezone.now():%Y%m%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(filters: Filters) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it, spreadsheets take UTF-8 for something older
    yield writer.writerow(HEAD)
    for row in queries.stream_all(filters, columns=COLUMNS):
        yield writer.writerow(as_cells(row))
