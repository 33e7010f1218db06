"""The page of a reading, whole and in parts: the latest and an earlier one are the same page at two addresses."""

from collections.abc import Sequence
from functools import cached_property, reduce
from http import HTTPStatus
from operator import or_
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import replace_url, reswap, retarget

from crossconnections.diagnosis.since import Since
from crossconnections.diagnosis.verdicts import PathState
from crossconnections.forms import CommentForm
from crossconnections.models import CrossConnection, Snapshot, TableRead
from crossconnections.peering_names import peering_name, short_peering_name
from crossconnections.policies import reason_not_to_read
from crossconnections.presenters.records import show_record
from crossconnections.presenters.states import GONE, provider_state
from crossconnections.presenters.tables.failures import show_failures
from crossconnections.presenters.tables.findings_card import show_card
from crossconnections.presenters.tables.news import show_news
from crossconnections.presenters.tables.paging import as_query
from crossconnections.presenters.tables.prefixes import PrefixesCard, show_prefixes
from crossconnections.presenters.tables.progress import as_seen, is_news, show_progress
from crossconnections.presenters.tables.readings import list_readings, show_age, show_reading
from crossconnections.presenters.tables.routes import RoutesCard
from crossconnections.presenters.tables.since import SinceCard, list_comparable, show_since
from crossconnections.queries import snapshots
from crossconnections.queries.diagnosis import Judged, judge
from crossconnections.queries.watches import find_latest_watch
from crossconnections.scopes import place_of
from crossconnections.views.http import read_number
from crossconnections.views.tables_parts import (
    gather_lanes,
    gather_routes,
    gather_usual,
    gather_usual_of_routes,
    read_choice,
)
from crossconnections.views.watch_page import gather_watching
from crossconnections.views.workflow_line import find_line
from portal.access.permissions import Permission
from portal.http import PortalRequest

MOST_READINGS = 10


class EmptyPage:
    """The page where no table was ever read; ``notice`` says what a person has to know before they read on."""

    def __init__(self, request: PortalRequest, row: CrossConnection, *, notice: str = "") -> None:
        self.request, self.row, self.notice = request, row, notice

    def render(self, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """The whole page."""
        return render(self.request, "crossconnections/troubleshooting.html", self.context(), status=status)

    def context(self) -> dict[str, Any]:
        """Everything."""
        return self._frame() | self._watching() | {"usual": gather_usual_of_routes(self.row)}

    def _watching(self) -> dict[str, Any]:
        return gather_watching(self.request, self.row, find_latest_watch(self.row))

    def _frame(self) -> dict[str, Any]:
        """What each page needs."""
        return {
            "row": self.row,
            "record": show_record(self.row, now=timezone.now()),
            "work_line": find_line(self.request, self.row),
            "may_keep": self.request.access.may(Permission.KEEP_RECORDS, at=place_of(self.row)),
            "state": GONE if self.row.gone_at else provider_state(self.row.provider_provisioning_state),
            "notice": self.notice,
            "title": "Troubleshooting",
            "reason": reason_not_to_read(self.row, [one.peering_type for one in self.row.peerings.all()]),
            "may_read": self.request.access.may(Permission.READ_TABLES, at=place_of(self.row)),
            "least_role": Permission.READ_TABLES.least_role.word,
        }


class ReadingPage(EmptyPage):
    """The page of one reading. ``is_latest``: it was asked for as the newest, whichever that is."""

    def __init__(
        self,
        request: PortalRequest,
        row: CrossConnection,
        snapshot: Snapshot,
        *,
        is_latest: bool = False,
        notice: str = "",
        form: CommentForm | None = None,
    ) -> None:
        super().__init__(request, row, notice=notice)
        self.snapshot, self.is_latest, self.form = snapshot, is_latest, form
        self.now = timezone.now()
        self.reads: Sequence[TableRead] = list(snapshot.reads.all())
        self.choice = read_choice(request.GET, snapshot, self.reads)
        self.own = [read for read in self.reads if read.peering_type == self.choice.peering]

    def context(self) -> dict[str, Any]:
        """Everything."""
        parts = (self._watching(), self._head(), self._progress(), self._findings(), self._tables(), self._history())
        return reduce(or_, parts, self._frame())

    def render_news(self, seen: str) -> HttpResponse:
        """For htmx, while it goes on: how, and out of band whatever has landed since the page has ``seen`` so much."""
        return self._render_news(self._news(seen), has_turned=self.snapshot.finished_at is not None)

    def render_routes(self) -> HttpResponse:
        """For htmx: the routes that were searched for, or another hundred of them."""
        context = self._head() | {"routes": self._routes(), "row": self.row, "is_update": True}
        answer = render(self.request, "crossconnections/tables/_found.html", context)
        return replace_url(answer, self.request.path + self.choice.query)

    def render_age(self, seen: str) -> HttpResponse:
        """For htmx, at rest: how old it is by now, and whether there is a newer one.

        Where somebody asked once more for what had failed, the news of that instead: then the page goes on polling.
        """
        if news := self._news(seen):
            return retarget(reswap(self._render_news(news, has_turned=True), "outerHTML"), "#asking")
        context = self._frame() | self._head() | {"is_update": True}
        return render(self.request, "crossconnections/tables/_age_alone.html", context)

    @cached_property
    def latest(self) -> Snapshot:
        """The newest reading."""
        return self.snapshot if self.is_latest else snapshots.find_newest(self.row) or self.snapshot

    @property
    def address(self) -> str:
        """The reading's own, which stays when there is a newer one."""
        return reverse("snapshot", args=[self.row.service_key, self.snapshot.number])

    def _news(self, seen: str) -> list[TableRead]:
        return [read for at, read in enumerate(self.reads) if is_news(read, at, seen)]

    def _render_news(self, news: Sequence[TableRead], *, has_turned: bool) -> HttpResponse:
        """``has_turned``: the page takes it for open, and it has ended, or the other way round."""
        told = show_news(self.snapshot, news, self.reads, of=self.choice.peering)
        context = self._frame() | self._head() | self._progress()
        context |= {"is_update": True, "has_turned": has_turned, "news": told}
        if news:
            context |= self._findings()
        if any(read.peering_type == self.choice.peering for read in news):
            context |= self._tables()
        if has_turned:
            context |= self._history()
        return render(self.request, "crossconnections/tables/_news.html", context)

    def _head(self) -> dict[str, Any]:
        choice = self.choice
        return {
            "title": peering_name(choice.peering),
            "tabs": [
                (short_peering_name(one), as_query(peering=one, compare=choice.compare), one == choice.peering)
                for one in choice.peerings
            ],
            "reading": show_reading(self.snapshot, self.reads, now=self.now),
            "age": show_age(self.snapshot, self.reads, now=self.now),
            "is_open": self.snapshot.finished_at is None,
            "is_latest": self.is_latest,
            "newer": self.latest.number if self.latest.number > self.snapshot.number else 0,
            "peering": choice.peering,
            "choice": choice,
            "cleared": choice.query_with(find="", show=""),
            "address": self.address,
            "age_address": self.address + as_query(peering=choice.peering, seen=as_seen(self.reads), age="1"),
            "query": choice.query,
            # From the settings: what is copied has to lead here from anywhere.
            "link": f"{settings.PORTAL_BASE_URL}{self.address}{choice.query}",
        }

    def _progress(self) -> dict[str, Any]:
        usual, shown = gather_usual(self.reads), self.choice.peering
        return {
            "progress": show_progress(self.snapshot, self.reads, usual, shown=shown, now=self.now),
            "failures": show_failures(self.reads, self.latest),
            "poll_address": self.address + as_query(peering=shown, seen=as_seen(self.reads)),
        }

    @cached_property
    def judged(self) -> Judged:
        """This reading beside the one before it."""
        return judge(self.snapshot)

    def _findings(self) -> dict[str, Any]:
        link = f"{settings.PORTAL_BASE_URL}{self.address}{as_query(peering=self.choice.peering)}"
        return {"findings": show_card(self.judged.diagnosis.of(self.choice.peering), self.snapshot, self.own, link)}

    def _tables(self) -> dict[str, Any]:
        lanes = gather_lanes(self.snapshot, self.own, now=self.now)
        return {"lanes": lanes, "routes": self._routes(), "since": self._since_card(), "prefixes": self._prefixes()}

    def _prefixes(self) -> PrefixesCard:
        return show_prefixes(self.judged.prefix_report(self.choice.peering))

    def _routes(self) -> RoutesCard:
        # Only an answer about an address needs to know; and judging takes longer than searching.
        verdicts = self.judged.diagnosis.of(self.choice.peering).verdicts if self.choice.find else ()
        down = [one.path for one in verdicts if one.state == PathState.DOWN]
        return gather_routes(self.snapshot, self.own, self.choice, self.since, down)

    @cached_property
    def before(self) -> Snapshot | None:
        """The reading that this one is compared with, if it is there."""
        return snapshots.find_snapshot(self.row, self.choice.compare) if self.choice.compare else None

    @cached_property
    def since(self) -> Since | None:
        """What is different since then."""
        return Judged(self.snapshot, self.before).since(self.choice.peering) if self.before else None

    def _since_card(self) -> SinceCard | None:
        return show_since(self.since, self.before, now=self.now) if self.since and self.before else None

    def _history(self) -> dict[str, Any]:
        before = read_number(self.request.GET, "before", most=2**31 - 1)
        found = snapshots.list_snapshots(self.row, before=before, most=MOST_READINGS + 1)
        return {
            "readings": list_readings(found[:MOST_READINGS], now=self.now),
            "comparable": list_comparable(found, self.snapshot, self.choice.compare, now=self.now),
            "earlier": self._before(found[MOST_READINGS - 1]) if len(found) > MOST_READINGS else "",
            "form": self.form or CommentForm({"comment": self.snapshot.comment}),
        }

    def _before(self, snapshot: Snapshot) -> str:
        choice = self.choice
        return choice.query_with(page=choice.page, before=snapshot.number)
