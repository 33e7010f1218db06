"""``/readyz``: may traffic be sent here?"""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from portal.accounts.decorators import open_to_everyone
from portal.health.checks import readiness


@open_to_everyone
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """One word for each part; 503 only when the database or its migrations are not there."""
    levels = readiness()
    return JsonResponse(levels, status=503 if levels["database"] == "down" else 200)
