"""Nobody holds a lock while Azure is asked, so an answer may come after things have moved on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crossconnections.mirror import NotRead, Outcome
from crossconnections.models import Attention, CrossConnection, Observation, Subscription
from tests.integration.domain.mirrors import answered, asked, get_shows, list_lacks_all_but, list_shows
from tests.integration.domain.test_mirror import KEY, LISTED, PRIVATE, READ

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOON, LATER = NOON + timedelta(seconds=2), NOON + timedelta(seconds=9)
EDITED = replace(READ, peerings=(replace(PRIVATE, vlan_id=201),))


@pytest.fixture
def subscription() -> Subscription:
    subscription_id = "33333333-3333-4333-8333-333333333333"
    return Subscription.objects.create(cloud="Sandbox", subscription_id=subscription_id, label="prod")


@pytest.fixture
def row(subscription: Subscription) -> CrossConnection:
    list_shows(subscription, LISTED, now=NOON)
    return CrossConnection.objects.get()


def vlan() -> int | None:
    return CrossConnection.objects.get().peerings.get(peering_type="AzurePrivatePeering").vlan_id


def test_two_that_read_a_row_for_the_first_time_do_not_stop_each_other(row: CrossConnection) -> None:
    first, second = asked(row, at=NOON), asked(row, at=SOON)
    assert answered(second, READ, now=LATER) is Outcome.UNCHANGED
    assert answered(first, READ, now=LATER) is Outcome.OUTDATED


def test_an_older_answer_does_not_put_back_what_a_newer_one_has_shown(row: CrossConnection) -> None:
    get_shows(row, READ, now=NOON)
    older, newer = asked(row, at=SOON), asked(row, at=LATER)
    assert answered(newer, EDITED, now=LATER) is Outcome.CHANGED
    assert answered(older, READ, now=LATER) is Outcome.OUTDATED
    assert vlan() == 201
    assert not Observation.objects.filter(before=201).exists()


def test_an_answer_about_one_that_is_gone_by_now_does_not_bring_it_back(
    row: CrossConnection, subscription: Subscription
) -> None:
    question = asked(row, at=NOON)
    list_lacks_all_but(subscription, now=SOON)
    assert answered(question, READ, now=LATER) is Outcome.OUTDATED
    assert CrossConnection.objects.get().gone_at == SOON
    assert Attention.objects.get(settled_at=None).kind == "deleted"


def test_an_answer_that_a_list_has_overtaken_is_not_written_and_the_row_still_waits(
    row: CrossConnection, subscription: Subscription
) -> None:
    get_shows(row, READ, now=NOON)
    CrossConnection.objects.update(wanted_at=NOON)
    question = asked(row, at=SOON)
    list_shows(subscription, replace(LISTED, etag='W/"2"', bandwidth_mbps=5000), now=LATER)
    assert answered(question, READ, now=LATER) is Outcome.OUTDATED
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.wanted_at, row.listed_etag == row.mirrored_etag) == (5000, NOON, False)
    assert list(Observation.objects.values_list("before", "after")) == [(2000, 5000)]


def test_a_page_that_a_reading_has_overtaken_only_makes_the_row_wait(
    row: CrossConnection, subscription: Subscription
) -> None:
    get_shows(row, replace(READ, bandwidth_mbps=5000), now=LATER)
    list_shows(subscription, replace(LISTED, etag='W/"0"', bandwidth_mbps=1000), now=SOON)
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.listed_etag) == (5000, 'W/"0"')
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("wanted_at", "is_still_wanted"), [(NOON, False), (SOON, False), (LATER, True)])
@pytest.mark.parametrize("answer", [READ, NotRead("ResourceNotFound")])
def test_a_wish_that_came_after_the_question_is_for_a_newer_answer(
    row: CrossConnection, answer: object, wanted_at: datetime, *, is_still_wanted: bool
) -> None:
    question = asked(row, at=SOON)
    CrossConnection.objects.update(wanted_at=wanted_at)
    answered(question, answer, now=LATER)  # type: ignore[arg-type]
    assert (CrossConnection.objects.get().wanted_at is not None) is is_still_wanted


def test_a_row_that_a_reading_has_shown_after_the_list_was_asked_for_is_not_gone(
    row: CrossConnection, subscription: Subscription
) -> None:
    get_shows(row, READ, now=LATER)
    assert list_lacks_all_but(subscription, now=SOON) == 0
    assert list_lacks_all_but(subscription, now=LATER) == 1


def test_the_age_of_a_row_is_when_azure_was_asked(row: CrossConnection) -> None:
    answered(asked(row, at=SOON), READ, now=LATER)
    assert CrossConnection.objects.get().read_at == SOON


def test_a_failure_that_a_newer_answer_has_overtaken_is_no_failure(row: CrossConnection) -> None:
    question = asked(row, at=SOON)
    get_shows(row, READ, now=LATER)
    assert answered(question, NotRead("InternalServerError"), now=LATER) is Outcome.OUTDATED
    assert CrossConnection.objects.get(service_key=KEY).read_error_code == ""
