from datetime import UTC, datetime

import pytest
import time_machine

from crossconnections.arm import Quota
from crossconnections.arm.answer import Head
from crossconnections.arm.quota import QuotaBook

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
READS, WRITES = "x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-subscription-writes"
GLOBAL = "x-ms-ratelimit-remaining-subscription-global-reads"


def noted(*answers: tuple[str, dict[str, str]]) -> dict[str, Quota]:
    book = QuotaBook()
    for path, headers in answers:
        book.note(path, Head(200, headers))
    return dict(book.by_subscription)


@time_machine.travel(NOW, tick=False)
def test_reads_and_writes_are_remembered_each_from_its_last_word() -> None:
    seen = noted(
        ("/subscriptions/S-1/providers/x", {READS: "11999"}),
        ("/subscriptions/s-1/resourceGroups/g", {WRITES: "1199"}),
        ("/subscriptions/s-1", {GLOBAL: "3749"}),
        ("/subscriptions/s-2/x", {READS: "7"}),
    )
    assert seen == {"s-1": Quota(3749, 1199, NOW), "s-2": Quota(7, None, NOW)}


@pytest.mark.parametrize("headers", [{}, {READS: "many"}, {READS: "-1"}, {WRITES: "9" * 400}])
def test_an_answer_that_tells_nothing_changes_nothing(headers: dict[str, str]) -> None:
    seen = noted(("/subscriptions/s", {READS: "5"}), ("/subscriptions/s", headers))
    assert seen["s"].remaining_reads == 5
    assert noted(("/subscriptions/s", headers)) == {}


def test_an_address_without_a_subscription_belongs_to_none() -> None:
    assert noted(("/providers/x", {READS: "5"}), ("/", {READS: "5"})) == {}
