"""How fresh the lists are that a page is about, and how they are read anew: the same on each such page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import trigger_client_event

from crossconnections import queries
from crossconnections.models import Catalogue, Subscription
from crossconnections.policies import reasons_not_to_ask
from crossconnections.presenters.catalogues import CatalogueState, show_failures, show_state
from crossconnections.queries.catalogues import count_catalogues, list_catalogues
from crossconnections.services import catalogues
from crossconnections.views.http import sight
from portal.access.permissions import Permission
from portal.http import PortalRequest, wants_fragment

_STATE = "crossconnections/_catalogues_state.html"


@dataclass(frozen=True, slots=True)
class Found:
    """The lists that a person sees, and the subscriptions whose they are, or will be once they were read."""

    catalogues: list[Catalogue]
    subscriptions: list[Subscription]


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of some kinds, and by name the addresses of their page, of its polled part, and of asking for them."""

    kinds: tuple[Catalogue.Kind, ...]
    page: str
    state: str
    read: str

    def find(self, request: PortalRequest) -> Found:
        """Those that the person sees, in two queries."""
        reach = sight(request)
        return Found(list_catalogues(reach, self.kinds), queries.list_subscriptions(reach))

    @staticmethod
    def troubles(found: Found, *, now: datetime) -> dict[str, Any]:
        """Why some of what was found is old: Azure is not asked for it, or did not show it."""
        return {
            "paused": reasons_not_to_ask(found.subscriptions),
            "failures": show_failures(found.catalogues, now=now),
        }

    def context(self, request: PortalRequest, found: Found, *, asks_by_itself: bool = True) -> dict[str, Any]:
        """What the part that tells how fresh they are shows."""
        state = self._show(request, found)
        return {
            "state": state,
            "state_address": reverse(self.state),
            "read_address": reverse(self.read),
            "may_read": request.access.may(Permission.SYNC),
            "asks_by_itself": asks_by_itself and state.is_due,
        }

    def ask(self, request: PortalRequest) -> HttpResponse:
        """POST asks Azure for what is old, with ``now`` for all; the page does the former when it is opened.

        GET, which a sign-in in between makes of it, only leads back to the page.
        """
        if request.method == "POST":
            asked = catalogues.request_readings(request.reach, self.kinds, asked_for_now="now" in request.POST)
            if wants_fragment(request):
                # The answer to a page that asked does not make it ask again: what is still due, others are at.
                context = self.context(request, self.find(request), asks_by_itself=False)
                state = render(request, _STATE, context)
                return state if asked else trigger_client_event(state, "say", {"value": "Read within the last minute"})
        return HttpResponseRedirect(reverse(self.page), status=303)

    def tell(self, request: PortalRequest) -> HttpResponse:
        """How fresh they are, polled; a page that has not seen the newest reading is told to refresh its lists."""
        if not wants_fragment(request):
            return redirect(self.page)
        context = self.context(request, self.find(request))
        response = render(request, _STATE, context)
        return trigger_client_event(response, "catalogued") if _has_missed(request, context["state"]) else response

    def _show(self, request: PortalRequest, found: Found) -> CatalogueState:
        looked_after = [one for one in found.subscriptions if one.is_active]
        expected = count_catalogues(looked_after, sight(request), self.kinds)
        return show_state(found.catalogues, expected=expected, now=timezone.now())


def _has_missed(request: PortalRequest, state: CatalogueState) -> bool:
    """Something was read, or what the page waited for has ended, if only in a failure."""
    seen = request.GET.get("seen", "")
    has_ended = "waiting" in request.GET and not state.is_wanted
    return has_ended or (seen.isdecimal() and int(seen[:20]) < state.seen_ms)
