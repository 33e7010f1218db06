"""The list of what was asked of Azure, and its machine-readable twin."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from crossconnections.change_filters import LARGEST_NUMBER, ME, ChangeFilters, Show, Since
from crossconnections.models import Change
from crossconnections.presenters.changes.documents import as_document
from crossconnections.presenters.changes.listing import show_choices, show_rows, show_segments, show_state_menu
from crossconnections.queries.changes import count_going, list_changes
from crossconnections.views.http import read_known, read_number
from portal.access.permissions import Permission, needs
from portal.access.presenters import places_in_words
from portal.http import PortalRequest, read_text, read_texts, wants_fragment

ON_A_PAGE = 50
_LARGEST_SET = 2**31 - 1


@needs(Permission.VIEW)
@require_safe
def changes(request: PortalRequest) -> HttpResponse:
    """The newest first, fifty a page; ``before`` is the number before which the page begins."""
    filters = read_change_filters(request.GET)
    answer = render(request, "crossconnections/changes/changes.html", _context(request, filters))
    is_narrowed = wants_fragment(request) and request.htmx.trigger == "filters"
    return replace_url(answer, reverse("changes") + filters.query()) if is_narrowed else answer


@needs(Permission.VIEW)
@require_safe
def changes_json(request: PortalRequest) -> HttpResponse:
    """The same, under the same filters."""
    filters = read_change_filters(request.GET)
    page, older = _page(request, filters, now=timezone.now())
    query = filters.query(before=older)
    # From the settings, never from the request: a forged Host header must not name where a script goes next.
    following = f"{settings.PORTAL_BASE_URL}{reverse('changes-json')}{query}" if older else None
    return JsonResponse({"results": [as_document(change) for change in page], "next": following})


def read_change_filters(values: QueryDict) -> ChangeFilters:
    """The filters of a query string; a word that means nothing is left out."""
    return ChangeFilters(
        q=read_text(values, "q"),
        show=read_known(values, "show", lambda text: text in frozenset(Show)),
        states=tuple(state for state in read_texts(values, "state") if state in Change.State),
        person=read_known(values, "person", lambda text: text == ME),
        since=read_known(values, "since", lambda text: text in frozenset(Since)),
        kind=read_known(values, "kind", lambda text: text in Change.Kind),
        of_set=read_number(values, "set", most=_LARGEST_SET),
    )


def _page(request: PortalRequest, filters: ChangeFilters, *, now: datetime) -> tuple[list[Change], int]:
    """The changes, and the number before which the older ones begin; 0 where there are none."""
    before = _read_before(request.GET)
    found = list_changes(filters, request.reach, me=request.user, now=now, before=before, most=ON_A_PAGE + 1)
    page = found[:ON_A_PAGE]
    return page, page[-1].pk if len(found) > len(page) else 0


def _read_before(values: QueryDict) -> int:
    text = values.get("before", "")
    return min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 20 else 0  # noqa: PLR2004 - digits


def _context(request: PortalRequest, filters: ChangeFilters) -> dict[str, Any]:
    now = timezone.now()
    page, older = _page(request, filters, now=now)
    before = _read_before(request.GET)
    return {
        "filters": filters,
        "rows": show_rows(page, now=now),
        "segments": show_segments(filters, count_going(filters, request.reach, me=request.user, now=now)),
        "menu": show_state_menu(filters),
        "choices": show_choices(filters),
        "query": filters.query(),
        "unfiltered": ChangeFilters(q=filters.q, show=filters.show).query(),
        "any_set": filters.query(of_set=0),
        "here": filters.query(before=before),
        "older": filters.query(before=older) if older else "",
        "is_continued": before > 0,
        "is_going_on": any(change.is_active for change in page),
        "places": places_in_words(request.access.places),
    }
