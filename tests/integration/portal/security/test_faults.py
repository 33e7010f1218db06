"""A fault of ours tells nothing of the inside, whatever the address, and is written down (ASVS 16.5.1, 16.3.4)."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from tests.integration.access.matrix import FIELDS, World
from tests.integration.portal.headers import lacking
from tests.integration.portal.security.walk import HTMX, stops, text_of, undone

# What a driver says of a database that is away, and what no page may.
WORDS = 'connection to server at "db.internal.example" failed: password=hunter2'
INSIDE = (
    "hunter2", "db.internal", "OperationalError", "ArithmeticError", "Traceback", "SELECT", "sqlite", "psycopg",
    "site-packages", "/portal/", "/crossconnections/views", "DJANGO", "django.",
)  # fmt: skip
METHODS: tuple[tuple[str, dict[str, str]], ...] = (("GET", {}), ("POST", {}), ("GET", HTMX), ("POST", HTMX))
FORM = "application/x-www-form-urlencoded"

View = Callable[..., Any]


def raising(_: View) -> Any:
    raise ArithmeticError(WORDS)


def without_a_database(call: View) -> Any:
    """The view runs, and whatever it asks of the database fails."""
    with connection.execute_wrapper(_fail):
        return call()


def _fail(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
    if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
        raise OperationalError(WORDS)
    return execute(sql, *arguments)


@pytest.fixture
def browser(world: World) -> Client:
    found = world.browser("adminis")
    found.raise_request_exception = False
    return found


def answers(world: World, browser: Client, monkeypatch: pytest.MonkeyPatch, fault: Callable[[View], Any]) -> Any:
    """What each address answers, by each method, while each view has that fault."""
    for name, address, pattern in stops(world):
        view = pattern.callback

        @wraps(view)
        def broken(*args: Any, _view: View = view, **kwargs: Any) -> Any:
            return fault(lambda: _view(*args, **kwargs))

        monkeypatch.setattr(pattern, "callback", broken)
        for method, headers in METHODS:
            browser.cookies.load(world.cookies["adminis"])
            with undone():
                answer = browser.generic(method, address, _body(method), FORM, headers=headers)
            yield f"{method} {name}", answer


def _body(method: str) -> str:
    return urlencode(FIELDS) if method == "POST" else ""


def tells(answer: Any) -> list[str]:
    said = text_of(answer) + str(answer.headers)
    return [word for word in (*INSIDE, settings.SECRET_KEY) if word in said]


def test_whatever_view_breaks_the_page_says_nothing_of_the_inside(
    world: World, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    for what, answer in answers(world, browser, monkeypatch, raising):
        assert (answer.status_code, tells(answer), lacking(answer.headers)) == (500, [], []), what
    told = [one for one in caplog.records if one.exc_info and one.exc_info[0] is ArithmeticError]
    assert len(told) >= len(stops(world)) * len(METHODS)


def test_whatever_view_the_database_leaves_it_says_nothing_of_the_database(
    world: World, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.CRITICAL)
    statuses = set()
    for what, answer in answers(world, browser, monkeypatch, without_a_database):
        assert (tells(answer), lacking(answer.headers)) == ([], []), what
        statuses.add(answer.status_code)
    assert 500 in statuses
