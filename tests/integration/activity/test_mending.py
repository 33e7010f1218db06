"""``verify_activity --mend``: out of a trail that nothing can be recorded in, on record."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from portal.activity.chain import TrailBroken
from portal.activity.mending import NothingToMend, mend
from portal.activity.models import Entry, Head
from portal.activity.presenters import what_in_words
from portal.actors import at_terminal
from tests.integration.activity.entries import turned
from tests.integration.activity.test_heads import FORGED, MISSING, SUPERFLUOUS, copy_the_head
from tests.integration.activity.test_unreadable import insert_a_checkpoint
from tests.integration.activity.test_verification import SIDES, change, delete, found, intact, rewind
from tests.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def eight() -> list[Entry]:
    return turned(*SIDES)


def mended() -> list[str]:
    """What the command prints, whatever comes of it."""
    out = StringIO()
    try:
        call_command("verify_activity", mend=True, stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (lambda: tamper("UPDATE activity_head SET seal = 'forged'"), FORGED),
        (lambda: tamper("UPDATE activity_head SET number = 5"), FORGED),
        (lambda: tamper("DELETE FROM activity_head"), MISSING),
        (lambda: tamper("UPDATE activity_head SET id = 7"), f"{MISSING} {SUPERFLUOUS}"),
        (lambda: copy_the_head(7), SUPERFLUOUS),
    ],
)
def test_after_it_deeds_are_possible_and_it_is_on_record(tampering: Callable[[], None], told: str):
    tampering()
    assert "Sealed the head of the trail anew; on record as entry 9. Found now:" in mended()
    entry = Entry.objects.get(number=9)
    assert what_in_words(entry) == f"Sealed the head of the trail anew; found: {told}"
    assert (entry.via, entry.actor_name) == ("command", at_terminal().name)
    assert turned("left")[0].number == 10
    assert intact().startswith("10 entries intact")
    assert Head.objects.count() == 1


def test_what_is_wrong_with_entries_stays_a_finding():
    change("reason")
    tamper("DELETE FROM activity_head")
    assert mended() == [
        "Entry 4 was changed.",
        MISSING,
        "Sealed the head of the trail anew; on record as entry 9. Found now:",
        "Entry 4 was changed.",
        "1 finding: the trail is not intact.",
    ]
    assert found() == ["Entry 4 was changed."]


def test_a_tail_that_was_cut_off_with_the_head_cannot_be_told_afterwards():
    rewind(6)
    mended()
    assert intact().startswith("7 entries intact")
    assert FORGED in what_in_words(Entry.objects.get(number=7))


def test_numbers_that_the_head_knows_are_not_given_again():
    delete(7, 8)
    tamper("UPDATE activity_head SET seal = 'forged'")
    mended()
    assert Entry.objects.order_by("-number")[0].number == 9
    assert found() == ["Entries 7 to 8 are missing."]


def test_numbers_that_a_checkpoint_knows_are_not_given_again():
    insert_a_checkpoint(number="20")
    tamper("DELETE FROM activity_head")
    mended()
    assert turned("left")[0].number == 22


def test_a_number_that_was_never_given_does_not_use_them_up():
    tamper("UPDATE activity_head SET number = 9223372036854775807")
    mended()
    assert turned("left")[0].number == 10


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps any value in any column")
@pytest.mark.parametrize("column", ["number", "mac", "key_id", "seal"])
def test_a_head_of_odd_values_is_mended(column: str):
    tamper(f"UPDATE activity_head SET {column} = CAST(x'ff' AS text)")
    mended()
    assert intact().startswith("9 entries intact")


def test_an_emptied_trail_goes_on():
    delete(1, 8)
    tamper("UPDATE activity_head SET seal = 'forged'")
    mended()
    assert turned("left")[0].number == 10


def test_a_lost_key_is_mended_and_what_it_sealed_stays_a_finding(settings):
    settings.SECRET_KEY = "another secret key" * 4
    mended()
    (told,) = found()
    assert told.startswith("Entries 1 to 8 are sealed with the key")


@pytest.mark.parametrize("tampering", [lambda: None, lambda: change("reason"), lambda: delete(7, 8)])
def test_it_refuses_where_nothing_is_wrong_with_the_head(tampering: Callable[[], None]):
    tampering()
    assert mended()[-1] == "Nothing is wrong with the head of the trail, so there is nothing to mend."
    assert not Entry.objects.filter(deed="activity.mended").exists()


def test_it_refuses_where_nothing_was_recorded_yet():
    delete(1, 8)
    tamper("DELETE FROM activity_head")
    with pytest.raises(NothingToMend):
        mend([])
    assert not Head.objects.exists()


def test_many_findings_are_cut():
    for number in (2, 4, 6, 8):
        change("reason", number)
    tamper("DELETE FROM activity_head")
    mended()
    assert Entry.objects.get(number=9).named_details["findings"] == 5
    with pytest.raises(NothingToMend):
        mend([])
    tamper("DELETE FROM activity_head")
    assert len(mend(["Entry 4 was changed."] * 99).named_details["found"]) == 500


def test_without_it_nothing_can_be_recorded():
    tamper("DELETE FROM activity_head")
    found()
    with pytest.raises(TrailBroken):
        turned("left")
