"""The page of one cross connection."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections import queries
from crossconnections.models import CrossConnection
from crossconnections.presenters.attention import show_calls
from crossconnections.presenters.calls import show_calls_to_azure
from crossconnections.presenters.detail import show_detail
from crossconnections.presenters.history import show_history
from crossconnections.presenters.path import show_path
from crossconnections.presenters.raw import show_document
from crossconnections.services import attention
from crossconnections.services.refreshes import reason_not_to_refresh, request_refresh
from crossconnections.views.http import PortalRequest
from portal.access.permissions import Permission, may, needs


@needs(Permission.VIEW)
@require_safe
def cross_connection(request: PortalRequest, service_key: str) -> HttpResponse:
    """Facts and peerings; the page of one that is gone in Azure stays and says so."""
    row = find_or_404(service_key)
    may_refresh = may(request.user, Permission.SYNC) and reason_not_to_refresh(row) is None
    now = timezone.now()
    context = {
        "detail": show_detail(row, now=now),
        "path": show_path(row),
        "history": show_history(queries.list_history(row), now=now),
        "calls": show_calls_to_azure(queries.list_calls(row), row, now=now),
        "document": show_document(row),
        "attention": show_calls(queries.attention_of(row), now=now),
        "may_refresh": may_refresh,
        "may_settle": may(request.user, Permission.SETTLE),
    }
    return render(request, "crossconnections/cross_connection.html", context)


@needs(Permission.SYNC)
@require_http_methods(["GET", "HEAD", "POST"])
def refresh_cross_connection(request: PortalRequest, service_key: str) -> HttpResponse:
    """POST asks Azure for this one; the page does so by itself when it is opened.

    GET, which a sign-in in between makes of it, only leads back to the page.
    """
    row = find_or_404(service_key)
    if request.method == "POST":
        request_refresh(row)
    return HttpResponseRedirect(reverse("cross-connection", args=[row.service_key]), status=303)


@needs(Permission.SETTLE)
@require_http_methods(["GET", "HEAD", "POST"])
def settle_attention(request: PortalRequest, service_key: str) -> HttpResponse:
    """POST says that what happened, by its ``kind``, is dealt with; GET only leads back to the page."""
    row = find_or_404(service_key)
    if request.method == "POST":
        attention.settle(row=row, kind=request.POST.get("kind", ""), by=request.user)
    return HttpResponseRedirect(reverse("cross-connection", args=[row.service_key]), status=303)


def find_or_404(service_key: str) -> CrossConnection:
    """The row, or the page that says there is nothing."""
    try:
        return queries.get_cross_connection(service_key)
    except CrossConnection.DoesNotExist as error:
        raise Http404 from error
