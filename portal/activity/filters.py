"""What the trail is narrowed to. All filters combine; several values of one mean any of them."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from portal.activity.deeds import list_deeds
from portal.activity.models import Entry
from portal.http import read_text, read_texts

LONGEST_QUERY = 200
_COLUMNS = ("actor_name", "address", "object_id", "object_name", "reason", "correlation_id")


@dataclass(frozen=True, slots=True)
class Filters:
    """Texts as typed; ``people`` by object id; ``since`` and ``until`` are whole days of UTC, both included.

    ``object_kind`` and ``object_id`` are set together. ``errors`` are sentences by the name of the field that they
    stand beside.
    """

    q: str = ""
    people: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    object_kind: str = ""
    object_id: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def has_choices(self) -> bool:
        """Whether anything but the search is set."""
        return any(name != "q" for name, _ in self.fields())

    def fields(self) -> list[tuple[str, str]]:
        """Those that are set, as the fields of a query string or a form."""
        several = {"person": self.people, "area": self.areas, "deed": self.deeds, "result": self.results}
        values = [("q", self.q), *((name, value) for name, chosen in several.items() for value in chosen)]
        values += [("from", self.since.isoformat() if self.since else "")]
        values += [("to", self.until.isoformat() if self.until else "")]
        values += [("object", f"{self.object_kind}:{self.object_id}" if self.object_kind else "")]
        return [(name, value) for name, value in values if value]

    def query(self, **other: Any) -> str:  # noqa: ANN401 - fields of any type
        """The fields as the end of an address, with ``other`` in place of some of them; "" for none."""
        fields = replace(self, **other).fields()
        return f"?{urlencode(fields)}" if fields else ""

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that pass them all."""
        return entries.filter(*map(_matches, self.q[:LONGEST_QUERY].split()[:10]), *self._choices())

    def _choices(self) -> list[Q]:
        chosen = {
            "actor_object_id__in": self.people,
            "deed__in": self._names() if self.areas or self.deeds else (),
            "result__in": self.results,
            "at__gte": _midnight(self.since) if self.since else None,
            "at__lt": _midnight(self.until + timedelta(days=1)) if self.until else None,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
        }
        return [Q(**{name: value}) for name, value in chosen.items() if value]

    def _names(self) -> list[str]:
        return [*self.deeds, *(deed.name for deed in list_deeds() if deed.area in self.areas)] or [""]


def read_filters(values: QueryDict) -> Filters:
    """The filters of a query string. A result that is none is left out; a day that is none is told beside its field."""
    errors: dict[str, str] = {}
    since, until = (_read_day(values, name, errors) for name in ("from", "to"))
    if since and until and since > until:
        errors["to"] = "That is before the first day: nothing can match."
    kind, _, object_id = read_text(values, "object").partition(":")
    return Filters(
        q=read_text(values, "q").strip("{}"),
        people=read_texts(values, "person"),
        areas=read_texts(values, "area"),
        deeds=read_texts(values, "deed"),
        results=tuple(text for text in read_texts(values, "result") if text in Entry.Result),
        since=since,
        until=until,
        object_kind=kind if object_id else "",
        object_id=object_id if kind else "",
        errors=errors,
    )


def _read_day(values: QueryDict, name: str, errors: dict[str, str]) -> date | None:
    text = read_text(values, name)
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date() if text else None  # noqa: DTZ007 - a day has no zone
    except ValueError:
        day = date.max
    # Nothing was recorded before, and a day after the last one that a calendar knows cannot be reckoned with.
    if day is None or date(2000, 1, 1) <= day < date(3000, 1, 1):
        return day
    errors[name] = f"“{text[:40]}” is no day: write it as 2026-11-23."
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _matches(word: str) -> Q:
    """Part of a person's name or address, of an object's id or name, of an id of Azure's, or of a deed's words."""
    names = [deed.name for deed in list_deeds() if word.casefold() in re.sub(r"\{\w+\}", "", deed.words).casefold()]
    found = Q(deed__in=names)
    for column in _COLUMNS:
        found |= Q(**{f"{column}__icontains": word})
    return found
