"""The page of one cross connection."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crossconnections import queries
from crossconnections.models import CrossConnection
from crossconnections.presenters.detail import show_detail
from crossconnections.views.http import PortalRequest
from portal.access.permissions import Permission, needs


@needs(Permission.VIEW)
@require_safe
def cross_connection(request: PortalRequest, service_key: str) -> HttpResponse:
    """Facts and peerings; the page of one that is gone in Azure stays and says so."""
    detail = show_detail(find_or_404(service_key), now=timezone.now())
    return render(request, "crossconnections/cross_connection.html", {"detail": detail})


def find_or_404(service_key: str) -> CrossConnection:
    """The row, or the page that says there is nothing."""
    try:
        return queries.get_cross_connection(service_key)
    except CrossConnection.DoesNotExist as error:
        raise Http404 from error
