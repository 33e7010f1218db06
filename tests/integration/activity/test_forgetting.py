"""What is older than the retention goes, and the chain stays whole."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError

from crossconnections.tasks import housekeeping
from portal.activity import retention
from portal.activity.checking import check_the_first_time, find_check
from portal.activity.models import Checkpoint, Entry
from portal.activity.retention import forget_the_old
from tests.integration.activity.entries import turned
from tests.integration.activity.test_verification import found, intact
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def five_old_and_two_recent():
    """The eldest 405 days old; the clock stands at ``NOW``."""
    for day in (405, 404, 403, 402, 401, 399, 1):
        with time_machine.travel(NOW - timedelta(days=day), tick=False):
            turned(f"day {day}")
    with time_machine.travel(NOW, tick=False):
        yield


def kept() -> list[int]:
    return list(Entry.objects.order_by("number").values_list("number", flat=True))


def test_what_is_old_goes_behind_a_checkpoint(five_old_and_two_recent):
    assert forget_the_old() == 5
    assert kept() == [6, 7]
    stands_for = Checkpoint.objects.get()
    assert (stands_for.number, stands_for.count, stands_for.at) == (5, 5, NOW)
    assert intact().startswith("2 entries intact, from 2025-10-20T12:00:00Z to 2026-11-22T12:00:00Z, head 7:")


def test_it_goes_in_pieces(five_old_and_two_recent, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    assert forget_the_old() == 5
    assert list(Checkpoint.objects.order_by("number").values_list("number", "count")) == [(2, 2), (4, 2), (5, 1)]
    assert intact().startswith("2 entries intact")


def test_a_trail_of_which_all_is_forgotten_goes_on(five_old_and_two_recent, settings):
    settings.PORTAL_RETENTION_DAYS = 1
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        forget_the_old()
        assert intact().startswith("0 entries intact, head 7:")
        turned("left")
    assert kept() == [8]
    assert intact().startswith("1 entry intact")


def test_nothing_is_forgotten_twice(five_old_and_two_recent):
    forget_the_old()
    assert forget_the_old() == 0
    assert Checkpoint.objects.count() == 1


def test_what_was_tampered_with_is_kept_as_evidence(five_old_and_two_recent):
    tamper("UPDATE activity_entry SET actor_name = 'Sam' WHERE number = 3")
    assert forget_the_old() == 2
    assert kept() == [3, 4, 5, 6, 7]
    assert found() == ["Entry 3 was changed."]


def test_nobody_gets_entries_forgotten_by_making_them_look_old(five_old_and_two_recent):
    tamper("UPDATE activity_entry SET at = '2020-01-01 00:00:00+00:00' WHERE number IN (6, 7)")
    forget_the_old()
    assert kept() == [6, 7]


def test_a_deleted_checkpoint_leaves_a_hole(five_old_and_two_recent):
    forget_the_old()
    tamper("DELETE FROM activity_checkpoint")
    assert found() == ["Entries 1 to 5 are missing."]


def test_a_forgotten_entry_that_is_put_back_does_not_belong(five_old_and_two_recent):
    first = Entry.objects.get(number=1)
    forget_the_old()
    Entry.objects.bulk_create([first])
    assert found() == ["Entry 1 does not belong there: it was inserted, moved or replaced."]


def test_the_database_still_keeps_the_rest(five_old_and_two_recent):
    forget_the_old()
    with pytest.raises(DatabaseError, match="cannot be"):
        Entry.objects.filter(number__gte=6).forget()


def test_a_head_from_before_is_known_as_long_as_a_checkpoint_names_it(five_old_and_two_recent):
    heads = dict(Entry.objects.values_list("number", "mac"))
    forget_the_old()
    assert intact(head=f"5:{heads[5]}")
    assert intact(head=f"6:{heads[6]}")
    assert found(head=f"4:{heads[4]}") == ["Entry 4, which the head that was given names, is older than what is kept."]
    assert found(head=f"5:{heads[4]}") == [
        "Entry 5 is not the one that the head that was given names: the chain was rewritten."
    ]


def test_the_clock_forgets_and_checks(five_old_and_two_recent):
    housekeeping()
    assert kept() == [6, 7]
    checked = find_check()
    assert checked is not None
    assert (checked.at, checked.findings) == (NOW, [])


def test_the_clock_writes_down_what_it_finds(five_old_and_two_recent):
    tamper("UPDATE activity_entry SET actor_name = 'Sam' WHERE number = 7")
    housekeeping()
    checked = find_check()
    assert checked is not None
    assert checked.findings == ["Entry 7 was changed."]


def test_a_new_installation_is_checked_soon_and_then_by_the_hour(five_old_and_two_recent):
    check_the_first_time()
    tamper("UPDATE activity_entry SET actor_name = 'Sam' WHERE number = 7")
    check_the_first_time()
    checked = find_check()
    assert checked is not None
    assert (checked.entries, checked.findings) == (7, [])
