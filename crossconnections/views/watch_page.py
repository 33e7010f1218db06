"""The page of a watch, whole and for htmx; and the line that other pages have of it."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crossconnections.models import CrossConnection, Watch
from crossconnections.policies import reason_not_to_watch
from crossconnections.presenters.states import GONE, provider_state
from crossconnections.presenters.watch import (
    Lane,
    build_lanes,
    list_events,
    list_prefix_changes,
    show_going,
    show_timeline,
)
from crossconnections.queries import watches
from crossconnections.scopes import place_of
from crossconnections.views.http import read_number, sight
from portal.access.permissions import Permission
from portal.http import PortalRequest

MOST_EVENTS, MOST_PREFIX_CHANGES, MOST_WATCHES, MOST_READS_OF_OTHERS = 200, 50, 10, 5_000
# A reset of another circuit is found by its first read after it, and tells by the one before that it was none of old.
_AROUND = timedelta(minutes=15)


class WatchPage:
    """The page of one watch, or of none yet; ``notice`` says what a person has to know before they read on."""

    def __init__(self, request: PortalRequest, row: CrossConnection, watch: Watch | None, *, notice: str = "") -> None:
        self.request, self.row, self.watch, self.notice = request, row, watch, notice
        self.now = timezone.now()

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The whole page."""
        context = self._frame() | self._timeline()
        return render(self.request, "crossconnections/watch/watch.html", context, status=status)

    def render_news(self) -> HttpResponse:
        """For htmx: all but the head; what can be pressed comes along only when the watch has ended."""
        context = self._frame() | self._timeline() | {"is_update": True}
        seen = read_number(self.request.GET, "seen", most=10**6)
        context["news"] = context.get("events", [])[: max(context.get("count", 0) - seen, 0)]
        return render(self.request, "crossconnections/watch/_live.html", context)

    def _frame(self) -> dict[str, Any]:
        row = self.row
        return {
            "row": row,
            "state": GONE if row.gone_at else provider_state(row.provider_provisioning_state),
            "notice": self.notice,
            **gather_watching(self.request, row, self.watch),
        }

    def _timeline(self) -> dict[str, Any]:
        watch, now = self.watch, self.now
        if watch is None:
            return {}
        lanes = build_lanes(watches.list_told(watch))
        others, is_cut = self._others(lanes)
        events = list_events(lanes, others, now=now)
        prefix_changes = list_prefix_changes(lanes, now=now)
        is_reading = watch.ended_at is None and watches.has_reads_going_on(watch)
        return {
            "going": show_going(watch, now=now, is_reading=is_reading),
            "timeline": show_timeline(watch, lanes, now=now),
            "events": events[:MOST_EVENTS],
            "count": len(events),
            "prefix_changes": prefix_changes[:MOST_PREFIX_CHANGES],
            "prefix_count": len(prefix_changes),
            "others_are_cut": is_cut,
            "earlier": [show_going(one, now=now) for one in watches.list_watches(self.row, most=MOST_WATCHES)],
            "poll_address": self._address(watch, len(events)),
        }

    def _others(self, lanes: list[Lane]) -> tuple[list[Lane], bool]:
        """Of other circuits within sight, as far as something happened here, on the ports where it did."""
        placed = [one for lane in lanes for one in lane.placed() if one.port]
        if not placed:
            return [], False
        told = watches.list_told_on_ports(
            {one.port for one in placed},
            sight(self.request),
            besides=self.row,
            since=min(one.change.at.earliest for one in placed) - _AROUND,
            until=max(one.change.at.latest for one in placed) + _AROUND,
            most=MOST_READS_OF_OTHERS,
        )
        return build_lanes(told), len(told) == MOST_READS_OF_OTHERS

    def _address(self, watch: Watch, count: int) -> str:
        query = urlencode({"watch": watch.pk, "seen": count})
        return f"{reverse('watch', args=[self.row.service_key])}?{query}"


def gather_watching(request: PortalRequest, row: CrossConnection, watch: Watch | None) -> dict[str, Any]:
    """Whether it is on watch, and what the person may do about that; ``watch`` is the latest."""
    now = timezone.now()
    return {
        "watching": show_going(watch, now=now) if watch else None,
        "may_watch": request.access.may(Permission.WATCH, at=place_of(row)),
        "reason_not_to_watch": reason_not_to_watch(row, [one.peering_type for one in row.peerings.all()]),
        "role_to_watch": Permission.WATCH.least_role.word,
    }
