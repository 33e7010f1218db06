"""Customers' records as a CSV file: taken out with the list's filters, and brought in after a look at what changes."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from crossconnections.deeds import RECORDS_EXPORTED
from crossconnections.filters import Filters
from crossconnections.forms.record_import import (
    GOOD_FOR_SECONDS,
    MOST_CHARACTERS,
    RecordImportForm,
    read_orders,
    sign_orders,
)
from crossconnections.presenters.record_imports import as_record_cells, show_plan
from crossconnections.queries.records import stream_records
from crossconnections.record_sheet import COLUMNS, KEY, MOST_BYTES, MOST_LINES, READ_ALONG
from crossconnections.services.record_imports import Outcome, apply_import, plan_import
from crossconnections.views.http import read_filters
from portal.access.permissions import Permission, needs
from portal.access.scopes import Reach
from portal.actors import at_browser
from portal.downloads import send_file
from portal.http import PortalRequest
from portal.limits.decorators import limited, person
from portal.spreadsheets import START, as_lines
from portal.uploads import takes_file

_DONE = "crossconnections.views.records.done"
_MOST_TOLD = 20
_TOO_OLD = "The check was too long ago, or not yours. Nothing was kept: check the file again."
_TOO_MUCH = "This is too much to be applied at once. Split the file, and check each part."


@needs(Permission.KEEP_RECORDS)
@require_safe
@limited("export", most=30, by=person)
def export_records(request: PortalRequest) -> HttpResponse | StreamingHttpResponse:
    """Of all that the list with the same filters holds, in its order, as far as the person may keep records."""
    filters = read_filters(request.GET)
    details = {"filters": filters.query().removeprefix("?"), "of": ", ".join(request.access.places)}
    parts = _parts(filters, request.reach)
    return send_file(request, parts, stem="customers", extension="csv", deed=RECORDS_EXPORTED, details=details)


@needs(Permission.KEEP_RECORDS)
@limited("records-import", most=30, by=person, methods={"POST"})
@takes_file(most_bytes=MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def import_records(request: PortalRequest) -> HttpResponseBase:
    """POST of a file or a text shows what it would change and writes nothing; POST of that ``plan`` does exactly it.

    422 and the page for what is no such file; 409 where the check was too long ago.
    """
    if request.method != "POST":
        return _page(request, RecordImportForm(), done=_read_done(request))
    if "plan" in request.POST:
        return _apply(request)
    form = RecordImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    planned = plan_import(form.lines, by=at_browser(request))
    signed = sign_orders(planned, person=request.user.pk)
    is_too_much = len(signed) > MOST_CHARACTERS
    context = {
        "plan": show_plan(planned),
        "signed": "" if is_too_much else signed,
        "notice": _TOO_MUCH if is_too_much else "",
        "minutes": GOOD_FOR_SECONDS // 60,
    }
    return render(request, "crossconnections/record/check.html", context)


def _apply(request: PortalRequest) -> HttpResponse:
    orders = read_orders(request.POST["plan"], person=request.user.pk)
    if orders is None:
        return _page(request, RecordImportForm(), notice=_TOO_OLD, status=HTTPStatus.CONFLICT)
    outcome = apply_import(orders, by=at_browser(request))
    query = urlencode({"done": _sign_done(outcome)})
    return HttpResponseRedirect(f"{reverse('import-records')}?{query}", status=HTTPStatus.SEE_OTHER)


def _sign_done(outcome: Outcome) -> str:
    """What came of it, to be told on the page that follows; signed, so that nobody is told what did not happen."""
    told = dict(list(outcome.left_out.items())[:_MOST_TOLD])
    return signing.dumps([outcome.kept, len(outcome.left_out), told], salt=_DONE, compress=True)


def _read_done(request: PortalRequest) -> dict[str, Any] | None:
    try:
        kept, left_out, told = signing.loads(request.GET.get("done", ""), salt=_DONE, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return None
    return {"kept": kept, "left_out": left_out, "told": told, "more": left_out - len(told)}


def _page(request: PortalRequest, form: RecordImportForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:  # noqa: ANN401
    filters = read_filters(request.GET)
    context = {
        "form": form,
        "columns": [name for name in COLUMNS if name not in {KEY, *READ_ALONG}],
        "read_along": READ_ALONG,
        "most_lines": f"{MOST_LINES:,}",
        "export_address": reverse("records-csv") + filters.query(),
        "is_filtered": bool(filters.fields()),
        **more,
    }
    return render(request, "crossconnections/record/import.html", context, status=status)


def _parts(filters: Filters, reach: Reach) -> Iterator[str]:
    yield START + as_lines([COLUMNS])
    for rows in stream_records(filters, reach, columns=(KEY, *READ_ALONG)):
        yield as_lines(map(as_record_cells, rows))
