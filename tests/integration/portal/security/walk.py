"""Every address of an object that is there, and what a test of all of them notes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.urls import URLPattern

from portal.activity.models import Entry, Head
from portal.limits.models import Tally
from tests.integration.access.matrix import World, address_of, objects_of
from tests.urlconf import views

# Where something is written whoever asks for whatever: that somebody was here, how often, and what they were refused.
SEEN_AND_COUNTED: tuple[type[models.Model], ...] = (Session, Tally)
AND_TOLD: tuple[type[models.Model], ...] = (*SEEN_AND_COUNTED, Entry, Head)
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/cross-connections/"}
_WRITES = re.compile(r"(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)")

Rows = dict[str, list[dict[str, Any]]]


class Stop(NamedTuple):
    """An address by its name."""

    name: str
    address: str
    pattern: URLPattern


def stops(world: World) -> list[Stop]:
    """All addresses, each of an object that the first of them has, if it is about one."""
    return [Stop(str(one.name), address_of(one, objects_of(one)[0], world), one) for one in views()]


def rows_but_of(apart: tuple[type[models.Model], ...]) -> Rows:
    """The database, but for these tables."""
    known = [model for model in apps.get_models() if model not in apart]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in known}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done meanwhile is taken back at the end."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(before)


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The names of the tables that any statement writes to meanwhile."""
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        written = _WRITES.match(sql.lstrip())
        found.update([written[1]] if written else [])
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield found


def text_of(answer: Any) -> str:
    """All of an answer, streamed or not."""
    return str(answer.getvalue().decode(errors="replace"))
