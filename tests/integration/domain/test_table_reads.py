"""Reading tables from beginning to end, and what each step makes of what Azure says."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from crossconnections.enums import Table
from crossconnections.models import ArmCall, CrossConnection, Peering, TableRead
from crossconnections.services import table_reads
from crossconnections.tables import unpack
from portal.access.roles import Role
from portal.accounts.models import User
from tests.integration.domain.readings import (
    LONG_AGO,
    MICROSOFT,
    MICROSOFT_PEERING,
    PRIVATE,
    PRIVATE_PEERING,
    asked,
    carried_out,
    circuit,
    first,
    posts,
    states,
    step,
)
from tests.people import given, person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = TableRead.State
TABLES = ("arpTables", "routeTablesSummary", "routeTables")
PATHS = ("primary", "secondary")


@pytest.fixture
def row(azure: SandboxProcess, enlisted: Callable[[str], Any]) -> CrossConnection:
    return circuit(azure, enlisted("test"))


@pytest.fixture
def log_at(azure: SandboxProcess, row: CrossConnection) -> int:
    """The number of the last request before the test."""
    number: int = azure.requests()[-1]["number"]
    return number


def test_two_peerings_are_twelve_tables_and_both_paths_are_asked(azure: SandboxProcess, enlisted):
    row = circuit(azure, enlisted("test"), **{PRIVATE: PRIVATE_PEERING, MICROSOFT: MICROSOFT_PEERING})
    before = azure.requests()[-1]["number"]
    snapshot = carried_out(asked(row))
    assert states(snapshot) == {State.SUCCEEDED}
    wanted = ["/".join(words) for words in product((PRIVATE, MICROSOFT), TABLES, PATHS)]
    assert sorted(posts(azure, before)) == sorted(wanted)


def test_the_rows_are_those_of_the_path_that_was_asked(azure: SandboxProcess, row):
    azure.condition(row.service_key, "no-arp", path="secondary")
    snapshot = carried_out(asked(row))
    kept = {
        read.device_path: {getattr(arp, "ip_address", "") for arp in unpack(read.table, read.rows.compressed)}
        for read in snapshot.reads.filter(table=Table.ARP)
    }
    assert "172.31.0.1" in kept["primary"]
    assert "172.31.0.5" not in kept["secondary"]


def test_a_read_knows_how_many_rows_it_has_how_long_it_took_and_azures_ids(row):
    read = first(carried_out(asked(row)))
    assert read.row_count == 2
    assert read.sent_at
    assert read.finished_at
    assert read.sent_at <= read.finished_at
    assert (read.sent, read.failed_steps, read.error_code) == (1, 0, "")
    assert len(read.request_id) == len(read.correlation_id) == 36


@pytest.mark.parametrize(
    "behaviour",
    [
        {"table_answers": "at_once"},
        {"table_operation_header": True},
        {"table_operation_header": True, "operation_word": "Halbfertig"},
    ],
)
def test_however_azure_answers_the_tables_are_read_once(azure: SandboxProcess, row, log_at, behaviour):
    azure.behave(**behaviour)
    assert states(carried_out(asked(row))) == {State.SUCCEEDED}
    assert len(posts(azure, log_at)) == 6


def test_every_call_is_in_the_ledger_with_who_asked(azure: SandboxProcess, row, log_at):
    carried_out(asked(row))
    asked_of_azure = [one for one in azure.requests(after=log_at) if "/subscriptions/" in one["path"]]
    calls = ArmCall.objects.filter(purpose=ArmCall.Purpose.TABLES)
    assert calls.count() == len(asked_of_azure)
    assert set(calls.values_list("service_key", flat=True)) == {row.service_key}


def test_it_is_running_from_the_moment_that_azure_accepts(row):
    read = step(first(asked(row)))
    assert (read.state, read.claimed_until) == (State.RUNNING, None)
    assert "/operationResults/" in read.poll_url
    assert read.due_at - timezone.now() > timedelta(seconds=0.5)  # Retry-After is a second


@pytest.mark.parametrize("word", ["Halbfertig", "Updating", "Accepted"])
def test_a_word_that_is_not_known_is_kept_and_never_is_a_success(azure: SandboxProcess, row, word: str):
    azure.behave(table_operation_header=True, operation_word=word)
    azure.fault("operation-stall", path_pattern="arpTables/primary")
    read = step(step(first(asked(row))))
    assert (read.state, read.azure_status) == (State.RUNNING, word)


def test_what_never_ends_is_given_up_when_its_time_is_over(azure: SandboxProcess, row):
    azure.fault("operation-stall", path_pattern="arpTables/primary")
    read = step(step(first(asked(row))))
    TableRead.objects.filter(pk=read.pk).update(give_up_at=LONG_AGO)
    assert (step(read).state, read.error_code) == (State.FAILED, "GaveUp")


def test_what_could_not_be_sent_in_its_time_is_told_apart_from_what_never_ended(azure: SandboxProcess, row, log_at):
    azure.fault("status", status=429, code="TooManyRequests", method="POST")
    read = step(first(asked(row)))
    TableRead.objects.filter(pk=read.pk).update(give_up_at=LONG_AGO)
    assert (step(read).state, read.error_code, read.sent) == (State.FAILED, "NotSent", 0)
    assert read.error_message.startswith("TooManyRequests")  # what it met until then


def test_what_a_worker_of_the_dead_may_have_sent_is_not_called_never_sent(row):
    read = first(asked(row))
    TableRead.objects.filter(pk=read.pk).update(state=State.SUBMITTING, sent=1, give_up_at=LONG_AGO)
    assert (step(read).state, read.error_code, read.sent) == (State.FAILED, "GaveUp", 1)


@pytest.mark.parametrize(("retry_after", "seconds"), [(7, 7), (None, 2)])
def test_throttling_is_waited_out_and_counts_for_nothing(azure: SandboxProcess, row, retry_after, seconds):
    azure.fault("status", status=429, code="TooManyRequests", retry_after=retry_after, method="POST")
    read = step(first(asked(row)))
    assert (read.state, read.sent, read.error_code) == (State.QUEUED, 0, "TooManyRequests")
    assert abs(read.due_at - timezone.now() - timedelta(seconds=seconds)) < timedelta(seconds=1)
    row.subscription.refresh_from_db()
    assert row.subscription.throttled_until is not None
    assert step(read).state == State.RUNNING


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"fault": "status", "status": 500, "code": "InternalServerError"}, "InternalServerError"),
        ({"fault": "status", "status": 503, "code": "ServiceUnavailable"}, "ServiceUnavailable"),
        ({"fault": "reset"}, "NoAnswer"),
        ({"fault": "garbage"}, "AnswerNotUnderstood"),
    ],
)
def test_where_nobody_knows_whether_azure_got_it_a_read_is_sent_again(azure: SandboxProcess, row, fault, code):
    azure.fault(**fault, method="POST")
    read = step(first(asked(row)))
    assert (read.state, read.error_code) == (State.UNKNOWN, code)
    assert (step(read).state, read.sent, read.error_code) == (State.RUNNING, 2, "")


def test_after_three_times_without_a_word_it_has_failed(azure: SandboxProcess, row, log_at):
    azure.fault("status", status=500, code="InternalServerError", path_pattern="arpTables/primary", times=10)
    read = first(asked(row))
    for _ in range(4):
        step(read)
    assert (read.state, read.error_code, read.sent) == (State.FAILED, "InternalServerError", 3)
    assert len(posts(azure, log_at)) == 3


def test_a_refusal_ends_it_with_azures_code_and_words(azure: SandboxProcess, row):
    azure.behave(missing_permission="Microsoft.Network/*")
    read = step(first(asked(row)))
    assert (read.state, read.error_code) == (State.FAILED, "AuthorizationFailed")
    assert "does not have authorization" in read.error_message
    assert len(read.correlation_id) == 36


def test_a_peering_that_the_customer_removed_meanwhile_is_not_found(azure: SandboxProcess, row):
    snapshot = asked(row)
    azure.edit(row.service_key, peerings={PRIVATE: None})
    assert states(carried_out(snapshot)) == {State.FAILED}
    assert set(snapshot.reads.values_list("error_code", flat=True)) == {"NotFound"}


def test_an_operation_that_fails_at_the_end_ends_it_with_azures_code(azure: SandboxProcess, row):
    azure.fault("operation-failure", code="GatewayTimeout", status=400, path_pattern="arpTables/primary")
    snapshot = carried_out(asked(row))
    assert states(snapshot) == {State.FAILED, State.SUCCEEDED}
    assert first(snapshot).error_code == "GatewayTimeout"


def test_with_a_status_of_its_own_an_operation_that_fails_is_told_in_words(azure: SandboxProcess, row):
    azure.behave(table_operation_header=True, failed_operation_word="Canceled")
    azure.fault("operation-failure", code="CanceledByAzure", path_pattern="arpTables/primary")
    read = first(carried_out(asked(row)))
    assert (read.state, read.error_code) == (State.FAILED, "CanceledByAzure")


def test_a_place_that_stays_gone_is_not_taken_for_a_peering_that_is(azure: SandboxProcess, row):
    azure.fault("status", status=404, code="NotFound", path_pattern="operationResults", times=1_000)
    snapshot = carried_out(asked(row))
    assert set(snapshot.reads.values_list("state", "error_code", "sent")) == {(State.FAILED, "OperationGone", 3)}


def test_a_place_that_is_gone_is_asked_for_anew(azure: SandboxProcess, row, log_at):
    read = step(first(asked(row)))
    azure.fault("status", status=404, code="NotFound", path_pattern="operationResults")
    assert step(read).state == State.UNKNOWN
    assert (step(read).state, read.sent) == (State.RUNNING, 2)
    assert posts(azure, log_at) == [f"{PRIVATE}/arpTables/primary"] * 2


@pytest.mark.parametrize("fault", [{"fault": "reset"}, {"fault": "garbage"}, {"fault": "status", "status": 503}])
def test_a_look_that_fails_tells_nothing_of_the_read(azure: SandboxProcess, row, log_at, fault):
    read = step(first(asked(row)))
    azure.fault(**fault, method="GET", path_pattern="operationResults")
    assert (step(read).state, read.failed_steps) == (State.RUNNING, 1)
    assert step(read).failed_steps == 0
    assert len(posts(azure, log_at)) == 1


@pytest.mark.parametrize("how", ["refused_429", "refused_400", "fails"])
def test_where_azure_takes_one_at_a_time_they_go_one_after_another(azure: SandboxProcess, row, how: str):
    azure.behave(parallel_table_reads=how)
    snapshot = carried_out(asked(row))
    assert states(snapshot) == {State.SUCCEEDED}
    assert snapshot.one_at_a_time


def test_what_a_dead_worker_was_about_to_send_is_sent_again_after_its_lease(azure: SandboxProcess, row, log_at):
    read = first(asked(row))
    claimed = TableRead.objects.filter(pk=read.pk)
    claimed.update(state=State.SUBMITTING, sent=1, attempts=1, claimed_until=timezone.now() + timedelta(seconds=60))
    assert step(read).state == State.SUBMITTING  # its lease still runs
    claimed.update(claimed_until=LONG_AGO)
    assert (step(read).state, read.sent, read.attempts) == (State.RUNNING, 2, 2)


def test_nothing_is_sent_for_somebody_whose_role_ended_meanwhile(azure: SandboxProcess, row, log_at):
    lotte = person()
    role = given(Role.SUPPORT, to=lotte)
    read = first(asked(row))
    TableRead.objects.filter(pk=read.pk).update(asked_by=lotte)
    role.delete()
    assert (step(read).state, read.error_code, read.sent) == (State.FAILED, "RoleEnded", 0)
    assert posts(azure, log_at) == []


def test_for_somebody_who_has_the_role_there_it_is_sent_in_their_name(row):
    lotte: User = person()
    given(Role.SUPPORT, to=lotte, kind="peering-location", where="EUAP Test")
    read = first(asked(row))
    TableRead.objects.filter(pk=read.pk).update(asked_by=lotte)
    assert step(read).state == State.RUNNING
    assert ArmCall.objects.get(purpose=ArmCall.Purpose.TABLES).asked_by == lotte


def test_nothing_is_sent_about_what_went_from_azure_meanwhile(azure: SandboxProcess, row, log_at):
    read = first(asked(row))
    CrossConnection.objects.filter(pk=row.pk).update(gone_at=timezone.now())
    assert (step(read).state, read.error_code) == (State.FAILED, "Gone")
    assert posts(azure, log_at) == []


def test_a_fault_of_our_own_ends_it_and_is_not_hidden(row):
    read = first(asked(row))
    CrossConnection.objects.filter(pk=row.pk).update(resource_id="not an id")
    with pytest.raises(ValueError, match="is not a resource id"):
        step(read)
    read.refresh_from_db()
    assert (read.state, read.error_code) == (State.FAILED, "PortalFault")


def test_a_portal_that_points_at_another_cloud_leaves_it_alone(row, settings):
    read = first(asked(row))
    settings.PORTAL_CLOUD = "AzureCloud"
    assert (step(read).state, read.attempts, read.claimed_until) == (State.QUEUED, 0, None)


def test_ten_thousand_routes_are_kept_whole(azure: SandboxProcess, row):
    azure.show_routes(row.service_key, 10_000, peering=PRIVATE, path="primary")
    snapshot = carried_out(asked(row))
    read = snapshot.reads.get(table=Table.ROUTES, device_path="primary")
    routes = unpack(read.table, read.rows.compressed)
    assert len(routes) == read.row_count
    assert len(routes) >= 10_000
    assert len(read.rows.compressed) < 300_000


def test_nothing_happens_before_it_is_due(azure: SandboxProcess, row, log_at):
    read = first(asked(row))
    TableRead.objects.filter(pk=read.pk).update(due_at=timezone.now() + timedelta(minutes=1))
    table_reads.carry_on(read_id=read.pk)
    assert posts(azure, log_at) == []


def test_a_cross_connection_without_peerings_has_nothing_to_read(row):
    Peering.objects.all().delete()
    with pytest.raises(Exception, match="No peering is set up"):
        asked(row)
