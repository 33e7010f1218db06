"""The hand-over sheet of a cross connection, as a page and as plain text."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from crossconnections.deeds import HANDOVER_TAKEN, about_cross_connection
from crossconnections.models import CrossConnection, Snapshot, TableRead
from crossconnections.presenters.handover.baseline import Baseline
from crossconnections.presenters.handover.page import Made, show_sheet
from crossconnections.presenters.handover.remarks import Known, list_remarks
from crossconnections.presenters.handover.sheet import Sheet
from crossconnections.presenters.handover.text import as_text
from crossconnections.presenters.listing import in_order
from crossconnections.queries.diagnosis import Judged, judge
from crossconnections.queries.handover import find_order, list_keyed_peerings, record_of
from crossconnections.queries.snapshots import find_snapshot, get_snapshot, list_answered
from crossconnections.queries.workflow_facts import accepted_of
from crossconnections.views.http import find_or_refuse, read_number
from crossconnections.workflows.verification import verify
from portal.access.permissions import Permission, needs
from portal.activity.trail import record_alone
from portal.actors import at_browser
from portal.http import PortalRequest
from portal.limits.decorators import limited, person

_MOST_READINGS = 6


class _Made(NamedTuple):
    sheet: Sheet
    remarks: tuple[str, ...]
    reading: int


@needs(Permission.VIEW)
@require_safe
def handover(request: PortalRequest, service_key: str) -> HttpResponse:
    """The sheet, and above it, for us alone, what is still missing; ``?reading=`` takes the baseline of another one.

    404 where there is no such reading.
    """
    row = find_or_refuse(request, service_key)
    readings = list_answered(row, most=_MOST_READINGS)
    made = _make(request, row, readings)
    context = {
        "row": row,
        "sheet": made.sheet,
        "remarks": made.remarks,
        "text": as_text(made.sheet),
        "reading": made.reading,
        "readings": readings,
        "query": f"?reading={made.reading}" if "reading" in request.GET and made.reading else "",
    }
    return render(request, "crossconnections/handover/handover.html", context)


@needs(Permission.VIEW)
@require_safe
@limited("export", most=30, by=person)
def handover_text(request: PortalRequest, service_key: str) -> HttpResponse:
    """The same as a file; that somebody took it is on record."""
    row = find_or_refuse(request, service_key)
    text = as_text(_make(request, row, list_answered(row, most=1)).sheet)
    if request.method == "GET":
        record_alone(HANDOVER_TAKEN, by=at_browser(request), about=about_cross_connection(row), details={})
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"{row.service_key}-handover.txt")
    response.headers["Content-Disposition"] = str(name)
    return response


def _make(request: PortalRequest, row: CrossConnection, readings: list[int]) -> _Made:
    snapshot = _find_reading(request, row, readings)
    judged = judge(snapshot) if snapshot else None
    known = _gather(row, judged)
    baseline = Baseline(snapshot.number, snapshot.asked_at, judged.case) if snapshot and judged else None
    sheet = show_sheet(known, list_keyed_peerings(row), baseline, Made(timezone.now(), request.user.name))
    return _Made(sheet, list_remarks(known), snapshot.number if snapshot else 0)


def _gather(row: CrossConnection, judged: Judged | None) -> Known:
    reads, order = judged.snapshot.reads.all() if judged else (), find_order(row)
    accepted = accepted_of(order) if order else {}
    return Known(
        row=row,
        peerings=in_order(row.peerings.all()),
        record=record_of(row),
        order=order,
        case=judged.case if judged else None,
        findings=verify(judged.diagnosis, accepted).open if judged else (),
        unread=sum(read.state != TableRead.State.SUCCEEDED for read in reads),
    )


def _find_reading(request: PortalRequest, row: CrossConnection, readings: list[int]) -> Snapshot | None:
    """The one asked for, else the newest with answers.

    Raises:
        Http404: there is none of the number asked for.
    """
    number = read_number(request.GET, "reading", most=2**31 - 1)
    if not number:
        return find_snapshot(row, readings[0]) if readings else None
    try:
        return get_snapshot(row, number)
    except Snapshot.DoesNotExist as error:
        raise Http404 from error
