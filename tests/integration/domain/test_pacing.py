"""The pace of a set: its order, a few at a time, no more than Azure has room for, and never held up for long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections import queue
from crossconnections.models import ArmCall, Change, ChangeSet
from crossconnections.services.changes import asking, pacing, sets
from crossconnections.services.leases import from_now
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.domain.conftest import Swept
from tests.integration.domain.setting import applied, at_browser, carried_out, ended_by_worker, going, ordered, step
from tests.integration.pages.rows import cross_connection
from tests.integration.pages.rows import enlisted as enlisted_row
from tests.people import person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State
MOST = pacing.MOST_AT_ONCE


@pytest.fixture
def lotte() -> User:
    return person("Lotte de Vries", "Portal.Operator")


@pytest.fixture
def many(azure: SandboxProcess, enlisted: Callable[[str], Any], lotte: User) -> ChangeSet:
    """A set of three more than go at once, of which Azure has heard nothing yet."""
    return applied(lotte, *ordered(azure, enlisted("test"), MOST + 3))


def in_order(change_set: ChangeSet) -> list[Change]:
    return list(change_set.changes.select_related("cross_connection__subscription").order_by("pk"))


def set_of(lotte: User, count: int) -> ChangeSet:
    """A set in the mirror alone."""
    northlink = enlisted_row()
    rows = [cross_connection(northlink, provider_provisioning_state="NotProvisioned") for _ in range(count)]
    return applied(lotte, *rows)


def as_told(change: Change, state: str, **values: Any) -> None:
    Change.objects.filter(pk=change.pk).update(state=state, **values)


def test_no_more_than_a_few_are_with_azure_at_once(many: ChangeSet):
    """Even where workers take up all of them at the same moment, and the last ones first."""
    for change in reversed(in_order(many)):
        step(change)
    assert going(many) == [State.RUNNING] * MOST + [State.QUEUED] * 3


def test_however_workers_come_all_of_them_get_their_turn(many: ChangeSet):
    assert {one.state for one in carried_out(many, rounds=200)} == {State.SUCCEEDED}


def test_the_end_of_one_calls_the_next(many: ChangeSet, swept: Swept):
    first, waiting = in_order(many)[0], in_order(many)[MOST]
    assert waiting.due_at > timezone.now()
    assert waiting.pk in swept(lambda: ended_by_worker(first), queue.CARRY_OUT_CHANGE)
    waiting.refresh_from_db()
    assert waiting.due_at <= timezone.now()


def test_the_cancellation_of_one_calls_the_next(lotte: User, swept: Swept):
    first, *_, last = in_order(set_of(lotte, MOST + 1))
    told = swept(lambda: asking.cancel(change=first, by=at_browser(lotte)), queue.CARRY_OUT_CHANGE)
    assert last.pk in told


def test_only_the_first_are_told_of_when_the_set_is_made(lotte: User, swept: Swept):
    told = swept(lambda: set_of(lotte, MOST + 2), queue.CARRY_OUT_CHANGE)
    assert told == list(Change.objects.order_by("pk").values_list("pk", flat=True)[:MOST])


def test_what_is_never_called_comes_due_by_itself(lotte: User):
    *_, last = in_order(set_of(lotte, 2 * MOST + 1))
    assert last.due_at - last.asked_at == timedelta(seconds=2 * pacing.SECONDS_FOR_ONE)


def test_a_long_set_alone_asks_nobody_for_a_word(lotte: User):
    first, *_, last = in_order(set_of(lotte, 10 * MOST + 1))
    assert last.not_after - first.not_after >= timedelta(seconds=10 * pacing.MOST_SECONDS_FOR_ONE - 1)
    assert last.give_up_at - last.not_after == asking.LONGEST_OPERATION


def test_one_word_sends_all_that_have_become_old_and_the_later_ones_may_become_older(lotte: User):
    change_set = set_of(lotte, MOST + 2)
    first, *_ = in_order(change_set)
    change_set.changes.exclude(pk=first.pk).update(held_at=Now(), not_after=Now())
    assert sets.go_ahead(change_set=change_set, by=at_browser(lotte)) == MOST + 1
    _, second, *_, last = in_order(change_set)
    assert {one.held_at for one in in_order(change_set)} == {None}
    assert last.not_after - second.not_after > timedelta(seconds=pacing.MOST_SECONDS_FOR_ONE - 5)
    assert Entry.objects.filter(deed="change.confirmed").count() == MOST + 1


@pytest.mark.parametrize(
    ("state", "values"),
    [
        (State.QUEUED, {"held_at": Now()}),
        (State.QUEUED, {"failed_steps": 1}),
        (State.UNKNOWN, {}),
        (State.FAILED, {}),
        (State.CANCELED, {}),
    ],
)
def test_what_waits_for_somebody_keeps_none_of_its_set_waiting(lotte: User, state: str, values: dict[str, Any]):
    first, *_, last = in_order(set_of(lotte, MOST + 1))
    assert pacing.reason_in_the_set(last) is not None
    as_told(first, state, **values)
    assert pacing.reason_in_the_set(last) is None


def test_a_change_of_its_own_waits_for_no_set(lotte: User):
    *_, alone = in_order(set_of(lotte, MOST + 1))
    alone.change_set_id = None
    assert pacing.reason_in_the_set(alone) is None


def test_sets_do_not_wait_for_each_other(lotte: User):
    set_of(lotte, MOST)
    row = cross_connection(enlisted_row("Another"), provider_provisioning_state="NotProvisioned")
    (other,) = in_order(applied(lotte, row))
    assert pacing.reason_in_the_set(other) is None


@pytest.mark.parametrize("left", ["remaining_reads", "remaining_writes"])
def test_where_less_than_half_of_the_quota_is_left_a_set_waits_and_one_alone_does_not(lotte: User, left: str):
    (first,) = in_order(set_of(lotte, 1))
    for number in (200, 99):
        told = {"purpose": "change", "started_at": timezone.now(), "duration_ms": 100, left: number}
        ArmCall.objects.create(subscription=first.cross_connection.subscription, **told)
    wait = pacing.reason_in_the_set(first)
    assert wait is not None
    assert wait.seconds == pacing.SECONDS_WHERE_QUOTA_IS_SHORT
    first.change_set_id = None
    assert pacing.reason_in_the_set(first) is None


def test_as_long_as_azure_wants_to_be_left_alone_a_set_waits(lotte: User):
    (first,) = in_order(set_of(lotte, 1))
    northlink = first.cross_connection.subscription
    type(northlink).objects.update(throttled_until=from_now(timedelta(seconds=40)))
    northlink.refresh_from_db()
    wait = pacing.reason_in_the_set(first)
    assert wait is not None
    assert 30 < wait.seconds <= 40


def test_what_azure_throttles_comes_again_and_the_set_goes_on(azure: SandboxProcess, many: ChangeSet):
    azure.fault("status", method="PUT", status=429, code="SubscriptionRequestsThrottled", retry_after=1, times=1)
    first, second = in_order(many)[:2]
    assert (step(first).state, step(second).state) == (State.QUEUED, State.QUEUED)
    assert (first.failed_steps, second.failed_steps) == (1, 0)
    type(first.cross_connection.subscription).objects.update(throttled_until=None)
    assert (step(first).state, step(second).state) == (State.RUNNING, State.RUNNING)
