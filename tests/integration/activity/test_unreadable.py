"""Rows that nobody could write through the portal, and that no reading may fail over."""

from collections.abc import Callable

import pytest
from django.db import connection

from portal.activity.checking import check_the_chain
from portal.activity.models import Entry, Head
from portal.activity.retention import forget_the_old
from portal.actors import Actor
from tests.integration.activity.entries import turned
from tests.integration.activity.test_verification import SIDES, change, found
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps any value in any column")
DEEP = "[" * 3_000 + "]" * 3_000


@pytest.fixture
def eight() -> list[Entry]:
    return turned(*SIDES)


def put(column: str, expression: str) -> None:
    """Make an expression of SQL the value of a column of entry 4."""
    tamper(f"UPDATE activity_entry SET {column} = {expression} WHERE number = 4")


def insert_a_checkpoint(**expressions: str) -> None:
    """Nothing guards against that: the portal inserts some as well."""
    values = {"number": "3", "mac": "'x'", "at": "'2026-11-23 12:00:00+00:00'", "count": "3"}
    values |= {"key_id": f"'{Head.objects.get().key_id}'", "seal": "'x'"} | expressions
    tamper(f"INSERT INTO activity_checkpoint ({', '.join(values)}) VALUES ({', '.join(values.values())})")


NO_VALUES = [
    ("actor_name", "CAST(x'ff' AS text)"),
    ("details", "CAST(x'7bff7d' AS text)"),
    ("details", f"'{DEEP}'"),
    ("details", "x'7b7d'"),
    ("details", "5"),
    ("deed", "x'ff'"),
    ("reason", "x'ff'"),
    ("mac", "x'ff'"),
    ("mac", "CAST(x'ff' AS text)"),
    ("previous_mac", "CAST(x'ff' AS text)"),
    ("at", "''"),
    ("at", "5"),
    ("at", "x'ff'"),
    ("at", "CAST(x'ff' AS text)"),
    ("at", "'0001-01-01 00:00:00+14:00'"),
    ("at", "'9999-12-31 23:59:59-14:00'"),
]


@only_sqlite
@pytest.mark.parametrize(("column", "expression"), NO_VALUES)
def test_what_no_column_should_hold_is_a_change_like_any_other(eight: list[Entry], column: str, expression: str):
    put(column, expression)
    change("reason", 7)
    assert found() == ["Entry 4 was changed.", "Entry 7 was changed."]
    assert check_the_chain().findings == ["Entry 4 was changed.", "Entry 7 was changed."]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="times of PostgreSQL that Python has none for")
@pytest.mark.parametrize("at", ["infinity", "-infinity", "294276-12-31", "0044-03-15 BC"])
def test_a_time_that_python_cannot_hold_is_a_change_like_any_other(eight: list[Entry], at: str):
    put("at", f"'{at}'")
    change("reason", 7)
    assert found() == ["Entry 4 was changed.", "Entry 7 was changed."]


def test_deep_details_are_a_change_like_any_other(eight: list[Entry]):
    put("details", f"'{DEEP}'")
    assert found() == ["Entry 4 was changed."]


@only_sqlite
def test_odd_bytes_do_not_read_like_the_sign_that_the_portal_shows_for_them():
    turned("left", by=Actor("web", "\ud83d"))
    assert Entry.objects.get().actor_name == "\ufffd"
    tamper("UPDATE activity_entry SET actor_name = CAST(x'ff' AS text)")
    assert found() == ["Entry 1 was changed."]


@only_sqlite
def test_the_id_of_a_key_does_nothing_to_the_terminal(eight: list[Entry]):
    put("key_id", "CAST(x'1b5b33316dff' AS text)")
    told = "Entry 4 is sealed with the key \ufffd[31m\ufffd, which is not configured: it may have been changed."
    assert found() == [told]


@only_sqlite
@pytest.mark.parametrize(("number", "told"), [("'first'", "first"), ("x'ff'", r"b'\xff'"), ("4.5", "4.5")])
def test_what_is_numbered_by_no_number_is_found(eight: list[Entry], number: str, told: str):
    tamper(f"UPDATE activity_entry SET number = {number} WHERE number = 8")
    assert set(found()) == {
        f"There is an entry numbered {told}, which is no number: it was inserted or changed.",
        "The tail of the chain is cut off: entry 8 is missing.",
    }


FORGED = "The checkpoint {} was forged: what came before it cannot be told."


@only_sqlite
@pytest.mark.parametrize("at", ["'rubbish'", "''", "5", "x'ff'", "'0001-01-01 00:00:00+14:00'", "CAST(x'ff' AS text)"])
def test_a_checkpoint_at_no_time_is_found_and_hides_nothing(eight: list[Entry], at: str):
    insert_a_checkpoint(at=at)
    change("reason", 2)
    assert found() == [FORGED.format(3), "Entry 2 was changed."]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="times of PostgreSQL that Python has none for")
def test_a_checkpoint_at_infinity_is_found_and_hides_nothing(eight: list[Entry]):
    insert_a_checkpoint(at="'infinity'")
    change("reason", 2)
    assert found() == [FORGED.format(3), "Entry 2 was changed."]


def test_a_checkpoint_far_away_hides_nothing(eight: list[Entry]):
    insert_a_checkpoint(number="1000000")
    insert_a_checkpoint(number="2000000", key_id="'gone'")
    assert found() == [
        FORGED.format("1,000,000"),
        "The checkpoint 2,000,000 is sealed with the key gone, which is not configured: it may have been forged.",
    ]


@only_sqlite
def test_a_checkpoint_that_is_numbered_by_no_number_is_found(eight: list[Entry]):
    insert_a_checkpoint(number="'last'")
    assert found() == ["There is a checkpoint numbered last, which is no number: it was forged."]


@only_sqlite
@pytest.mark.parametrize("tampering", [lambda: put("reason", "CAST(x'ff' AS text)"), insert_a_checkpoint])
def test_nothing_is_forgotten_over_it_and_nothing_fails(eight: list[Entry], settings, tampering: Callable[[], None]):
    settings.PORTAL_RETENTION_DAYS = 0
    tampering()
    assert forget_the_old() in {0, 3}
    assert Entry.objects.filter(number=4).exists()
