"""The head: verification judges the row that deeds go by, and no other."""

import pytest
from django.db import connection

from portal.activity.chain import TrailBroken
from portal.activity.models import Entry
from tests.integration.activity.entries import turned
from tests.integration.activity.test_unreadable import insert_a_checkpoint
from tests.integration.activity.test_verification import SIDES, found, intact
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
MISSING = "The head of the chain is missing: where it ends cannot be told."
FORGED = "The head of the chain was forged: where it ends cannot be told."
SUPERFLUOUS = "The row 7 of the head does not belong there: it was inserted or moved."


@pytest.fixture(autouse=True)
def eight() -> list[Entry]:
    return turned(*SIDES)


def copy_the_head(*numbers: int) -> None:
    for number in numbers:
        columns = "number, mac, key_id, seal"
        tamper(f"INSERT INTO activity_head (id, {columns}) SELECT {number}, {columns} FROM activity_head WHERE id = 1")


def test_a_head_that_was_moved_is_missing():
    tamper("UPDATE activity_head SET id = 7")
    assert found() == [MISSING, SUPERFLUOUS]
    with pytest.raises(TrailBroken):
        turned("left")


def test_another_head_stops_nobody_and_is_found():
    copy_the_head(7)
    turned("left")
    assert found() == [SUPERFLUOUS]


def test_several_are_found_at_once():
    copy_the_head(0, 6, 7)
    assert found() == [
        "The row 0 of the head does not belong there: it was inserted or moved.",
        "The rows 6 to 7 of the head do not belong there: they were inserted or moved.",
    ]


def test_another_head_does_not_speak_for_the_one_that_was_forged():
    copy_the_head(0)
    tamper("UPDATE activity_head SET seal = 'forged' WHERE id = 1")
    assert found()[0] == FORGED


def test_a_checkpoint_alone_needs_a_head_as_well():
    insert_a_checkpoint()
    tamper("DELETE FROM activity_entry")
    tamper("DELETE FROM activity_head")
    assert found()[-1] == MISSING
    with pytest.raises(TrailBroken):
        turned("left")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps any value in any column")
@pytest.mark.parametrize("column", ["number", "mac", "seal"])
@pytest.mark.parametrize("value", ["CAST(x'ff' AS text)", "x'ff'", "''"])
def test_a_head_of_odd_values_was_forged(column: str, value: str):
    tamper(f"UPDATE activity_head SET {column} = {value}")
    assert found() == [FORGED]
    with pytest.raises(TrailBroken):
        turned("left")


def test_the_only_head_is_none_too_many():
    assert intact().startswith("8 entries intact")
