from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossconnections.models import Subscription, SyncRun
from crossconnections.presenters.failed_syncs import show_failed_syncs
from crossconnections.presenters.freshness import Freshness, show_freshness

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


def subscription(label: str = "Northlink", *, minutes: float | None = 2) -> Subscription:
    synced = None if minutes is None else NOW - timedelta(minutes=minutes)
    return Subscription(label=label, last_synced_at=synced)


def run(state: str, of: Subscription, **values: Any) -> SyncRun:
    return SyncRun(subscription=of, state=state, asked_at=NOW, **values)


def shown(one: Subscription, *runs: SyncRun) -> Freshness:
    return show_freshness([one], runs, now=NOW)


def test_a_fresh_mirror_says_when_it_was_synced() -> None:
    freshness = shown(subscription())
    assert (freshness.mark.word, freshness.mark.glyph, freshness.mark.tone) == ("Synced", "check", "ok")
    assert freshness.synced is not None
    assert freshness.synced.words == "2 min ago"


@pytest.mark.parametrize(("minutes", "tone"), [(14.9, "ok"), (15, "warn"), (119, "warn"), (120, "bad")])
def test_a_stale_mirror_warns_after_15_minutes_and_is_bad_after_two_hours(minutes: float, tone: str) -> None:
    assert shown(subscription(minutes=minutes)).mark.tone == tone


def test_the_oldest_subscription_decides_and_is_named_once_it_is_late() -> None:
    freshness = show_freshness([subscription("Fresh"), subscription("Late", minutes=60)], [], now=NOW)
    assert freshness.mark.word == "Late synced"


def test_a_paused_ones_age_and_failures_are_not_the_lists() -> None:
    fresh, paused = subscription("Fresh"), subscription("Paused", minutes=9_999)
    paused.state = Subscription.State.PAUSED
    syncs = [run("succeeded", fresh), run("failed", paused, unread=3)]
    assert show_freshness([fresh, paused], syncs, now=NOW).mark.word == "Synced"
    assert show_freshness([paused], syncs[1:], now=NOW).mark.word == "Synced"
    assert show_freshness([paused], syncs[1:], now=NOW).mark.tone == "bad"


def test_a_subscription_that_was_never_synced_is_said() -> None:
    assert shown(subscription(minutes=None)).mark.word == "Never synced yet"


def test_without_subscriptions_nothing_is_green() -> None:
    assert show_freshness([], [], now=NOW).mark.tone == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "queued"}, "Waiting to sync Northlink"),
        ({"state": "running"}, "Syncing Northlink"),
        ({"state": "running", "pages": 1, "listed": 40}, "Syncing Northlink, 1 page"),
        ({"state": "running", "pages": 212, "location": "Paris"}, "Syncing Northlink, Paris, 212 pages"),
        (
            {"state": "running", "listed": 298, "to_read": 298, "read": 118, "unread": 2},
            "Syncing Northlink, 120 of 298",
        ),
    ],
)
def test_an_active_sync_says_how_far_it_is(values: dict[str, Any], words: str) -> None:
    one = subscription()
    freshness = shown(one, run(of=one, **values))
    assert (freshness.mark.word, freshness.is_syncing) == (words, True)


def test_how_many_pages_there_will_be_is_guessed_from_the_last_good_sync() -> None:
    one = subscription()
    running = run("running", one, pages=212, location="Silicon Valley")
    vars(running).update(pages_before=1500)
    assert shown(one, running).mark.word == "Syncing Northlink, Silicon Valley, 212 of about 1,500 pages"
    vars(running).update(pages_before=200)
    assert shown(one, running).mark.word == "Syncing Northlink, Silicon Valley, 212 pages"


def test_a_failed_sync_is_never_green_though_the_mirror_is_fresh() -> None:
    one = subscription()
    assert shown(one, run("failed", one, finished_at=NOW)).mark.tone == "warn"


def test_the_mark_of_the_newest_end_rises_when_a_sync_ends() -> None:
    one = subscription()
    before = shown(one, run("running", one)).finished_ms
    assert shown(one, run("failed", one, finished_at=NOW)).finished_ms > before


def test_a_failed_sync_names_cause_next_step_and_azures_ids() -> None:
    one = subscription()
    failed = run("failed", one, error_code="AuthorizationFailed", error_message="403", correlation_id="e3dfc967")
    [shown_failure] = show_failed_syncs([failed], now=NOW)
    assert "does not let the portal's application read" in shown_failure.cause
    assert "Give the application a role" in shown_failure.next_step
    assert (shown_failure.code, shown_failure.correlation_ids) == ("AuthorizationFailed", (("Northlink", "e3dfc967"),))


def test_rows_that_could_not_be_read_are_counted_beside_the_age() -> None:
    amer, emea = subscription("amer"), subscription("emea")
    runs = [run("succeeded", amer, unread=2), run("succeeded", emea, unread=1)]
    freshness = show_freshness([amer, emea], runs, now=NOW)
    assert (freshness.mark.word, freshness.mark.tone) == ("3 could not be read, synced", "warn")
    assert freshness.ended == "The sync has ended, not all of it well"


def test_syncs_that_failed_for_one_reason_are_told_once() -> None:
    amer, emea, test = (subscription(label=label) for label in ("amer", "emea", "test"))
    runs = [run("failed", one, error_code="NotConnected", correlation_id=one.label) for one in (amer, emea, test)]
    runs.append(run("failed", subscription(label="lab"), error_code="InvalidResourceType"))
    together, alone = show_failed_syncs(runs, now=NOW)
    assert (together.labels, alone.labels) == ("amer, emea and test", "lab")
    assert together.correlation_ids == (("amer", "amer"), ("emea", "emea"), ("test", "test"))


def test_a_sync_that_no_worker_has_taken_is_told_with_the_age_of_what_is_shown() -> None:
    one = subscription()
    left = shown(one, SyncRun(subscription=one, state="queued", asked_at=NOW - timedelta(seconds=30)))
    assert (left.mark.word, left.mark.tone) == ("No worker has taken the sync of Northlink yet, last synced", "warn")
    assert left.synced is not None
    assert left.is_syncing


def test_an_unknown_code_still_has_a_next_step() -> None:
    one = subscription()
    [shown_failure] = show_failed_syncs([run("failed", one, error_code="Brandnew")], now=NOW)
    assert shown_failure.next_step
