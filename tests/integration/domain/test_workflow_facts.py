"""What is known of a piece of work: what was our own doing, what Azure showed, and since when a reading tells of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crossconnections.models import CrossConnection, Observation, Workflow
from crossconnections.presenters.workflows.page import vlan_words
from crossconnections.workflows.facts import Deed
from portal.accounts.models import User
from tests.integration.domain.working import DISCONNECT, begun_ago, facts, seen, steps
from tests.integration.pages.changes import change
from tests.integration.pages.pictures import HEALTHY
from tests.integration.pages.readings import MICROSOFT, PRIVATE, queued_read, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import person

pytestmark = pytest.mark.django_db

STATE = "provider_provisioning_state"
SETS_PRIVATE: dict[str, Any] = {"kind": "peering", "subject": PRIVATE, "asked": {"presence": True, "vlan_id": 200}}
REMOVES_PRIVATE: dict[str, Any] = {"kind": "peering-removal", "subject": PRIVATE, "asked": {"presence": False}}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lotte() -> User:
    return person("Lotte", "Portal.Operator")


@pytest.fixture
def row() -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def work(row: CrossConnection) -> Workflow:
    return begun_ago(row)


def ago(minutes: float) -> datetime:
    return timezone.now() - minutes * MINUTE


def by(work: Workflow, name: str) -> tuple[str, int | None]:
    """Who did a step, and by which change; "" for nobody of ours."""
    deed = steps(work)[name].deed
    assert deed is not None
    return deed.by, deed.change


def test_another_port_is_a_move_and_the_first_that_azure_tells_is_none(row: CrossConnection, work: Workflow):
    seen(row, "primary_azure_port", "AMS-1-PRI-A", before="", at=ago(3))
    assert facts(work).moved_at is None
    seen(row, "primary_azure_port", "AMS-2-PRI-A", before="AMS-1-PRI-A", at=ago(2))
    assert facts(work).moved_at is not None
    assert not facts(work).reached


def test_a_state_that_a_change_set_was_set_by_who_asked_for_it(row: CrossConnection, work: Workflow, lotte: User):
    ours = change(row, "succeeded", by=lotte)
    seen(row, STATE, "Provisioned", at=ours.finished_at)
    assert facts(work).reached == {"Provisioned": Deed(ours.finished_at, "Lotte", change=ours.pk)}
    assert by(work, "provisioned") == ("Lotte", ours.pk)


def test_what_a_sync_finds_shortly_after_is_still_that_change(row: CrossConnection, work: Workflow, lotte: User):
    ours = change(row, "succeeded", by=lotte, seconds=600)
    assert ours.finished_at
    seen(row, STATE, "Provisioned", at=ours.finished_at + MINUTE)
    assert by(work, "provisioned") == ("Lotte", ours.pk)


def test_a_state_that_was_seen_alone_was_set_by_nobody_of_ours(row: CrossConnection, work: Workflow):
    seen(row, STATE, "Provisioned", at=ago(5))
    assert by(work, "provisioned") == ("", None)


def test_a_state_from_before_it_was_begun_has_no_time(row: CrossConnection, work: Workflow, lotte: User):
    change(row, "succeeded", by=lotte, seconds=2 * 3600)
    seen(row, STATE, "Provisioned", at=ago(90))
    assert facts(work).reached == {}
    assert steps(work)["provisioned"].deed == Deed()


def test_a_change_that_failed_did_nothing(row: CrossConnection, work: Workflow, lotte: User):
    change(row, "failed", by=lotte)
    assert facts(work).reached == {}


def test_what_others_set_again_after_us_is_theirs_and_makes_our_reading_old(
    row: CrossConnection, work: Workflow, lotte: User
):
    change(row, "succeeded", by=lotte, seconds=50 * 60)
    reading(row, answers=HEALTHY, asked_at=ago(40))
    assert facts(work).fresh_reading
    seen(row, STATE, "NotProvisioned", at=ago(30))
    seen(row, STATE, "Provisioned", at=ago(20))
    assert by(work, "provisioned") == ("", None)
    assert facts(work).fresh_reading is None


def test_a_peering_that_others_edit_after_us_is_theirs_and_makes_our_reading_old(
    row: CrossConnection, work: Workflow, lotte: User
):
    ours = change(row, "succeeded", by=lotte, seconds=50 * 60, **SETS_PRIVATE)
    reading(row, answers=HEALTHY, asked_at=ago(40))
    assert by(work, "any-peering") == ("Lotte", ours.pk)
    seen(row, "peer_asn", 64999, subject=PRIVATE, at=ago(30))
    assert by(work, "any-peering") == ("", None)
    assert facts(work).fresh_reading is None


def test_that_azure_validates_prefixes_makes_no_reading_old(row: CrossConnection, work: Workflow):
    reading(row, answers=HEALTHY, asked_at=ago(40))
    for field in ("advertised_prefixes_state", "provisioning_state", "last_modified_by"):
        seen(row, field, "Configured", subject=PRIVATE, at=ago(10))
    seen(row, "bandwidth_mbps", 2000, at=ago(10))
    assert facts(work).set_up == {}
    assert facts(work).fresh_reading


def test_a_peering_that_we_removed_was_removed_by_us(row: CrossConnection, lotte: User):
    leaving = begun_ago(row, kind=DISCONNECT)
    row.peerings.all().delete()
    ours = change(row, "succeeded", by=lotte, **REMOVES_PRIVATE)
    seen(row, Observation.PRESENCE, False, subject=PRIVATE, at=ours.finished_at)
    assert by(leaving, "no-peering") == ("Lotte", ours.pk)


def test_whoever_takes_layer_2_down_is_told_the_vlan_id_of_what_was_removed(row: CrossConnection, lotte: User):
    leaving = begun_ago(row, kind=DISCONNECT)
    row.peerings.all().delete()
    change(row, "succeeded", by=lotte, opened={"presence": True, "vlan_id": 200}, **REMOVES_PRIVATE)
    assert facts(leaving).removed_vlan_ids == {PRIVATE: 200}
    assert vlan_words(facts(leaving)) == "Private 200 (removed)"


def test_one_that_the_customer_removed_was_not(row: CrossConnection):
    leaving = begun_ago(row, kind=DISCONNECT)
    row.peerings.all().delete()
    seen(row, Observation.PRESENCE, False, subject=PRIVATE, at=ago(3))
    assert by(leaving, "no-peering") == ("", None)


def test_the_newest_reading_that_has_an_answer_counts(row: CrossConnection, work: Workflow):
    reading(row, answers=HEALTHY, asked_at=ago(20))
    latest = reading(row, answers=HEALTHY, asked_at=ago(10), by=person("Jonas"))
    waiting = reading(row, is_open=True, peerings=(), asked_at=ago(1))
    queued_read(waiting, MICROSOFT, "primary", "arp")
    found = facts(work).reading
    assert found
    assert (found.number, found.by, found.ended_at) == (latest.number, "Jonas", latest.finished_at)


def test_what_belongs_to_another_circuit_is_not_mixed_in(row: CrossConnection, work: Workflow, lotte: User):
    other = cross_connection(row.subscription)
    change(other, "succeeded", by=lotte)
    seen(other, "peer_asn", 1, subject=PRIVATE)
    reading(other)
    found = facts(work)
    assert (found.reached, found.set_up, found.reading) == ({}, {}, None)
