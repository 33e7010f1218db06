"""Tampering as the owner of the database can do it, and what ``verify_activity`` says of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.activity.chain import FIELDS
from portal.activity.models import Entry, Head
from portal.activity.verification import Verification
from tests.integration.activity.entries import turned
from tests.tampering import tamper, unguarded_trail

pytestmark = pytest.mark.django_db
SIDES = ("left", "right") * 4


@pytest.fixture
def eight() -> list[Entry]:
    return turned(*SIDES)


def found(**options: str) -> list[str]:
    """What the command prints of a trail that is not intact."""
    out = StringIO()
    with pytest.raises(CommandError, match="not intact"):
        call_command("verify_activity", stdout=out, **options)
    return out.getvalue().splitlines()


def intact(**options: str) -> str:
    out = StringIO()
    call_command("verify_activity", stdout=out, **options)
    return out.getvalue().strip()


def copy(number: int, *, onto: int) -> None:
    """Insert an entry that is the same as another but for its number."""
    columns = ", ".join(f'"{name}"' for name in FIELDS if name != "number")
    copied = f"SELECT {onto}, {columns} FROM activity_entry WHERE number = {number}"
    tamper(f"INSERT INTO activity_entry (number, {columns}) {copied}")


def renumber(first: int, last: int, by: int) -> None:
    for number in sorted(range(first, last + 1), reverse=by > 0):
        tamper("UPDATE activity_entry SET number = %s WHERE number = %s", number + by, number)


def swap(one: int, other: int) -> None:
    for number, new in ((one, 99), (other, one), (99, other)):
        tamper("UPDATE activity_entry SET number = %s WHERE number = %s", new, number)


def delete(first: int, last: int) -> None:
    tamper("DELETE FROM activity_entry WHERE number BETWEEN %s AND %s", first, last)


def rewind(to: int) -> None:
    """Cut the tail off and set the head back, with the only seal at hand: that of the head as it is."""
    delete(to + 1, len(SIDES))
    mac = Entry.objects.get(number=to).mac
    tamper("UPDATE activity_head SET number = %s, mac = %s", to, mac)


def change(column: str, number: int = 4) -> None:
    tamper(f"UPDATE activity_entry SET {column} = 'x' WHERE number = {number}")


def insert_in_the_middle() -> None:
    renumber(5, 8, by=1)
    copy(3, onto=5)


def replay() -> None:
    delete(6, 6)
    copy(2, onto=6)


def close_the_gap() -> None:
    delete(4, 4)
    renumber(5, 8, by=-1)


def append_one() -> None:
    copy(8, onto=9)
    tamper("UPDATE activity_entry SET previous_mac = %s WHERE number = 9", Entry.objects.get(number=8).mac)


FOREIGN = "Entry {} does not belong there: it was inserted, moved or replaced."
TAMPERINGS: dict[str, tuple[Callable[[], None], list[str]]] = {
    "changed": (lambda: change("actor_name"), ["Entry 4 was changed."]),
    "changed result": (lambda: change("result"), ["Entry 4 was changed."]),
    "changed link": (lambda: change("previous_mac"), ["Entry 4 was changed."]),
    "changed seal": (lambda: change("mac"), ["Entry 4 was changed."]),
    "first changed": (lambda: change("details", 1), ["Entry 1 was changed."]),
    "last changed": (lambda: change("reason", 8), ["Entry 8 was changed."]),
    "all changed": (
        lambda: tamper("UPDATE activity_entry SET actor_name = 'Sam'"),
        ["Entries 1 to 8 were changed."],
    ),
    "sealed with another key": (
        lambda: change("key_id"),
        ["Entry 4 is sealed with the key x, which is not configured: it may have been changed."],
    ),
    "first deleted": (lambda: delete(1, 1), ["Entry 1 is missing."]),
    "middle deleted": (lambda: delete(3, 5), ["Entries 3 to 5 are missing."]),
    "last deleted": (lambda: delete(8, 8), ["The tail of the chain is cut off: entry 8 is missing."]),
    "tail deleted": (lambda: delete(6, 8), ["The tail of the chain is cut off: entries 6 to 8 are missing."]),
    "all deleted": (lambda: delete(1, 8), ["The tail of the chain is cut off: entries 1 to 8 are missing."]),
    "tail cut off, head rewound": (
        lambda: rewind(7),
        ["The head of the chain was forged: where it ends cannot be told."],
    ),
    "head deleted": (
        lambda: tamper("DELETE FROM activity_head"),
        ["The head of the chain is missing: where it ends cannot be told."],
    ),
    "inserted in the middle": (
        insert_in_the_middle,
        [
            "Entries 5 to 6 do not belong there: they were inserted, moved or replaced.",
            "Entries 7 to 8 were changed.",
            FOREIGN.format(9),
        ],
    ),
    "inserted before the first": (lambda: copy(8, onto=0), [FOREIGN.format(0)]),
    "inserted after the last": (append_one, [FOREIGN.format(9)]),
    "replayed": (replay, [FOREIGN.format(6)]),
    "swapped": (lambda: swap(3, 4), ["Entries 3 to 4 do not belong there: they were inserted, moved or replaced."]),
    "deleted and renumbered": (
        close_the_gap,
        [FOREIGN.format(4), "Entries 5 to 7 were changed.", "The tail of the chain is cut off: entry 8 is missing."],
    ),
    "forged checkpoint": (
        lambda: forge_a_checkpoint(3),
        ["The checkpoint 3 was forged: what came before it cannot be told.", "Entries 1 to 3 are missing."],
    ),
}


def forge_a_checkpoint(number: int) -> None:
    delete(1, number)
    mac = Entry.objects.get(number=number + 1).previous_mac
    columns = "number, mac, at, count, key_id, seal"
    values = (number, mac, "2026-11-23 12:00:00+00:00", number, Head.objects.get().key_id, "0" * 64)
    tamper(f"INSERT INTO activity_checkpoint ({columns}) VALUES (%s, %s, %s, %s, %s, %s)", *values)


@pytest.mark.parametrize("form", TAMPERINGS)
def test_tampering_is_found_and_named(eight: list[Entry], form: str):
    tampering, told = TAMPERINGS[form]
    tampering()
    assert found() == told


def test_an_intact_trail_says_how_far_it_goes(eight: list[Entry]):
    start, end = (f"{entry.at:%Y-%m-%dT%H:%M:%SZ}" for entry in (eight[0], eight[-1]))
    assert intact() == f"8 entries intact, from {start} to {end}, head 8:{eight[-1].mac}"


def test_an_empty_trail_is_intact():
    assert intact() == "0 entries intact, no head yet"


def test_an_entry_that_follows_another_history_is_found(eight: list[Entry]):
    """Sealed by the portal, but in a life of the trail that somebody ended by emptying all of it."""
    delete(1, 8)
    tamper("DELETE FROM activity_head")
    turned("other", "life")
    with unguarded_trail():
        Entry.objects.bulk_create(eight[2:3])
    tamper("UPDATE activity_head SET number = 3, mac = %s", eight[2].mac)
    assert found()[0] == "Entry 3 does not follow the one before it."


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (lambda: None, None),
        (lambda: start_anew(2), "The head that was given, 5, lies beyond the end of the chain: its tail is cut off."),
        (
            lambda: start_anew(9),
            "Entry 5 is not the one that the head that was given names: the chain was rewritten.",
        ),
    ],
)
def test_a_head_noted_elsewhere_tells_of_a_trail_that_was_made_anew(
    eight: list[Entry], tampering: Callable[[], None], told: str | None
):
    tampering()
    head = f"5:{eight[4].mac}"
    if told is None:
        assert intact(head=head).startswith("8 entries intact")
    else:
        assert intact()
        assert found(head=head) == [told]


def start_anew(count: int) -> None:
    """Empty all of it, and let the portal itself write another chain: only an anchor outside can tell."""
    delete(1, 8)
    tamper("DELETE FROM activity_head")
    turned(*("anew",) * count)


@pytest.mark.parametrize("head", ["nonsense", "5", "5:", "x:aa", "-1:aa"])
def test_a_head_that_is_none_is_refused(head: str):
    with pytest.raises(CommandError, match="takes NUMBER:MAC"):
        call_command("verify_activity", head=head)


def test_former_keys_verify_until_they_are_forgotten(eight: list[Entry], settings):
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret key" * 4, [former]
    turned("left")
    assert intact().startswith("9 entries intact")
    settings.SECRET_KEY_FALLBACKS = []
    (told,) = found()
    assert re.match(r"Entries 1 to 8 are sealed with the key [0-9a-f]{12}, which is not configured", told)


def test_a_head_whose_key_is_forgotten_is_told_from_a_forged_one(eight: list[Entry], settings):
    settings.SECRET_KEY = "another secret key" * 4
    assert len(found()) == 2
    assert found()[-1].startswith("The head of the chain is sealed with the key")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a column of PostgreSQL takes nothing but a time")
def test_a_time_that_is_none_any_more_is_found(eight: list[Entry]):
    change("at")
    assert found() == ["Entry 4 was changed."]


def test_a_time_that_was_moved_by_a_microsecond_is_found(eight: list[Entry]):
    tamper("UPDATE activity_entry SET at = %s WHERE number = 4", str(eight[3].at + timedelta(microseconds=1)))
    assert found() == ["Entry 4 was changed."]


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_moment_and_leaves_no_transaction_open():
    turned(*SIDES)
    assert intact().startswith("8 entries intact")
    turned("after it")
    assert intact().startswith("9 entries intact")


TEXTS = [name for name in FIELDS if name not in {"number", "at"}]


@given(
    column=st.sampled_from(TEXTS),
    number=st.integers(1, len(SIDES)),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
)
@hypothesis_settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_any_field_of_any_entry_is_found(column: str, number: int, text: str):
    if not Entry.objects.exists():
        turned(*SIDES)
    before = Entry.objects.filter(number=number).values_list(column, flat=True).get()
    put = f'UPDATE activity_entry SET "{column}" = %s WHERE number = %s'
    tamper(put, text, number)
    told = [finding.words for finding in Verification().findings()]
    tamper(put, before, number)
    assert bool(told) == (text != before)
    assert all(f"{number}" in words for words in told)
