"""The page of one change, whole and the part that is polled."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import reselect, reswap, retarget, trigger_client_event

from crossconnections.diagnosis.verdicts import Verdict
from crossconnections.differences import part_of
from crossconnections.models import Change, Snapshot
from crossconnections.presenters.calls import show_calls_to_azure
from crossconnections.presenters.changes import page as words
from crossconnections.presenters.changes.effect import is_awaited, show_effect
from crossconnections.presenters.changes.steps import show_steps
from crossconnections.presenters.changes.support import support_text
from crossconnections.presenters.changes.wishes import show_wish
from crossconnections.presenters.changes.words import asked_by, is_held, is_under_way, name_of
from crossconnections.proposals import held_by, values_now
from crossconnections.queries.changes import get_change, list_calls_of, list_durations
from crossconnections.queries.diagnosis import judge
from crossconnections.queries.snapshots import get_snapshot
from crossconnections.scopes import place_of
from crossconnections.views.http import note_not_in_sight, sight
from crossconnections.views.workflow_line import find_line
from portal.access.permissions import Permission
from portal.access.scopes import Place
from portal.http import PortalRequest
from portal.times import ago

State = Change.State


def find_change(request: PortalRequest, number: int) -> Change:
    """The change, if the person may do at its cross connection what the view is for.

    Raises:
        Http404: there is none, or none that they may see; on record as that of a cross connection is.
        NotAllowed: they see it, and their role there is too low.
    """
    try:
        found = get_change(number, sight(request))
    except Change.DoesNotExist as error:
        note_not_in_sight(request)
        raise Http404 from error
    request.access.require(request.permission, at=place_of(found.cross_connection))
    return found


class ChangePage:
    """The page; ``notice`` says what a person has to know before they read on."""

    def __init__(self, request: PortalRequest, change: Change, *, notice: str = "") -> None:
        self._request, self._change, self._notice = request, change, notice
        self._now = timezone.now()
        self._version = words.page_version(change)

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The whole page."""
        return render(self._request, "crossconnections/changes/change.html", self._context(), status=status)

    def render_progress(self, seen: str) -> HttpResponse:
        """For htmx: how far it is; all of it, and the news in words, where a page has ``seen`` something else."""
        if seen == self._version:
            return render(self._request, "crossconnections/changes/_progress.html", self._progress())
        whole = retarget(reselect(reswap(self.render(), "outerHTML"), "#change"), "#change")
        news = f"Change {self._change.pk}: {words.title_over(self._change)}"
        return trigger_client_event(whole, "say", {"value": news})

    def _context(self) -> dict[str, Any]:
        return self._progress() | self._head() | self._facts() | self._choices()

    def _progress(self) -> dict[str, Any]:
        change = self._change
        row = change.cross_connection
        is_with_azure = change.state == State.RUNNING
        durations = list_durations(change.kind, row.peering_location) if is_with_azure else []
        return {
            "change": change,
            "name": name_of(change),
            "steps": show_steps(change, durations, now=self._now),
            "poll_address": f"{reverse('change', args=[change.pk])}?seen={self._version}",
            "poll_seconds": self._seconds_between_polls(),
        }

    def _seconds_between_polls(self) -> int:
        """0 for an end that nothing comes after; seldom while it is a person's turn."""
        if words.is_being_read(self._change):
            return 2
        if self._change.is_active:
            return 2 if is_under_way(self._change) else 5
        return 5 if is_awaited(self._change) else 0

    def _head(self) -> dict[str, Any]:
        return {
            "row": self._change.cross_connection,
            # While it is under way, the next step is Azure's.
            "work_line": None
            if is_under_way(self._change)
            else find_line(self._request, self._change.cross_connection),
            "title": words.title_over(self._change),
            "is_under_way": is_under_way(self._change),
            "notice": self._notice,
            "callouts": words.show_callouts(self._change),
            "refusal": words.refusal_of(self._change),
            "by": asked_by(self._change),
        }

    def _facts(self) -> dict[str, Any]:
        change = self._change
        row, shows_now = change.cross_connection, words.shows_now(change)
        now = values_now(row, change.asked, change.subject) if shows_now else None
        held = part_of(change.before, change.subject) if change.before else held_by(row, change)
        calls = list_calls_of(change)
        return {
            "fields": show_wish(change, held, now),
            "read": ago(row.read_at, now=self._now) if shows_now and row.read_at else None,
            "shows_now": shows_now,
            "is_being_read": words.is_being_read(change),
            "effect": show_effect(
                change, self._verdicts(change.snapshot_before), self._verdicts(change.snapshot_after)
            ),
            "calls": show_calls_to_azure(calls, row, now=self._now),
            "support": support_text(change, calls) if change.state in {State.UNKNOWN, State.FAILED} else "",
        }

    def _choices(self) -> dict[str, Any]:
        change, may_change = self._change, self._may(Permission.CHANGE)
        row = change.cross_connection
        return {
            "may_change": may_change,
            "least_role": Permission.CHANGE.least_role.word,
            "can_cancel": may_change and words.can_cancel(change),
            "can_confirm": may_change and is_held(change),
            "can_settle": may_change and change.state == State.UNKNOWN,
            "can_ask_again": may_change and words.can_ask_again(change) and row.gone_at is None,
            "set_up_again": may_change and change.removes and change.state == State.SUCCEEDED and row.gone_at is None,
            "form_again": may_change and words.wants_its_key_again(change) and row.gone_at is None,
            "can_refresh": words.shows_now(change) and row.gone_at is None and self._may(Permission.SYNC),
        }

    def _may(self, permission: Permission) -> bool:
        return self._request.access.may(permission, at=self._place)

    @cached_property
    def _place(self) -> Place:
        return place_of(self._change.cross_connection)

    def _verdicts(self, snapshot: Snapshot | None) -> tuple[Verdict, ...]:
        """Of a reading that has ended, in three queries, or two a moment later."""
        if snapshot is None or snapshot.finished_at is None:
            return ()
        found = get_snapshot(self._change.cross_connection, snapshot.number)
        return tuple(judge(found).diagnosis.verdicts)
