"""The form of a customer's record."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crossconnections.forms import RecordForm
from crossconnections.models import CrossConnection
from crossconnections.presenters.changes.forms import show_head
from crossconnections.presenters.records import Clash, Proposal, show_clash, show_proposal, show_record
from crossconnections.queries.diagnosis import list_read_macs
from crossconnections.queries.records import find_record
from crossconnections.queries.snapshots import find_snapshot
from crossconnections.services.records import RecordMoved, save_record
from crossconnections.views.http import find_or_refuse, read_number
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person


@needs(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("records", most=60, by=person, methods={"POST"})
def record(request: PortalRequest, service_key: str) -> HttpResponse:
    """What is on record; POST keeps it, of one that is gone in Azure too, and leads to the circuit's page.

    With the number of a ``reading`` its MAC addresses are proposed as the known ones; nothing is kept before the POST.
    422 and the page for what cannot be kept; 409 where somebody else has written meanwhile, with both to choose from.
    """
    row = find_or_refuse(request, service_key)
    form = RecordForm(find_record(row), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _propose(request, row) or _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        save_record(row=row, fields=form.asked, seen_version=form.seen["version"], by=at_browser(request))
    except RecordMoved as moved:
        fresh = RecordForm(moved.record, typed=form.asked)
        clash = show_clash(moved.record, form.asked, now=timezone.now())
        return _page(request, row, fresh, status=HTTPStatus.CONFLICT, clash=clash)
    return HttpResponseRedirect(reverse("cross-connection", args=[row.service_key]), status=HTTPStatus.SEE_OTHER)


def _propose(request: PortalRequest, row: CrossConnection) -> HttpResponse | None:
    """The form with the MAC addresses of a reading; None where none is asked for, or there is none of that number."""
    number = read_number(request.GET, "reading", most=2**31 - 1)
    found = find_snapshot(row, number) if number else None
    if found is None:
        return None
    macs, known = list_read_macs(found), find_record(row)
    form = RecordForm(known, typed={"known_macs": macs} if macs else None)
    return _page(request, row, form, proposal=show_proposal(number, macs, known))


def _page(
    request: PortalRequest,
    row: CrossConnection,
    form: RecordForm,
    *,
    status: int = HTTPStatus.OK,
    clash: Clash | None = None,
    proposal: Proposal | None = None,
) -> HttpResponse:
    card = show_record(row, now=timezone.now())
    context = {"head": show_head(row), "form": form, "card": card, "gone_at": row.gone_at}
    context |= {"clash": clash, "proposal": proposal}
    return render(request, "crossconnections/record/record.html", context, status=status)
