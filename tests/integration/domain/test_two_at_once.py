"""Two workers, or a worker and a person, at one row: real connections, one of which has not committed yet."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crossconnections import mirror, policies
from crossconnections.arm import Row, SummaryRow
from crossconnections.models import (
    Attention,
    Catalogue,
    Change,
    CrossConnection,
    Draft,
    LastKnown,
    Peering,
    Snapshot,
    Subscription,
    SyncRun,
    TableRead,
    Watch,
    WatchRead,
)
from crossconnections.services import (
    attention,
    catalogues,
    path_states,
    refreshes,
    snapshots,
    syncs,
    table_reads,
    watch_rounds,
    watches,
    wishes,
)
from crossconnections.services.attempts import Attempt
from crossconnections.services.changes import asking, sets
from crossconnections.services.changes.asking import Busy
from crossconnections.services.changes.carrying_out import CHANGES
from crossconnections.services.engine.claims import claim
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.subscriptions import keeping
from portal.accounts.models import User
from portal.activity.models import Entry
from portal.actors import Actor
from tests.integration.domain.changing import asked_for, draft_of, operator
from tests.integration.domain.mirrors import answered, asked, get_shows, list_shows
from tests.integration.domain.readings import SOMEBODY
from tests.integration.domain.setting import at_browser, reviewed
from tests.integration.domain.test_mirror import LISTED, READ
from tests.integration.pages import rows as pages
from tests.integration.pages.readings import reading
from tests.integration.pages.rows import KEY
from tests.people import person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="there, one connection writes at a time"),
]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=2)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def overlap(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What both return, where the second begins while the first has not committed."""
    is_done, may_commit = Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            result = first()
            is_done.set()
            may_commit.wait(10)
        return result

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(_closing, hold)
        assert is_done.wait(10)
        other = pool.submit(_closing, second)
        time.sleep(0.3)  # so that it waits for the first one's row, if it has to
        may_commit.set()
        return one.result(), other.result()


def _closing(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connection.close()


@pytest.fixture
def subscription() -> Subscription:
    subscription_id = "33333333-3333-4333-8333-333333333333"
    return Subscription.objects.create(cloud="Sandbox", subscription_id=subscription_id, label="prod")


@pytest.fixture
def row(subscription: Subscription) -> CrossConnection:
    list_shows(subscription, LISTED, now=NOON)
    get_shows(CrossConnection.objects.get(), READ, now=NOON)
    return CrossConnection.objects.get()


def test_one_of_two_workers_gets_a_wish(row: CrossConnection) -> None:
    CrossConnection.objects.update(wanted_at=timezone.now())

    def claim() -> bool:
        return wishes.claim(refreshes._of_this_cloud().filter(pk=row.pk))

    assert overlap(claim, claim) == (True, False)


def test_one_of_two_workers_gets_a_catalogue(subscription: Subscription) -> None:
    wanted = Catalogue.objects.create(subscription=subscription, kind="communities", wanted_at=timezone.now())
    first, second = overlap(lambda: catalogues._claim(wanted.pk), lambda: catalogues._claim(wanted.pk))
    assert (first, second) == (wanted, None)


def test_two_who_put_the_same_on_watch_share_it_and_one_is_on_record(row: CrossConnection) -> None:
    def begin() -> Watch:
        return watches.begin(row=row, by=SOMEBODY)

    first, second = overlap(begin, begin)
    assert first == second
    assert Entry.objects.filter(deed="watch.begun").count() == 1


def test_of_two_who_apply_at_once_one_has_a_change_and_the_other_is_told(row: CrossConnection) -> None:
    by = operator()
    asked = [draft_of(row, {"provider_notes": note}) for note in ("first", "second")]

    def apply(draft: Draft) -> Change | str:
        try:
            return asking.apply(draft=draft, row=row, by=by)
        except Busy as reason:
            return str(reason)

    told = overlap(*(partial(apply, draft) for draft in asked))
    assert Change.objects.count() == Entry.objects.filter(deed="change.asked").count() == 1
    assert sum(isinstance(one, Change) for one in told) == 1


@pytest.mark.parametrize("is_retired_first", [True, False])
def test_of_retiring_a_subscription_and_asking_about_it_the_quicker_wins(
    row: CrossConnection, is_retired_first: bool
) -> None:
    """Else a change would be left that no worker ever takes up."""
    administrator = Actor("web", "Priya Raman", person("Priya Raman", "Portal.Administrator"))
    draft = draft_of(row, {"provider_notes": "Cage 14"})

    def ask() -> bool:
        try:
            return asking.apply(draft=draft, row=row, by=administrator).is_active
        except NotPossible:
            return False

    def retire() -> bool:
        try:
            keeping.retire(subscription=Subscription.objects.get(), by=administrator)
        except keeping.NotKept:
            return False
        return True

    assert overlap(*((retire, ask) if is_retired_first else (ask, retire))) == (True, False)


def test_two_presses_of_the_same_apply_are_one_change(row: CrossConnection) -> None:
    by, draft = operator(), draft_of(row, {"provider_notes": "Cage 14"})
    first, second = overlap(*(lambda: asking.apply(draft=draft, row=row, by=by) for _ in range(2)))
    assert first == second == Change.objects.get()


def test_of_cancel_and_a_worker_one_wins(row: CrossConnection) -> None:
    change, by = asked_for(row, {"provider_notes": "Cage 14"}), operator()

    def cancel() -> bool:
        try:
            asking.cancel(change=change, by=by)
        except NotPossible:
            return False
        return True

    claimed, canceled = overlap(lambda: claim(CHANGES, change.pk) is not None, cancel)
    assert {claimed, canceled} == {True, False}


def test_one_of_two_clocks_begins_a_round(row: CrossConnection) -> None:
    watches.begin(row=row, by=SOMEBODY)
    overlap(watch_rounds.begin_the_due, watch_rounds.begin_the_due)
    assert WatchRead.objects.count() == 2 * row.peerings.count()


def test_one_of_two_workers_gets_a_sync(subscription: Subscription) -> None:
    run = syncs.active_sync(subscription=subscription)
    first, second = overlap(lambda: syncs._claim(run.pk), lambda: syncs._claim(run.pk))
    assert (first.attempts, second) == (1, None)


def test_a_worker_that_renews_its_claim_in_time_keeps_it(subscription: Subscription) -> None:
    run = syncs._claim(syncs.active_sync(subscription=subscription).pk)
    assert run is not None
    attempt = Attempt(run, lambda run: None)
    SyncRun.objects.update(claimed_until=LONG_AGO)
    assert overlap(attempt.hold, lambda: syncs._claim(run.pk)) == (None, None)
    assert SyncRun.objects.get().attempts == 1


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("told_by", ["an answer", "a list"])
def test_a_wish_that_comes_while_the_row_is_written_stays(
    row: CrossConnection, told_by: str, *, is_first: bool
) -> None:
    question = asked(row, at=LATER)
    moved = replace(LISTED, etag='W/"2"', bandwidth_mbps=5000)
    tell = {
        "an answer": lambda: answered(question, replace(READ, bandwidth_mbps=5000), now=LATER),
        "a list": lambda: list_shows(row.subscription, moved, now=LATER),
    }[told_by]
    two = (lambda: wishes.wish(CrossConnection.objects.filter(pk=row.pk)), tell)
    overlap(*(two if is_first else reversed(two)))
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.wanted_at is not None) == (5000, True)


def test_a_list_and_an_answer_at_once_lose_nothing_of_each_other(row: CrossConnection) -> None:
    question = asked(row, at=LATER)
    moved = replace(LISTED, etag='W/"2"', bandwidth_mbps=5000)
    overlap(
        lambda: list_shows(row.subscription, moved, now=LATER),
        lambda: answered(question, replace(READ, s_tag=7), now=LATER),
    )
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.s_tag) == (5000, 412)
    get_shows(row, replace(READ, bandwidth_mbps=5000, s_tag=7), now=LATER + timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.s_tag) == (5000, 7)


@pytest.fixture
def raised(row: CrossConnection) -> Attention:
    list_shows(row.subscription, replace(LISTED, etag='W/"2"', bandwidth_mbps=5000), now=LATER)
    Attention.objects.update(moved_at=LATER)
    return Attention.objects.get()


def raise_again(row: CrossConnection) -> None:
    list_shows(row.subscription, replace(LISTED, etag='W/"3"', bandwidth_mbps=10_000), now=timezone.now())


def settle(row: CrossConnection) -> bool:
    ids = dict.fromkeys(("tenant_id", "object_id"), "22222222-2222-4222-8222-222222222222")
    by, _ = User.objects.get_or_create(
        **ids, defaults={"name": "Lotte", "username": "lotte", "app_roles": ["Portal.Support"]}
    )
    return attention.settle(row=row, kind="bandwidth-raised", by=Actor("web", by.name, by), as_of=LATER)


def waiting() -> list[int | None]:
    return list(Attention.objects.filter(settled_at=None).values_list("after", flat=True))


def test_a_raise_that_nobody_has_seen_is_not_ended_by_a_word_about_the_one_before(
    row: CrossConnection, raised: Attention
) -> None:
    assert overlap(lambda: raise_again(row), lambda: settle(row)) == (None, False)
    assert waiting() == [10_000]


def test_a_raise_that_comes_while_the_one_before_is_ended_waits(row: CrossConnection, raised: Attention) -> None:
    assert overlap(lambda: settle(row), lambda: raise_again(row)) == (True, None)
    assert waiting() == [10_000]


def a_reading(row: CrossConnection) -> int:
    """The key of a reading that somebody asks for."""
    return snapshots.request_snapshot(row=row, by=SOMEBODY).pk


@pytest.fixture
def peering(row: CrossConnection) -> Peering:
    row.peerings.all().delete()
    return Peering.objects.create(cross_connection=row, peering_type="AzurePrivatePeering")


def test_two_people_who_press_at_once_share_one_reading(row: CrossConnection, peering: Peering) -> None:
    mine, theirs = overlap(lambda: a_reading(row), lambda: a_reading(row))
    assert mine == theirs
    assert TableRead.objects.count() == 6


def test_one_of_two_workers_gets_a_read(row: CrossConnection, peering: Peering) -> None:
    a_reading(row)
    read = TableRead.objects.order_by("pk")[0]
    held = overlap(*[lambda: claim(table_reads.TABLE_READS, read.pk)] * 2)
    assert [one is not None for one in held] == [True, False]
    read.refresh_from_db()
    assert (read.attempts, read.sent, read.state) == (1, 1, TableRead.State.SUBMITTING)


def test_of_two_reads_that_end_at_once_the_last_one_ends_the_reading(row: CrossConnection, peering: Peering) -> None:
    snapshot = a_reading(row)
    keys = list(TableRead.objects.order_by("pk").values_list("pk", flat=True))
    TableRead.objects.filter(pk__in=keys[2:]).update(state=TableRead.State.SUCCEEDED)

    def end(key: int) -> None:
        with transaction.atomic():
            TableRead.objects.filter(pk=key).update(state=TableRead.State.SUCCEEDED)
            table_reads.close_if_ended(snapshot)

    overlap(lambda: end(keys[0]), lambda: end(keys[1]))
    assert row.snapshots.get().finished_at is not None


def an_end_with_both_links_down(row: CrossConnection) -> Snapshot:
    """A reading of both of its peerings that has ended: no session stands."""
    idle = tuple(SummaryRow(neighbor, 65020, "never", "Idle") for neighbor in ("172.16.18.1", "172.16.18.5"))
    answers: dict[str, tuple[Row, ...]] = {"routes-summary": idle}
    snapshot = reading(row, peerings=row.peerings.values_list("peering_type", flat=True), answers=answers)
    told = {
        "provider_provisioning_state": "Provisioned",
        "peerings": list(row.peerings.values("peering_type", "state")),
    }
    Snapshot.objects.filter(pk=snapshot.pk).update(configuration=told)
    return Snapshot.objects.get(pk=snapshot.pk)


def test_two_workers_who_judge_a_reading_at_once_judge_it_once(row: CrossConnection) -> None:
    snapshot = an_end_with_both_links_down(row)
    overlap(*[lambda: path_states.note_path_states(snapshot)] * 2)
    assert LastKnown.objects.filter(state="down").count() == 4
    assert Attention.objects.get(kind="link-down").settled_at is None


def test_a_reading_that_is_judged_while_its_circuit_goes_leaves_nothing(row: CrossConnection) -> None:
    snapshot = an_end_with_both_links_down(row)
    overlap(
        lambda: mirror.note_gone(row_ids=[row.pk], now=LATER),
        lambda: path_states.note_path_states(snapshot),
    )
    assert not LastKnown.objects.exists()
    assert list(Attention.objects.filter(settled_at=None).values_list("kind", flat=True)) == ["deleted"]


def waiting_for_provisioning(key: str = KEY) -> CrossConnection:
    northlink = Subscription.objects.filter(label="Northlink").first() or pages.enlisted()
    return pages.cross_connection(northlink, key, provider_provisioning_state="NotProvisioned")


def test_two_presses_of_one_review_lead_to_one_set():
    lotte = person("Lotte de Vries", "Portal.Operator")
    draft = reviewed(lotte, waiting_for_provisioning(), waiting_for_provisioning(""))
    twin = Draft.objects.get()
    first, second = overlap(
        lambda: sets.apply(draft=draft, by=at_browser(lotte)), lambda: sets.apply(draft=twin, by=at_browser(lotte))
    )
    assert first == second
    assert Change.objects.count() == 2


def test_whose_change_comes_second_in_two_sets_is_left_out_there():
    lotte = person("Lotte de Vries", "Portal.Operator")
    row, other = waiting_for_provisioning(), waiting_for_provisioning("")
    mine, theirs = reviewed(lotte, row), reviewed(lotte, row, other)
    _, second = overlap(
        lambda: sets.apply(draft=mine, by=at_browser(lotte)), lambda: sets.apply(draft=theirs, by=at_browser(lotte))
    )
    reason = policies.reason_not_to_change(row, Change.objects.get(cross_connection=row))
    assert second.left_out == [{"service_key": KEY, "reason": reason}]
    assert second.changes.get().cross_connection == other
