"""One reading of the tables, kept under its number, and what a person can do to it."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.forms import CommentForm
from crossconnections.models import CrossConnection, Snapshot, TableRead
from crossconnections.presenters.tables.paging import as_query
from crossconnections.queries.snapshots import get_snapshot
from crossconnections.services import snapshots
from crossconnections.services.snapshots import NotPossible
from crossconnections.views.http import find_or_refuse
from crossconnections.views.tables_page import ReadingPage
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, wants_fragment
from portal.limits.decorators import limited, person


@needs(Permission.VIEW)
@require_safe
def snapshot(request: PortalRequest, service_key: str, number: int) -> HttpResponse:
    """The page of one; for htmx its age, what has landed since the page last asked, or the routes searched for."""
    row, found = find_snapshot(request, service_key, number)
    page = ReadingPage(request, row, found, notice=_shared(request, found))
    if not wants_fragment(request):
        return page.render()
    seen = request.GET.get("seen")
    if seen is None:
        return page.render_routes()
    return page.render_age(seen) if "age" in request.GET else page.render_news(seen)


@needs(Permission.READ_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("tables", most=30, by=person, methods={"POST"})
def stop_snapshot(request: PortalRequest, service_key: str, number: int) -> HttpResponse:
    """POST does not wait for the rest of it; GET only leads back. 409 and the page where it has ended."""
    row, found = find_snapshot(request, service_key, number)
    if request.method == "POST":
        try:
            snapshots.stop(snapshot=found, by=at_browser(request))
        except NotPossible as reason:
            return _not_possible(request, row, found, reason)
    return _back_to(request, row, found)


@needs(Permission.READ_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("tables", most=30, by=person, methods={"POST"})
def retry_read(request: PortalRequest, service_key: str, number: int) -> HttpResponse:
    """POST asks once more for the read of ``peering``, ``path`` and ``table``; GET only leads back.

    409 and the page where it has not failed, or there is a newer reading; 404 where there is no such read.
    """
    row, found = find_snapshot(request, service_key, number)
    if request.method == "POST":
        values = (request.POST.get(name, "") for name in ("peering", "path", "table"))
        try:
            snapshots.request_retry(read=find_read(found, *values), by=at_browser(request))
        except NotPossible as reason:
            return _not_possible(request, row, found, reason)
    return _back_to(request, row, found)


@needs(Permission.READ_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("tables", most=30, by=person, methods={"POST"})
def comment_snapshot(request: PortalRequest, service_key: str, number: int) -> HttpResponse:
    """POST keeps the ``comment``; GET only leads back. 422 and the page, with what was typed, where it is too long."""
    row, found = find_snapshot(request, service_key, number)
    if request.method == "POST":
        form = CommentForm(request.POST)
        if not form.is_valid():
            return ReadingPage(request, row, found, form=form).render(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        snapshots.note_comment(snapshot=found, comment=form.cleaned_data["comment"], by=at_browser(request))
    return _back_to(request, row, found)


def find_snapshot(request: PortalRequest, service_key: str, number: int) -> tuple[CrossConnection, Snapshot]:
    """The row and one of its readings, if the person may do there what the view is for.

    Raises:
        Http404: there is no such thing, or none that they may see.
        NotAllowed: they see it, and their role there is too low.
    """
    row = find_or_refuse(request, service_key)
    try:
        return row, get_snapshot(row, number)
    except Snapshot.DoesNotExist as error:
        raise Http404 from error


def find_read(of: Snapshot, peering: str, path: str, table: str) -> TableRead:
    """One read of a reading.

    Raises:
        Http404: it has no such read.
    """
    for read in of.reads.all():
        if (read.peering_type, read.device_path, read.table) == (peering, path, table):
            return read
    raise Http404


def _shared(request: PortalRequest, found: Snapshot) -> str:
    if "shared" not in request.GET or found.finished_at is not None:
        return ""
    whose = f"{found.asked_by.name} asked for" if found.asked_by else "the portal asked for"
    return f"The tables were being read already: you share reading {found.number}, which {whose}."


def _not_possible(request: PortalRequest, row: CrossConnection, found: Snapshot, reason: NotPossible) -> HttpResponse:
    return ReadingPage(request, row, found, notice=str(reason)).render(status=HTTPStatus.CONFLICT)


def _back_to(request: PortalRequest, row: CrossConnection, found: Snapshot) -> HttpResponse:
    address = reverse("snapshot", args=[row.service_key, found.number])
    return HttpResponseRedirect(address + as_query(peering=request.GET.get("peering", "")), status=HTTPStatus.SEE_OTHER)
