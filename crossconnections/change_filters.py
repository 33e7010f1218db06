"""What the list of changes is narrowed to. All filters combine; several states mean any of them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from crossconnections.models import Change
from portal.accounts.models import User

LONGEST_QUERY = 200
LARGEST_NUMBER = 2**63 - 1
ME = "me"

State = Change.State


class Show(StrEnum):
    """Which of the list's segments."""

    RUNNING = "running"
    WAITING = "waiting"
    FAILED = "failed"


class Since(StrEnum):
    """How far back."""

    TODAY = "today"
    WEEK = "7d"
    MONTH = "30d"


# What a person has to say something to: else nothing comes of it.
WAITS_FOR_SOMEBODY = Q(state=State.UNKNOWN) | Q(state=State.QUEUED, held_at__isnull=False)
RUNS = Q(state__in=(State.QUEUED, State.SUBMITTING, State.RUNNING), held_at=None)
_SHOWN = {Show.RUNNING: RUNS, Show.WAITING: WAITS_FOR_SOMEBODY, Show.FAILED: Q(state=State.FAILED)}
_DAYS = {Since.WEEK: 7, Since.MONTH: 30}


@dataclass(frozen=True, slots=True)
class ChangeFilters:
    """``q`` as typed, ``show``, ``since``, ``kind`` and ``person`` a known word or "", ``of_set`` 0 for any set."""

    q: str = ""
    show: str = ""
    states: tuple[str, ...] = ()
    person: str = ""
    since: str = ""
    kind: str = ""
    of_set: int = 0

    @property
    def has_choices(self) -> bool:
        """Whether anything but the search and the segment is set."""
        return bool(self.states or self.person or self.since or self.kind or self.of_set)

    def fields(self) -> list[tuple[str, str]]:
        """Those that are set, as the fields of a query string or a form."""
        values = [("q", self.q), ("show", self.show), *(("state", state) for state in self.states)]
        values += [("person", self.person), ("since", self.since), ("kind", self.kind)]
        values.append(("set", str(self.of_set or "")))
        return [(name, value) for name, value in values if value]

    def query(self, *, before: int = 0, **other: Any) -> str:  # noqa: ANN401 - fields of any type
        """The fields as the end of an address, with ``other`` in place of some, and a number ``before``."""
        fields = replace(self, **other).fields()
        if before:
            fields.append(("before", str(before)))
        return f"?{urlencode(fields)}" if fields else ""

    def narrow(self, rows: QuerySet[Change], *, me: User, now: datetime) -> QuerySet[Change]:
        """The changes that pass them all."""
        chosen = [
            _SHOWN[Show(self.show)] if self.show else None,
            Q(state__in=self.states) if self.states else None,
            Q(asked_by=me) if self.person else None,
            Q(asked_at__gte=_beginning(Since(self.since), now)) if self.since else None,
            Q(kind=self.kind) if self.kind else None,
            Q(change_set=self.of_set) if self.of_set else None,
        ]
        words = map(_matches, self.q[:LONGEST_QUERY].split())
        return rows.filter(*(one for one in chosen if one is not None), *words)


def _beginning(since: Since, now: datetime) -> datetime:
    """Of the day in UTC, or so many days ago."""
    if since == Since.TODAY:
        return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return now - timedelta(days=_DAYS[since])


def _matches(word: str) -> Q:
    """Part of the service key, of the circuit's or the person's name, or of Azure's ids; a number is the change's."""
    found = Q(cross_connection__service_key__contains=word.lower())
    found |= Q(cross_connection__circuit_name__icontains=word) | Q(asked_by__name__icontains=word)
    found |= Q(correlation_id__icontains=word) | Q(request_id__icontains=word)
    if word.isascii() and word.isdecimal() and int(word[:LONGEST_QUERY]) <= LARGEST_NUMBER:
        found |= Q(pk=int(word))
    return found
