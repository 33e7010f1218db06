"""Changes from beginning to end: one write each, of what Azure has with the one thing changed, and the proof of it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from crossconnections.models import ArmCall, Change, CrossConnection
from crossconnections.services.changes import asking
from crossconnections.services.changes.asking import Busy
from crossconnections.services.snapshots import NotPossible
from portal.access.permissions import NotAllowed
from portal.activity.models import Entry
from portal.actors import WEB, Actor
from tests.integration.domain.changing import (
    asked_for,
    carried_out,
    draft_of,
    in_azure,
    last_number,
    operator,
    others,
    step,
    writes,
)
from tests.integration.domain.readings import PRIVATE, circuit
from tests.people import person
from tests.sandbox_process import SandboxProcess
from tests.tampering import break_the_trail

pytestmark = pytest.mark.django_db

State = Change.State


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    return circuit(azure, enlisted("test"))


@pytest.fixture
def log_at(azure: SandboxProcess, row) -> int:
    return last_number(azure)


def test_a_circuit_goes_in_service_by_one_put_and_the_mirror_knows_at_once(azure: SandboxProcess, row, log_at):
    change = carried_out(asked_for(row))
    assert (change.state, change.differences, change.known_by) == (State.SUCCEEDED, [], "operation")
    assert [one["method"] for one in writes(azure, log_at)] == ["PUT"]
    row.refresh_from_db()
    assert row.provider_provisioning_state == "Provisioned"
    assert row.primary_azure_port
    assert row.s_tag


def test_the_body_is_what_azure_has_with_the_one_thing_changed(azure: SandboxProcess, row, log_at):
    before = in_azure(azure, row)
    asked_at = last_number(azure)
    carried_out(asked_for(row, {"provider_notes": "Cage 14"}))
    [put] = writes(azure, asked_at)
    before["properties"]["serviceProviderNotes"] = "Cage 14"
    assert json.loads(put["body"]) == before
    assert put["headers"]["if-match"] == before["etag"]


def test_what_it_was_before_and_after_is_kept(row):
    change = carried_out(asked_for(row))
    assert change.before
    assert change.after
    assert change.before["provider_provisioning_state"] == "NotProvisioned"
    assert change.after["provider_provisioning_state"] == "Provisioned"
    assert [one["peering_type"] for one in change.after["peerings"]] == [PRIVATE]


def test_azures_ids_are_those_of_the_put(azure: SandboxProcess, row, log_at):
    change = step(asked_for(row))
    assert change.state == State.RUNNING
    call = ArmCall.objects.get(purpose="change", method="PUT")
    assert (change.request_id, change.correlation_id) == (call.request_id, call.correlation_id)
    assert change.request_id in change.poll_url
    change = carried_out(change)
    assert (change.request_id, change.correlation_id) == (call.request_id, call.correlation_id)


def test_every_call_is_in_the_ledger_with_who_asked(azure: SandboxProcess, row, log_at):
    change = carried_out(asked_for(row))
    asked_of_azure = [one for one in azure.requests(after=log_at) if "/subscriptions/" in one["path"]]
    calls = ArmCall.objects.filter(purpose=ArmCall.Purpose.CHANGE)
    assert calls.count() == len(asked_of_azure)
    assert set(calls.values_list("asked_by_id", flat=True)) == {change.asked_by_id}


def test_tags_go_by_a_patch_that_touches_nothing_else(azure: SandboxProcess, row, log_at):
    change = carried_out(asked_for(row, {"tags": {"ticket": "NL-48977"}}))
    assert (change.state, change.differences) == (State.SUCCEEDED, [])
    [patch] = writes(azure, log_at)
    assert (patch["method"], json.loads(patch["body"])) == ("PATCH", {"tags": {"ticket": "NL-48977"}})
    assert in_azure(azure, row)["tags"] == {"ticket": "NL-48977"}


def test_its_beginning_and_its_end_are_on_record(row):
    change = carried_out(asked_for(row))
    asked, ended = Entry.objects.order_by("number").values_list("deed", "actor_name", "result", "correlation_id")
    assert asked == ("change.asked", "Olga Operator", "done", "")
    assert ended == ("change.ended", "Crossconnect", "done", change.correlation_id)


def test_nothing_is_sent_while_the_trail_is_broken_and_all_of_it_once_it_is_whole(azure: SandboxProcess, row, log_at):
    change = asked_for(row)
    break_the_trail()
    change = step(change)
    assert (change.state, change.error_code) == (State.QUEUED, "TrailBroken")
    assert writes(azure, log_at) == []
    call_command("verify_activity", "--mend", stdout=StringIO(), stderr=StringIO())
    change = carried_out(change)
    assert (change.state, change.error_code) == (State.SUCCEEDED, "")
    assert Entry.objects.filter(deed="change.ended").count() == 1


def test_who_presses_twice_has_asked_once(row):
    draft = draft_of(row)
    first, second = (asking.apply(draft=draft, row=row, warnings=[], by=operator()) for _ in range(2))
    assert first == second
    assert Change.objects.count() == 1


def test_of_one_cross_connection_only_one_is_active(row):
    change = asked_for(row)
    with pytest.raises(Busy) as refused:
        asked_for(row, {"provider_notes": "Cage 14"})
    assert refused.value.change == change
    assert str(refused.value) == f"Change {change.pk} is not over yet, and Azure takes one after another."


def test_after_its_end_there_may_be_another(row):
    carried_out(asked_for(row))
    row.refresh_from_db()
    assert carried_out(asked_for(row, {"provider_notes": "Cage 14"})).state == State.SUCCEEDED


def test_one_that_no_worker_has_taken_up_can_be_canceled(azure: SandboxProcess, row, log_at):
    change = asked_for(row)
    asking.cancel(change=change, by=operator())
    assert step(change).state == State.CANCELED
    assert writes(azure, log_at) == []
    assert Entry.objects.filter(deed="change.canceled").exists()


def test_one_that_azure_has_can_not(row):
    change = step(asked_for(row))
    with pytest.raises(NotPossible, match="with Azure already, which cannot take it back"):
        asking.cancel(change=change, by=operator())


def test_a_supporter_may_not_change_anything(row):
    user = person("Sam Support", "Portal.Support")
    with pytest.raises(NotAllowed):
        asking.apply(draft=draft_of(row), row=row, warnings=[], by=Actor(WEB, user.name, user))


def test_whoever_lost_the_role_meanwhile_changes_nothing(azure: SandboxProcess, row, log_at):
    change = asked_for(row)
    asker = change.asked_by
    assert asker
    asker.app_roles = ["Portal.Support"]
    asker.save()
    change = step(change)
    assert (change.state, change.error_code) == (State.FAILED, "RoleEnded")
    assert writes(azure, log_at) == []


def test_what_went_from_azure_is_not_changed(azure: SandboxProcess, row, log_at):
    change = asked_for(row)
    azure.delete(row.service_key)
    change = step(change)
    assert (change.state, change.error_code) == (State.FAILED, "ResourceNotFound")
    assert writes(azure, log_at) == []


def test_what_azure_refuses_has_failed_and_azure_is_looked_at_again(azure: SandboxProcess, row, log_at):
    azure.fault("status", status=400, code="LocationRequired", method="PUT")
    change = carried_out(asked_for(row))
    assert (change.state, change.error_code) == (State.FAILED, "LocationRequired")
    assert len(writes(azure, log_at)) == 1
    row.refresh_from_db()
    assert row.wanted_at


def test_an_operation_that_fails_at_its_end_has_failed(azure: SandboxProcess, row, log_at):
    azure.fault("operation-failure", code="InternalServerError", method="PUT")
    change = carried_out(asked_for(row))
    assert (change.state, change.error_code) == (State.FAILED, "InternalServerError")
    assert len(writes(azure, log_at)) == 1
    assert Entry.objects.get(deed="change.ended").result == "failed"
    put = ArmCall.objects.get(purpose="change", method="PUT")
    assert (change.request_id, change.correlation_id) == (put.request_id, put.correlation_id)


class TestConflicts:
    def test_what_others_changed_elsewhere_is_kept(self, azure: SandboxProcess, row, log_at):
        change = asked_for(row)
        azure.edit(row.service_key, bandwidth_mbps=500)
        change = carried_out(change)
        assert (change.state, change.differences) == (State.SUCCEEDED, [])
        assert in_azure(azure, row)["properties"]["bandwidthInMbps"] == 500

    def test_a_field_that_holds_something_third_by_now_is_not_written(self, azure: SandboxProcess, row, log_at):
        change = asked_for(row)
        others(azure, row, serviceProviderProvisioningState="Provisioning")
        change = step(change)
        assert (change.state, change.error_code) == (State.FAILED, "Conflict")
        assert change.before
        assert change.before["provider_provisioning_state"] == "Provisioning"
        assert len(writes(azure, log_at)) == 1  # of the others
        row.refresh_from_db()
        assert row.provider_provisioning_state == "Provisioning"

    def test_what_is_so_already_is_not_written_again(self, azure: SandboxProcess, row, log_at):
        change = asked_for(row)
        others(azure, row, serviceProviderProvisioningState="Provisioned")
        change = step(change)
        assert (change.state, change.known_by, change.differences) == (State.SUCCEEDED, "nothing-to-do", [])
        assert len(writes(azure, log_at)) == 1


class TestOld:
    def test_what_is_older_than_a_quarter_of_an_hour_waits_for_a_word(self, azure: SandboxProcess, row, log_at):
        change = aged(asked_for(row))
        change = step(change)
        assert (change.state, change.sent) == (State.QUEUED, 0)
        assert change.held_at
        assert change.due_at - timezone.now() > timedelta(days=365)
        assert writes(azure, log_at) == []

    def test_of_yesterday_it_waits_for_a_word_as_well(self, azure: SandboxProcess, row, log_at):
        change = aged(asked_for(row))
        Change.objects.filter(pk=change.pk).update(give_up_at=timezone.now() - timedelta(days=1))
        change = step(change)
        assert (change.state, bool(change.held_at), change.error_code) == (State.QUEUED, True, "")
        assert writes(azure, log_at) == []

    def test_with_the_word_it_goes_on_by_the_name_of_who_gave_it(self, row):
        change = step(aged(asked_for(row)))
        user = person("Orla Other", "Portal.Operator")
        asking.go_ahead(change=change, by=Actor(WEB, user.name, user))
        change = carried_out(change)
        assert (change.state, change.asked_by) == (State.SUCCEEDED, user)
        assert Entry.objects.filter(deed="change.confirmed", actor_name="Orla Other").exists()

    def test_without_it_can_be_canceled(self, row):
        change = step(aged(asked_for(row)))
        asking.cancel(change=change, by=operator())
        assert step(change).state == State.CANCELED

    def test_one_that_does_not_wait_needs_no_word(self, row):
        with pytest.raises(NotPossible, match="It does not wait for a word"):
            asking.go_ahead(change=asked_for(row), by=operator())


class TestUnknown:
    def test_taken_though_the_answer_was_lost_it_has_succeeded(self, azure: SandboxProcess, row, log_at):
        azure.fault("truncate", method="PUT")
        change = step(asked_for(row))
        assert (change.state, change.error_code) == (State.UNKNOWN, "NoAnswer")
        change = carried_out(change)
        assert (change.state, change.known_by, change.differences) == (State.SUCCEEDED, "look", [])
        assert len(writes(azure, log_at)) == 1

    def test_untouched_it_is_sent_again_once_nobody_can_still_be_sending(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=503, method="PUT")
        change = step(asked_for(row))
        assert change.state == State.UNKNOWN
        change = step(change)
        assert (change.state, len(writes(azure, log_at))) == (State.UNKNOWN, 1)
        written_long_ago(change)
        change = carried_out(change)
        assert (change.state, change.known_by) == (State.SUCCEEDED, "operation")
        assert len(writes(azure, log_at)) == 2  # of which Azure had refused the first

    def test_untouched_and_old_it_waits_for_a_word(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=503, method="PUT")
        change = written_long_ago(aged(step(asked_for(row))))
        change = step(step(change))
        assert (change.state, bool(change.held_at)) == (State.QUEUED, True)
        assert len(writes(azure, log_at)) == 1

    def test_moved_otherwise_it_is_for_a_person(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=503, method="PUT")
        change = written_long_ago(step(asked_for(row)))
        azure.edit(row.service_key, bandwidth_mbps=500)
        change = step(step(change))
        assert (change.state, change.error_code) == (State.UNKNOWN, "Unclear")
        assert len(writes(azure, log_at)) == 1

    @pytest.mark.parametrize(("has_taken", "state"), [(True, State.SUCCEEDED), (False, State.FAILED)])
    def test_a_person_may_settle_it(self, azure: SandboxProcess, row, has_taken: bool, state):
        azure.fault("status", status=503, method="PUT")
        change = step(asked_for(row))
        asking.settle(change=change, has_taken=has_taken, by=operator())
        change = step(change)
        assert (change.state, change.known_by, change.ended_by) == (state, "person", change.asked_by)
        assert Entry.objects.filter(deed="change.settled").exists()

    def test_what_is_not_in_doubt_nobody_settles(self, row):
        with pytest.raises(NotPossible, match="not in doubt"):
            asking.settle(change=asked_for(row), has_taken=True, by=operator())

    def test_a_worker_that_died_before_the_write_is_no_doubt(self, azure: SandboxProcess, row, log_at):
        change = asked_for(row)
        Change.objects.filter(pk=change.pk).update(state=State.SUBMITTING, sent=1)
        change = carried_out(change)
        assert change.state == State.SUCCEEDED
        assert len(writes(azure, log_at)) == 1

    def test_an_operation_that_comes_to_no_end_is_looked_up_at_the_cross_connection(self, azure, row, log_at):
        azure.fault("operation-stall", method="PUT")
        change = step(asked_for(row))
        Change.objects.filter(pk=change.pk).update(give_up_at=timezone.now())
        change = step(change)
        assert (change.state, change.error_code) == (State.UNKNOWN, "NoEnd")
        assert step(change).state == State.UNKNOWN  # Azure shows it as Updating
        assert len(writes(azure, log_at)) == 1

    def test_a_look_that_fails_again_and_again_is_no_failure_of_the_change(self, azure: SandboxProcess, row, log_at):
        change = step(asked_for(row))
        azure.fault("status", status=500, path_pattern="/operations/", times=100)
        for _ in range(5):
            change = step(change)
        assert change.state == State.UNKNOWN
        azure.clear_faults()
        assert carried_out(change).state == State.SUCCEEDED
        assert len(writes(azure, log_at)) == 1


class TestBusy:
    def test_while_azure_is_at_work_on_it_the_change_waits(self, azure: SandboxProcess, row, log_at):
        azure.fault("operation-stall", method="PUT")
        others(azure, row, waits=False, serviceProviderNotes="Theirs")
        change = step(asked_for(row))
        assert (change.state, change.error_code, change.sent) == (State.QUEUED, "AnotherOperationInProgress", 0)
        assert len(writes(azure, log_at)) == 1  # theirs

    def test_a_refusal_as_busy_is_waited_out(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=429, code="AnotherOperationInProgress", method="PUT")
        change = step(asked_for(row))
        assert (change.state, change.written_at) == (State.QUEUED, None)
        assert carried_out(change).state == State.SUCCEEDED

    def test_where_azure_heeds_the_etag_it_is_looked_at_anew(self, azure: SandboxProcess, row, log_at):
        azure.fault("status", status=412, code="PreconditionFailed", method="PUT")
        change = step(asked_for(row))
        assert (change.state, change.written_at) == (State.QUEUED, None)
        assert carried_out(change).state == State.SUCCEEDED


def test_a_get_that_fails_before_the_write_leaves_nothing_in_doubt(azure: SandboxProcess, row, log_at):
    azure.fault("status", status=503, method="GET", path_pattern=row.service_key, times=1)
    change = step(asked_for(row))
    assert (change.state, change.error_code, change.sent) == (State.QUEUED, "ServiceUnavailable", 0)
    assert carried_out(change).state == State.SUCCEEDED
    assert len(writes(azure, log_at)) == 1


def test_what_comes_out_other_than_asked_is_told(azure: SandboxProcess, row, log_at):
    change = step(asked_for(row))
    azure.edit(row.service_key, peerings={PRIVATE: None})
    change = carried_out(change)
    assert change.state == State.SUCCEEDED
    assert change.differences == [{"subject": PRIVATE, "field": "presence", "expected": True, "found": False}]


def test_a_worker_that_was_held_up_too_long_sends_nothing(azure: SandboxProcess, row, log_at, settings):
    change = asked_for(row)
    settings.PORTAL_LEASE_SECONDS = settings.PORTAL_CALL_SECONDS  # no time is left to send it in
    change = step(change)
    assert (change.state, change.error_code) == (State.QUEUED, "NotConnected")
    assert writes(azure, log_at) == []


def aged(change: Change) -> Change:
    Change.objects.filter(pk=change.pk).update(not_after=timezone.now() - timedelta(seconds=1))
    change.refresh_from_db()
    return change


def written_long_ago(change: Change) -> Change:
    Change.objects.filter(pk=change.pk).update(written_at=timezone.now() - timedelta(minutes=5))
    change.refresh_from_db()
    return change
