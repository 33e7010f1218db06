"""``/readyz``: may traffic be sent here? ``/metrics``: figures for whoever watches over it."""

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from portal.accounts.decorators import open_to_everyone
from portal.health.checks import readiness
from portal.health.figures import exposition


@open_to_everyone
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """One word for each part; 503 only when the database or its migrations are not there."""
    levels = readiness()
    return JsonResponse(levels, status=503 if levels["database"] == "down" else 200)


@open_to_everyone
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text for whoever brings the token; 404 where none is configured."""
    if not settings.PORTAL_METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.PORTAL_METRICS_TOKEN}"):
        return _plain("The token is missing or another one.\n", 401, {"WWW-Authenticate": "Bearer"})
    try:
        return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
    except DatabaseError:
        return _plain("The database does not answer.\n", 503, {})


def _plain(text: str, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain", status=status, headers=headers)
