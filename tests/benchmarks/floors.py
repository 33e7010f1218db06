"""The least that Django could do for the same page: session and person, one or two queries, a bare template."""

import csv
import io
import json
import zlib
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from crossconnections.models import CrossConnection, CustomerRecord, Peering, TableRows

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tests.benchmarks.floors.use_floors",
]
_COLUMNS = ("service_key", "circuit_name", "peering_location", "provider_provisioning_state", "bandwidth_mbps", "s_tag")
_TABLE = Engine().from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def use_floors(get_response: Any) -> Any:
    """These addresses in place of the portal's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        assert request.user.is_authenticated
        response: HttpResponse = get_response(request)
        return response

    return middleware


def _ok(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def _sums(request: HttpRequest) -> HttpResponse:
    rows = CrossConnection.objects.filter(gone_at=None).order_by("peering_location")
    if location := request.GET.get("location"):
        rows = rows.filter(peering_location=location)
    grouped = rows.values_list("peering_location", "provider_provisioning_state").annotate(count=Count("pk"))
    return _rendered(grouped)


def _location(request: HttpRequest) -> HttpResponse:
    rows = CrossConnection.objects.filter(gone_at=None, peering_location=request.GET["location"])
    return _rendered(rows.order_by("service_key").values_list(*_COLUMNS)[:200])


def _search(request: HttpRequest) -> HttpResponse:
    rows = CrossConnection.objects.filter(gone_at=None, service_key__contains=request.GET["q"])
    return _rendered(rows.order_by("peering_location", "service_key").values_list(*_COLUMNS)[:200])


def _detail(_request: HttpRequest, key: str) -> HttpResponse:
    row = CrossConnection.objects.values_list().get(service_key=key)
    peerings = Peering.objects.filter(cross_connection=row[0]).values_list()
    return _rendered([row, *peerings, *CustomerRecord.objects.filter(cross_connection=row[0]).values_list()])


def _routes(_request: HttpRequest, key: str) -> HttpResponse:
    """Both tables of routes, unpacked, and a hundred of their rows."""
    kept = TableRows.objects.filter(read__snapshot__cross_connection__service_key=key, read__table="routes")
    primary, secondary = (json.loads(zlib.decompress(one.compressed)) for one in kept)
    return _rendered([*primary[:100], *secondary[:100]])


def _csv(request: HttpRequest) -> HttpResponse:
    rows = CrossConnection.objects.filter(subscription__label=request.GET["subscription"])
    text = io.StringIO()
    csv.writer(text).writerows(rows.order_by("peering_location", "service_key").values_list(*_COLUMNS).iterator())
    return HttpResponse(text.getvalue())


def _rendered(rows: Any) -> HttpResponse:
    values = list(rows) if isinstance(rows, QuerySet) else rows
    return HttpResponse(_TABLE.render(Context({"rows": values})))


urlpatterns = [
    path("", _ok),
    path("cross-connections/", _sums),
    path("location/", _location),
    path("search/", _search),
    path("cross-connections/export.csv", _csv),
    path("cross-connections/<str:key>/", _detail),
    path("cross-connections/<str:key>/snapshots/1/", _routes),
]
