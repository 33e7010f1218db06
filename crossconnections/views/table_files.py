"""A reading for machines: whole as JSON, table by table as CSV."""

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from crossconnections.deeds import TABLES_EXPORTED, about_cross_connection
from crossconnections.models import TableRead
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.tables.documents import as_csv, as_document
from crossconnections.presenters.tables.words import full_read_name
from crossconnections.queries.diagnosis import judge
from crossconnections.queries.snapshots import load_rows
from crossconnections.views.snapshots import find_read, find_snapshot
from portal.access.permissions import Permission, needs
from portal.downloads import send_file
from portal.http import PortalRequest
from portal.limits.decorators import limited, person


@needs(Permission.VIEW)
@require_safe
def snapshot_json(request: PortalRequest, service_key: str, number: int) -> HttpResponse:
    """One reading with all rows of all its tables."""
    _, found = find_snapshot(request, service_key, number)
    return JsonResponse(as_document(found, load_rows(found.reads.all()), judge(found).diagnosis))


@needs(Permission.VIEW)
@require_safe
@limited("export", most=30, by=person)
def table_csv(
    request: PortalRequest, service_key: str, number: int, **which: str
) -> HttpResponse | StreamingHttpResponse:
    """One table, by ``peering``, ``device_path`` and ``table``, as it was read; 404 for one that was not."""
    row, found = find_snapshot(request, service_key, number)
    read = find_read(found, which["peering"], which["device_path"], which["table"])
    rows = load_rows([read]).get(read.pk)
    if rows is None:
        raise Http404
    return send_file(
        request,
        as_csv(read.table, rows),
        stem=_stem(row.service_key, number, read),
        extension="csv",
        deed=TABLES_EXPORTED,
        about=about_cross_connection(row),
        details={"number": str(number), "what": full_read_name(read)},
    )


def _stem(service_key: str, number: int, read: TableRead) -> str:
    """Another one for each table of a reading."""
    peering = slugify(short_peering_name(read.peering_type))
    return f"{service_key[:8]}-reading-{number}-{peering}-{read.device_path}-{read.table}"
