"""The page of the trail, and its files."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from portal.access.permissions import Permission, needs
from portal.activity.checking import find_check
from portal.activity.deeds import deed
from portal.activity.export import as_csv, as_json_lines
from portal.activity.filters import Filters, read_filters
from portal.activity.menus import show_menus
from portal.activity.models import Entry
from portal.activity.presenters import show_chain, show_days, split_page
from portal.activity.queries import list_people, visible_entries
from portal.activity.reading import Unreadable, read_entries
from portal.downloads import send_file
from portal.http import PortalRequest, read_text, wants_fragment
from portal.limits.decorators import limited, person

MOST_SHOWN = 100
_LONGEST_NUMBER = 18  # digits: what a database's integers hold
EXPORTED = deed("activity.exported", "Exported activity as {format}", area="Exports")


@needs(Permission.SEE_OWN_ACTIVITY)
@require_safe
def activity(request: PortalRequest) -> HttpResponse:
    """The newest first, a hundred a page; ``before`` is the number before which the page begins."""
    filters = read_filters(request.GET)
    response = render(request, "activity/activity.html", _context(request, filters))
    return replace_url(response, reverse("activity") + filters.query()) if wants_fragment(request) else response


@needs(Permission.SEE_OWN_ACTIVITY)
@require_safe
@limited("export", most=30, by=person)
def activity_csv(request: PortalRequest) -> StreamingHttpResponse:
    """What the page with the same filters holds, all of it."""
    return _export(request, "CSV", "csv", as_csv)


@needs(Permission.SEE_OWN_ACTIVITY)
@require_safe
@limited("export", most=30, by=person)
def activity_json_lines(request: PortalRequest) -> StreamingHttpResponse:
    """The same as one JSON object a line, with numbers and seals."""
    return _export(request, "JSON lines", "jsonl", as_json_lines)


def _export(
    request: PortalRequest, words: str, extension: str, write: Callable[[Iterable[Entry | Unreadable]], Iterator[str]]
) -> StreamingHttpResponse:
    filters = read_filters(request.GET)
    parts = write(read_entries(filters.narrow(visible_entries(request.user, request.access))))
    details = {"format": words, "filters": filters.query().removeprefix("?")}
    return send_file(request, parts, stem="activity", extension=extension, deed=EXPORTED, details=details)


def _context(request: PortalRequest, filters: Filters) -> dict[str, Any]:
    sees_all, before = request.access.may(Permission.SEE_ACTIVITY), _read_number(request)
    entries = filters.narrow(visible_entries(request.user, request.access))
    if before is not None:
        entries = entries.filter(number__lt=before)
    shown, older = split_page(list(read_entries(entries[: MOST_SHOWN + 1])), most=MOST_SHOWN)
    return {
        "filters": filters,
        "days": show_days(shown),
        "sees_all": sees_all,
        "chain": show_chain(find_check(), now=timezone.now(), tells_count=sees_all),
        "menus": show_menus(filters, list_people() if sees_all else []),
        "query": filters.query(),
        "unfiltered": Filters(q=filters.q).query(),
        "any_object": filters.query(object_kind="", object_id=""),
        "older": _older(filters, older),
        "is_continued": before is not None,
        "retention_days": settings.PORTAL_RETENTION_DAYS,
    }


def _older(filters: Filters, before: int | None) -> str:
    if before is None:
        return ""
    return f"{filters.query()}{'&' if filters.fields() else '?'}before={before}"


def _read_number(request: PortalRequest) -> int | None:
    text = read_text(request.GET, "before")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
