"""Two who record at once: real connections, one of which has not committed yet."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.activity.models import Entry, Head
from portal.activity.trail import record
from portal.activity.verification import Verification
from portal.actors import THE_CLOCK
from tests.integration.activity.entries import LOOKED, turned
from tests.integration.domain.test_two_at_once import _closing, overlap

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="there, one connection writes at a time"),
]


@pytest.mark.parametrize("is_first_ever", [True, False])
def test_two_at_once_get_numbers_one_after_the_other_in_one_chain(is_first_ever: bool):
    before = 0 if is_first_ever else len(turned("left", "right"))
    first, second = overlap(lambda: record(LOOKED, by=THE_CLOCK).number, lambda: turned("left")[0].number)
    assert (first, second) == (before + 1, before + 2)
    assert (Head.objects.count(), Entry.objects.count()) == (1, before + 2)
    assert list(Verification().findings()) == []


def test_who_verifies_neither_stops_nor_is_misled_by_who_records():
    turned("left", "right")

    def record_meanwhile(entries: int) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_closing, lambda: turned("meanwhile")).result(10)

    verification = Verification(progress=record_meanwhile)
    assert list(verification.findings()) == []
    assert verification.entries == 2
    assert Entry.objects.count() == 4
