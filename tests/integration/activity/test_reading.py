"""The page, the files and the cards of objects, with entries among them that somebody has made unreadable."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.activity.checking import check_the_chain
from portal.activity.objects import register
from portal.activity.trail import About, record_alone
from tests.integration.activity.entries import LOOKED, at_a_browser, turned
from tests.integration.activity.test_page import deeds, page
from tests.integration.activity.test_unreadable import DEEP, only_sqlite, put
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
CANNOT = "This entry cannot be read: it was changed in the database. verify_activity on the host says more."
UNREADABLE = [
    ("at", "'rubbish'"),
    ("at", "''"),
    ("at", "5"),
    ("at", "x'ff'"),
    ("at", "CAST(x'ff' AS text)"),
    ("at", "'0001-01-01 00:00:00+14:00'"),
    ("at", "'10000-01-01 00:00:00'"),
    ("actor_name", "CAST(x'ff' AS text)"),
    ("actor_name", "x'ff'"),
    ("object_id", "CAST(x'ff' AS text)"),
    ("result", "x'ff'"),
    ("details", "CAST(x'ff' AS text)"),
    ("details", "x'ff'"),
]
ANYWHERE = [("details", f"'{DEEP}'"), ("details", f"'{{\"thing\": {DEEP}}}'"), ("details", '\'{"thing": "\\ud800"}\'')]
INFINITE = [("at", "'infinity'"), ("at", "'294276-12-31'"), ("at", "'0044-03-15 BC'")]
FORMS = ANYWHERE + (UNREADABLE if connection.vendor == "sqlite" else INFINITE)


@pytest.fixture
def administrator(signed_in: Callable[..., Client]) -> Client:
    turned(*map(str, range(1, 6)))
    return signed_in("Portal.Administrator")


def exported(client: Client, form: str) -> str:
    parts = client.get(f"/activity/export.{form}?deed=test.turned").streaming_content  # type: ignore[attr-defined]
    return b"".join(parts).decode("utf-8-sig")


@pytest.mark.parametrize(("column", "expression"), FORMS)
def test_the_page_says_which_cannot_be_read_and_shows_the_others(
    administrator: Client, column: str, expression: str
) -> None:
    put(column, expression)
    assert deeds(administrator) == [f"Turned it to {side}" for side in (5, 3, 2, 1)]
    assert re.search(rf'<td class="c-time">4</td>.*{CANNOT}', page(administrator), re.DOTALL)


@pytest.mark.parametrize(("column", "expression"), FORMS)
def test_the_files_say_which_cannot_be_read_and_hold_the_others(
    administrator: Client, column: str, expression: str
) -> None:
    put(column, expression)
    told = {line["number"]: line["what"] for line in csv.DictReader(io.StringIO(exported(administrator, "csv")))}
    assert told == {"4": CANNOT} | {str(side): f"Turned it to {side}" for side in (5, 3, 2, 1)}
    lines = {line["number"]: line for line in map(json.loads, exported(administrator, "jsonl").splitlines())}
    assert lines[4] == {"number": 4, "unreadable": CANNOT}
    assert sorted(lines) == [1, 2, 3, 4, 5]
    assert lines[3]["details"] == {"side": "3", "thing": "it"}


def test_a_trail_of_nothing_that_can_be_read_is_shown_as_such(administrator: Client) -> None:
    tamper(f"UPDATE activity_entry SET details = '{DEEP}'")
    assert page(administrator).count(CANNOT) == 5


def test_those_that_cannot_be_read_can_be_turned_over(administrator: Client) -> None:
    turned(*map(str, range(6, 102)))
    put("details", f"'{DEEP}'")
    tamper(f"UPDATE activity_entry SET details = '{DEEP}' WHERE number = 2")
    assert 'href="/activity/?before=2" rel="next">Older' in page(administrator)
    assert deeds(administrator, "?before=2") == ["Turned it to 1"]


@only_sqlite
def test_those_that_are_numbered_by_no_number_do_not_hide_the_others(administrator: Client) -> None:
    turned(*map(str, range(6, 107)))
    tamper("UPDATE activity_entry SET number = 'no ' || number WHERE number > 5")
    (older,) = re.findall(r'href="/activity/(\?before=\d+)" rel="next">Older', page(administrator))
    assert deeds(administrator, older) == [f"Turned it to {side}" for side in (5, 4, 3, 2, 1)]


@only_sqlite
@pytest.mark.parametrize(("number", "told"), [("'first'", "first"), ("x'1b'", r"b&#x27;\x1b&#x27;"), ("4.5", "4.5")])
def test_what_is_numbered_by_no_number_is_shown(administrator: Client, number: str, told: str) -> None:
    put("number", number)
    assert f'<td class="c-time">{told}</td>' in page(administrator)
    assert len(exported(administrator, "jsonl").splitlines()) == 5


@only_sqlite
@pytest.mark.parametrize(
    ("column", "expression"),
    [
        *(("at", at) for column, at in UNREADABLE if column == "at"),
        ("entries", "'many'"),
        ("entries", "x'ff'"),
        ("findings", "'null'"),
        ("findings", "'5'"),
    ],
)
def test_a_check_that_cannot_be_read_counts_as_none_until_the_next(
    administrator: Client, column: str, expression: str
) -> None:
    check_the_chain()
    tamper(f"UPDATE activity_check SET {column} = {expression}")
    assert "The chain was not checked yet" in page(administrator)
    check_the_chain()
    assert "Chain of 5 entries intact" in page(administrator)


@pytest.mark.parametrize("object_id", ["", "a/b", "../x"])
def test_an_object_that_no_address_can_be_made_of_has_no_link(administrator: Client, object_id: str) -> None:
    register("circuit", "circuit id", lambda circuit: reverse("cross-connection", args=[circuit]))
    record_alone(LOOKED, by=at_a_browser(), about=About("circuit", "7"))
    assert 'href="/cross-connections/7/"' in page(administrator)
    tamper("UPDATE activity_entry SET object_id = %s WHERE number = 6", object_id)
    shown = page(administrator)
    assert CANNOT not in shown
    assert f"<code>{object_id}</code>" in shown
    assert f"<code>{object_id}</code></a>" not in shown


@pytest.mark.parametrize(("column", "expression"), [form for form in FORMS if form[0] != "object_id"])
def test_the_page_of_an_object_shows_the_others(signed_in: Callable[..., Client], column: str, expression: str) -> None:
    cross_connection(enlisted(), KEY)
    for _ in range(5):
        record_alone(LOOKED, by=at_a_browser(), about=About("cross-connection", KEY))
    put(column, expression)
    shown = signed_in("Portal.Viewer").get(f"/cross-connections/{KEY}/").content.decode()
    assert shown.count("looked around") == 4
    assert f"<b>Entry 4</b></p><small>{CANNOT}</small>" in shown
