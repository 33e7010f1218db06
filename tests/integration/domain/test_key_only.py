"""A shared key that alone is to be different: nothing that Azure shows tells of it, but for the peering's etag."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crossconnections.models import Change, CrossConnection
from crossconnections.models.wish import PRESENCE
from crossconnections.services.changes import asking
from portal.sealing import unseal
from tests.integration.domain.changing import (
    asked_for,
    carried_out,
    in_azure,
    last_number,
    operator,
    others,
    step,
    writes,
)
from tests.integration.domain.readings import PRIVATE, circuit
from tests.integration.domain.runs import synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State
OLD, NEW = "until today", "from today on"
THE_KEY = {PRESENCE: True}
OTHER_VLAN = {PRESENCE: True, "vlan_id": 201}
ANSWERS_LOST = [
    pytest.param({"fault": "reset"}, id="reset"),
    pytest.param({"fault": "garbage"}, id="garbage"),
    pytest.param({"fault": "status", "status": 500}, id="500"),
    pytest.param({"fault": "status", "status": 503}, id="503"),
]
SET_OR_TAKEN_AWAY = pytest.mark.parametrize("key", [NEW, ""], ids=["set", "taken away"])


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    subscription = enlisted("test")
    row = circuit(azure, subscription)
    azure.behave(shared_key_echoed=True)
    others(azure, row, serviceProviderProvisioningState="Provisioned", peerings=with_other_key(azure, row, OLD))
    synced(subscription)
    return CrossConnection.objects.select_related("subscription").get(pk=row.pk)


@pytest.fixture
def log_at(azure: SandboxProcess, row) -> int:
    return last_number(azure)


def with_key(row: CrossConnection, key: str = NEW, asked: dict[str, Any] = THE_KEY) -> Change:
    """A change of the private peering's key, "" to take it away, that no worker has been at."""
    return asked_for(row, asked, subject=PRIVATE, shared_key=key)


def key_in_azure(azure: SandboxProcess, row: CrossConnection) -> str:
    [peering] = in_azure(azure, row)["properties"]["peerings"]
    return str(peering["properties"].get("sharedKey", ""))


def customer_edits(azure: SandboxProcess, row: CrossConnection, **facts: Any) -> None:
    azure.edit(row.service_key, peerings={PRIVATE: facts})


def never_got(azure: SandboxProcess, row: CrossConnection, key: str = NEW) -> Change:
    """A change whose PUT never came to Azure, and nobody can still be sending it."""
    azure.fault("status", status=503, method="PUT", when="before")
    return written_long_ago(step(with_key(row, key)))


def written_long_ago(change: Change) -> Change:
    Change.objects.filter(pk=change.pk).update(written_at=timezone.now() - timedelta(minutes=5))
    change.refresh_from_db()
    return change


@SET_OR_TAKEN_AWAY
def test_it_is_written_once_and_the_portal_has_no_key_any_more(azure: SandboxProcess, row, log_at, key: str):
    change = carried_out(with_key(row, key))
    assert (change.state, change.known_by, change.differences) == (State.SUCCEEDED, "operation", [])
    assert (key_in_azure(azure, row), change.sealed_key) == (key, "")
    [put] = writes(azure, log_at)
    assert put["path"].endswith(f"/peerings/{PRIVATE}")


def test_a_key_that_is_there_already_is_written_all_the_same(azure: SandboxProcess, row, log_at):
    change = carried_out(with_key(row, OLD))
    assert (change.state, change.known_by) == (State.SUCCEEDED, "operation")
    assert len(writes(azure, log_at)) == 1


class TestTaken:
    """Azure got it, and nobody heard its answer."""

    @SET_OR_TAKEN_AWAY
    @pytest.mark.parametrize("fault", ANSWERS_LOST)
    def test_its_etag_moved_and_nothing_else_did(self, azure: SandboxProcess, row, log_at, fault, key: str):
        azure.fault(method="PUT", when="after", **fault)
        change = step(with_key(row, key))
        assert change.state == State.UNKNOWN
        change = carried_out(change)
        assert (change.state, change.known_by, change.differences) == (State.SUCCEEDED, "look", [])
        assert (key_in_azure(azure, row), change.sealed_key) == (key, "")
        assert len(writes(azure, log_at)) == 1

    def test_while_azure_is_at_it_nothing_is_concluded(self, azure: SandboxProcess, row, log_at):
        azure.fault("operation-stall", method="PUT")
        azure.fault("truncate", method="PUT")
        change = written_long_ago(step(with_key(row)))
        change = step(step(change))
        assert (change.state, change.error_code, unseal(change.sealed_key)) == (State.UNKNOWN, "NoAnswer", NEW)
        assert len(writes(azure, log_at)) == 1

    def test_an_operation_that_azure_forgot_is_looked_up_at_the_peering(self, azure: SandboxProcess, row, log_at):
        change = step(with_key(row))
        azure.fault("status", status=404, code="NotFound", method="GET", path_pattern="/operations/")
        change = carried_out(change)
        assert (change.state, change.known_by, key_in_azure(azure, row)) == (State.SUCCEEDED, "look", NEW)
        assert len(writes(azure, log_at)) == 1

    def test_the_customer_edited_it_since_and_a_person_decides(self, azure: SandboxProcess, row, log_at):
        azure.fault("reset", method="PUT", when="after")
        change = step(with_key(row))
        customer_edits(azure, row, vlanId=202)
        stays_unclear(azure, change, log_at)


class TestNeverGot:
    """What Azure shows is as it was, and so it would be with the key."""

    @SET_OR_TAKEN_AWAY
    @pytest.mark.parametrize("fault", ANSWERS_LOST)
    def test_it_is_not_sent_again_and_a_person_decides(self, azure: SandboxProcess, row, log_at, fault, key: str):
        azure.fault(method="PUT", when="before", **fault)
        change = written_long_ago(step(with_key(row, key)))
        for _ in range(3):
            change = step(change)
            assert (change.state, change.error_code) == (State.UNKNOWN, "KeyUnseen")
        assert len(writes(azure, log_at)) == 1
        assert key_in_azure(azure, row) == OLD

    def test_until_the_lease_is_over_it_may_still_arrive(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=503, method="PUT", when="before")
        change = step(step(with_key(row)))
        assert (change.state, change.error_code) == (State.UNKNOWN, "ServiceUnavailable")
        assert len(writes(azure, log_at)) == 1

    def test_the_key_stays_sealed_as_long_as_it_is_in_doubt(self, azure: SandboxProcess, row):
        change = step(never_got(azure, row))
        assert unseal(change.sealed_key) == NEW

    @pytest.mark.parametrize(("has_taken", "state"), [(True, State.SUCCEEDED), (False, State.FAILED)])
    def test_whoever_settles_it_erases_the_key(self, azure: SandboxProcess, row, log_at, has_taken: bool, state):
        change = step(never_got(azure, row))
        asking.settle(change=change, has_taken=has_taken, by=operator())
        change = step(change)
        assert (change.state, change.known_by, change.sealed_key) == (state, "person", "")
        assert len(writes(azure, log_at)) == 1

    def test_it_ends_by_itself_where_the_etag_moves_after_all(self, azure: SandboxProcess, row, log_at):
        change = step(never_got(azure, row))
        others(azure, row, peerings=with_other_key(azure, row, NEW))
        change = step(change)
        assert (change.state, change.known_by, change.sealed_key) == (State.SUCCEEDED, "look", "")

    def test_a_worker_that_died_before_its_put_is_no_doubt(self, azure: SandboxProcess, row, log_at):
        change = with_key(row)
        Change.objects.filter(pk=change.pk).update(state=State.SUBMITTING, sent=1)
        change = carried_out(change)
        assert (change.state, key_in_azure(azure, row)) == (State.SUCCEEDED, NEW)
        assert len(writes(azure, log_at)) == 1

    def test_what_azure_refused_was_never_in_doubt(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=429, method="PUT")
        change = step(with_key(row))
        assert (change.state, change.written_at) == (State.QUEUED, None)
        assert carried_out(change).known_by == "operation"
        assert key_in_azure(azure, row) == NEW


class TestOthers:
    @pytest.mark.parametrize("facts", [{"vlanId": 202}, {"vlanId": 200}], ids=["seen", "unseen"])
    def test_the_customer_edited_it_meanwhile_and_a_person_decides(self, azure, row, log_at, facts: dict[str, Any]):
        """Also where no more can be seen of the edit than who made it."""
        change = never_got(azure, row)
        customer_edits(azure, row, **facts)
        stays_unclear(azure, change, log_at)

    def test_the_customer_edited_it_before_it_was_sent_and_that_is_kept(self, azure: SandboxProcess, row, log_at):
        change = with_key(row)
        customer_edits(azure, row, vlanId=202)
        change = carried_out(change)
        assert (change.state, change.differences, key_in_azure(azure, row)) == (State.SUCCEEDED, [], NEW)
        assert in_azure(azure, row)["properties"]["peerings"][0]["properties"]["vlanId"] == 202

    def test_the_customer_removed_it_meanwhile_and_a_person_decides(self, azure: SandboxProcess, row, log_at):
        change = never_got(azure, row)
        azure.edit(row.service_key, peerings={PRIVATE: None})
        stays_unclear(azure, change, log_at)

    def test_what_was_asked_besides_was_so_already_and_the_key_alone_was_left(self, azure, row, log_at):
        """Then the rest being as asked tells nothing of the key."""
        change = with_key(row, asked=OTHER_VLAN)
        customer_edits(azure, row, vlanId=201)
        azure.fault("status", status=503, method="PUT", when="before")
        change = step(written_long_ago(step(change)))
        assert (change.state, change.error_code) == (State.UNKNOWN, "KeyUnseen")
        assert unseal(change.sealed_key) == NEW
        assert (len(writes(azure, log_at)), key_in_azure(azure, row)) == (1, OLD)


def test_with_something_else_besides_it_is_sent_again_as_any_other_change(azure: SandboxProcess, row, log_at):
    azure.fault("status", status=503, method="PUT", when="before")
    change = carried_out(written_long_ago(step(with_key(row, asked=OTHER_VLAN))))
    assert (change.state, change.known_by, key_in_azure(azure, row)) == (State.SUCCEEDED, "operation", NEW)
    assert [put["status"] for put in writes(azure, log_at)] == [503, 200]


def test_a_key_that_nobody_can_open_any_more_is_not_sent(azure: SandboxProcess, row, log_at, settings):
    settings.PORTAL_ACTIVITY_KEYS = ("the trail has a key of its own, so it goes on",)
    change = with_key(row)
    settings.SECRET_KEY = "another one, of which nobody told the former"
    change = step(change)
    assert (change.state, change.error_code, change.sealed_key) == (State.FAILED, "KeyNotOpened", "")
    assert writes(azure, log_at) == []


def test_canceled_before_a_worker_took_it_up_it_leaves_no_key(row):
    change = with_key(row)
    asking.cancel(change=change, by=operator())
    change.refresh_from_db()
    assert (change.state, change.sealed_key) == (State.CANCELED, "")


@pytest.mark.parametrize(
    "fault",
    [
        {"fault": "status", "status": 400, "code": "LocationRequired"},
        {"fault": "operation-failure", "code": "LocationRequired"},
    ],
    ids=["at once", "at the end"],
)
def test_what_azure_fails_with_leaves_no_key(azure: SandboxProcess, row, fault: dict[str, Any]):
    azure.fault(method="PUT", **fault)
    change = carried_out(with_key(row))
    assert (change.state, change.error_code, change.sealed_key) == (State.FAILED, "LocationRequired", "")
    assert key_in_azure(azure, row) == OLD


def test_the_database_itself_keeps_no_key_after_the_end(row):
    change = with_key(row)
    with pytest.raises(IntegrityError, match="no_key_is_kept_after_the_end"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state=State.FAILED)


def with_other_key(azure: SandboxProcess, row: CrossConnection, key: str) -> list[dict[str, Any]]:
    """The peerings as Azure has them, the key of the only one being another."""
    [peering] = in_azure(azure, row)["properties"]["peerings"]
    return [{**peering, "properties": {**peering["properties"], "sharedKey": key}}]


def peerings_of(azure: SandboxProcess, change: Change) -> list[dict[str, Any]]:
    peerings: list[dict[str, Any]] = in_azure(azure, change.cross_connection)["properties"]["peerings"]
    return peerings


def stays_unclear(azure: SandboxProcess, change: Change, log_at: int) -> None:
    while any(one["properties"]["azureASN"] == 0 for one in peerings_of(azure, change)):
        time.sleep(0.05)  # Azure is still at it, and shows nothing yet
    for _ in range(2):
        change = step(change)
        assert (change.state, change.error_code) == (State.UNKNOWN, "Unclear")
    assert unseal(change.sealed_key) == NEW
    assert len(writes(azure, log_at)) == 1
