"""Onboarding: service keys looked up, and the board of all work that goes on."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crossconnections.forms.look_ups import MOST_KEYS, LookUpForm
from crossconnections.models import Workflow
from crossconnections.presenters.workflows.board import show_board, show_idle, show_new
from crossconnections.presenters.workflows.lookup import LookUp, show_look_up
from crossconnections.queries import map_by_key
from crossconnections.queries.lookups import look_up, read_listing
from crossconnections.queries.workflows import list_going_on, list_idle, list_newly_ordered
from crossconnections.scopes import place_of
from crossconnections.services import syncs
from crossconnections.services.workflows.beginning import begin_each
from crossconnections.views.http import sight
from portal.access.permissions import Permission, needs
from portal.actors import at_browser
from portal.http import PortalRequest, read_texts, wants_fragment
from portal.limits.decorators import limited, person

# After so long the customer is to be asked: they pay for a circuit that carries nothing (EXPRESSROUTE.md 4.3).
IDLE_FOR = timedelta(days=30)
MOST_IN_A_LIST = 20


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("look-ups", most=120, by=person, methods={"POST"})
def onboarding(request: PortalRequest) -> HttpResponse:
    """The board. POST looks up the service keys of a text, ``look`` asks Azure for its lists first; 422 without any."""
    if request.method != "POST":
        return _page(request, LookUpForm())
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "look" in request.POST:
        syncs.request_all_syncs(by=at_browser(request))
    found = _look_up(request, form)
    if wants_fragment(request):
        return render(request, "crossconnections/workflows/_look_up.html", {"form": form, "found": found})
    return _page(request, form, found)


@needs(Permission.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("look-ups", most=120, by=person, methods={"POST"})
def begin_onboarding(request: PortalRequest) -> HttpResponse:
    """POST begins with each ``service_key`` that is ticked, and leads to the one, or to the board; GET leads there."""
    keys = [key.lower() for key in read_texts(request.POST, "service_key")][:MOST_KEYS]
    reach = request.access.reach(Permission.CHANGE)
    rows = [row for row in map_by_key(keys, sight(request)).values() if reach.covers(place_of(row))]
    begun = begin_each(rows=rows, by=at_browser(request))
    if len(begun) == 1:
        address = reverse("workflow", args=[begun[0].cross_connection.service_key, Workflow.Kind.CONNECT])
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(reverse("onboarding"), status=HTTPStatus.SEE_OTHER)


def _look_up(request: PortalRequest, form: LookUpForm) -> LookUp:
    reach = sight(request)
    looked_up = look_up(form.pasted.service_keys, reach, changes=request.access.reach(Permission.CHANGE))
    return show_look_up(form.pasted, looked_up, read_listing(reach), now=timezone.now())


def _page(
    request: PortalRequest, form: LookUpForm, found: LookUp | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "found": found, **(_board(request) if found is None else {})}
    return render(request, "crossconnections/workflows/onboarding.html", context, status=status)


def _board(request: PortalRequest) -> dict[str, Any]:
    reach, now = request.access.reach(Permission.CHANGE), timezone.now()
    return {
        "groups": show_board(list_going_on(reach), now=now),
        "new": show_new(list_newly_ordered(reach, since=now - IDLE_FOR, most=MOST_IN_A_LIST + 1), now=now),
        "idle": show_idle(list_idle(reach, since=now - IDLE_FOR, most=MOST_IN_A_LIST + 1), now=now),
        "most": MOST_IN_A_LIST,
        "idle_days": IDLE_FOR.days,
    }
