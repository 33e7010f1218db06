"""How long a session has been up moves on with the clock, which no test can wait for."""

from itertools import pairwise

import pytest

from sandbox.estate.documents import Document
from sandbox.estate.estate import Estate
from sandbox.estate.subscriptions import SUBSCRIPTIONS
from sandbox.network.arp import arp_table
from sandbox.network.durations import as_cisco_writes
from sandbox.network.health import Health
from sandbox.network.legs import Leg
from sandbox.network.summary import routes_table_summary

HOUR, DAY, WEEK, YEAR = 3600, 86_400, 604_800, 31_536_000
NOW = 1_800_000_000.0


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    estate = Estate(1, 50, tmp_path_factory.mktemp("estate"))
    found = (estate.find(one["name"]) for subscription in SUBSCRIPTIONS for one in estate.each(subscription.id))
    return next(one for one in found if one and one["properties"]["peerings"])


def leg(document: Document, condition: str, now: float, since: float | None = NOW) -> Leg:
    return Leg(document, document["properties"]["peerings"][0], "primary", Health(condition, since, 50), now)


def up_down(document: Document, condition: str, now: float, since: float | None = NOW) -> str:
    told: str = routes_table_summary(leg(document, condition, now, since))[0]["upDown"]
    return told


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00:00"),
        (59.9, "00:00:59"),
        (DAY - 1, "23:59:59"),
        (DAY, "1d00h"),
        (DAY + 14 * HOUR, "1d14h"),
        (WEEK - 1, "6d23h"),
        (8 * WEEK + 4 * DAY, "8w4d"),
        (YEAR - 1, "52w0d"),
        (YEAR + 2 * WEEK, "1y2w"),
    ],
)
def test_a_duration_is_written_as_a_router_does(seconds: float, text: str) -> None:
    assert as_cisco_writes(seconds) == text


def test_a_session_that_is_down_tells_since_when(document: Document) -> None:
    assert up_down(document, "bgp-idle", NOW + 65) == "00:01:05"
    assert up_down(document, "over-prefix-limit", NOW + 3 * DAY) == "3d00h"


def test_a_session_that_flaps_starts_again_every_ninety_seconds(document: Document) -> None:
    told = [up_down(document, "flapped", NOW + passed) for passed in (0, 40, 89, 90, 100, 5000)]
    assert told == ["00:00:00", "00:00:40", "00:01:29", "00:00:00", "00:00:10", "00:00:50"]


def test_a_clock_that_was_set_back_gives_no_negative_time(document: Document) -> None:
    assert up_down(document, "bgp-idle", NOW - 500) == "00:00:00"


def test_a_healthy_session_is_older_than_an_hour_at_any_time(document: Document) -> None:
    found = {up_down(document, "healthy", NOW + step * 7919, None) for step in range(2000)}
    assert not any(text.startswith("00:") for text in found)
    assert len(found) > 20


def test_the_edges_age_moves_by_the_minute_below_four_hours(document: Document) -> None:
    ages = [arp_table(leg(document, "healthy", NOW + 60 * minute))[0]["age"] for minute in range(500)]
    assert {(later - earlier) % 240 for earlier, later in pairwise(ages)} == {1}
    assert (min(ages), max(ages)) == (0, 239)
