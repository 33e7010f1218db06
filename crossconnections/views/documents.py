"""The machine-readable twins of the pages."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from crossconnections import queries
from crossconnections.filters import Filters
from crossconnections.presenters.documents import as_document
from crossconnections.views.cross_connection import find_or_404
from crossconnections.views.http import PortalRequest, read_filters, read_text
from portal.access.permissions import Permission, needs

ROWS_ON_A_PAGE = 200


@needs(Permission.VIEW)
@require_safe
def cross_connections_json(request: PortalRequest) -> HttpResponse:
    """What the list's filters match, in the order of the service keys, a page at a time."""
    filters = read_filters(request.GET)
    rows = queries.list_page(filters, after=read_text(request.GET, "after").lower(), most=ROWS_ON_A_PAGE + 1)
    page = rows[:ROWS_ON_A_PAGE]
    following = _next_address(filters, page[-1].service_key) if len(rows) > len(page) else None
    return JsonResponse({"results": [as_document(row) for row in page], "next": following})


@needs(Permission.VIEW)
@require_safe
def cross_connection_json(request: PortalRequest, service_key: str) -> HttpResponse:
    """One cross connection, gone ones too."""
    return JsonResponse(as_document(find_or_404(service_key)))


def _next_address(filters: Filters, after: str) -> str:
    query = urlencode([*filters.fields(), ("after", after)])
    # From the settings, never from the request: a forged Host header must not name where a script goes next.
    return f"{settings.PORTAL_BASE_URL}{reverse('cross-connections-json')}?{query}"
