"""The machine-readable twins of the pages."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from crossconnections import queries
from crossconnections.filters import Filters
from crossconnections.models import CrossConnection
from crossconnections.presenters.documents import as_document, as_entry
from crossconnections.views.http import find_or_refuse, read_filters, read_number
from portal.access.permissions import Permission, needs
from portal.http import PortalRequest, read_text

ROWS_ON_A_PAGE = 200


@needs(Permission.VIEW)
@require_safe
def cross_connections_json(request: PortalRequest) -> HttpResponse:
    """What the list's filters match, in the order of the service keys, a page at a time."""
    filters = read_filters(request.GET)
    rows = queries.list_page(filters, request.reach, after=_read_place(request.GET), most=ROWS_ON_A_PAGE + 1)
    page = rows[:ROWS_ON_A_PAGE]
    following = _next_address(filters, page[-1]) if len(rows) > len(page) else None
    return JsonResponse({"results": [as_entry(row) for row in page], "next": following})


@needs(Permission.VIEW)
@require_safe
def cross_connection_json(request: PortalRequest, service_key: str) -> HttpResponse:
    """One cross connection, gone ones too."""
    row = find_or_refuse(request, service_key)
    queries.load_last_known(row)
    queries.load_waiting(row)
    return JsonResponse(as_document(row))


def _read_place(values: QueryDict) -> tuple[str, int]:
    """The place that an address of ours ends with; a service key alone will do."""
    return read_text(values, "after").lower(), read_number(values, "than", most=2**31)


def _next_address(filters: Filters, last: CrossConnection) -> str:
    query = urlencode([*filters.fields(), ("after", last.service_key), ("than", last.pk)])
    # From the settings, never from the request: a forged Host header must not name where a script goes next.
    return f"{settings.PORTAL_BASE_URL}{reverse('cross-connections-json')}?{query}"
