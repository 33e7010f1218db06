"""Cross connections on watch: rounds of BGP summaries, who goes first, and how a watch ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crossconnections import queue
from crossconnections.diagnosis.flaps import Kind, Sample, find_changes
from crossconnections.models import ArmCall, CrossConnection, Peering, Subscription, TableRead, Watch, WatchRead
from crossconnections.services import retention, watch_reads, watch_rounds, watches
from crossconnections.services.engine.claims import ClaimLost, claim
from crossconnections.services.snapshots import NotPossible
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.activity.models import Entry
from portal.actors import WEB, Actor
from tests.integration.domain.conftest import Swept
from tests.integration.domain.readings import (
    LONG_AGO,
    MICROSOFT,
    MICROSOFT_PEERING,
    PRIVATE,
    PRIVATE_PEERING,
    SOMEBODY,
    asked,
    carried_out,
    circuit,
    posts,
)
from tests.integration.domain.watching import active, begun, due, round_of, step
from tests.people import given, person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State, WaitsFor, End = WatchRead.State, Watch.WaitsFor, Watch.End


@pytest.fixture
def row(azure: SandboxProcess, enlisted: Callable[[str], Any]) -> CrossConnection:
    return circuit(azure, enlisted("test"))


@pytest.fixture
def log_at(azure: SandboxProcess, row: CrossConnection) -> int:
    """The number of the last request before the test."""
    number: int = azure.requests()[-1]["number"]
    return number


def states(reads: list[WatchRead]) -> list[str]:
    return [read.state for read in reads]


def told(reads: list[WatchRead], path: str) -> str:
    """What the summary of a path told of its session."""
    (session,) = next(read.sessions for read in reads if read.device_path == path)
    return str(session["state_or_prefixes_received"])


def samples(watch: Watch, path: str) -> list[Sample]:
    """What the rounds told of the one session of a path."""
    found = []
    for read in watch.reads.filter(device_path=path).order_by("pk"):
        assert read.sent_at
        assert read.finished_at
        (session,) = read.sessions
        words = session["up_down"], session["state_or_prefixes_received"]
        found.append(Sample(read.sent_at, read.finished_at, *words))
    return found


def test_each_round_asks_both_summaries_of_every_peering_and_nothing_else(azure: SandboxProcess, enlisted):
    row = circuit(azure, enlisted("test"), **{PRIVATE: PRIVATE_PEERING, MICROSOFT: MICROSOFT_PEERING})
    before = azure.requests()[-1]["number"]
    assert states(round_of(begun(row))) == [State.SUCCEEDED] * 4
    assert posts(azure, before) == [
        f"{peering}/routeTablesSummary/{path}" for peering in (PRIVATE, MICROSOFT) for path in ("primary", "secondary")
    ]


def test_what_the_routers_told_is_kept_as_told_with_port_and_place(row):
    primary, secondary = round_of(begun(row))
    (session,) = primary.sessions
    assert (session["neighbor"], session["asn"]) == ("172.31.0.1", 65010)
    assert set(session) == {"neighbor", "asn", "up_down", "state_or_prefixes_received"}
    assert (primary.azure_port, secondary.azure_port) == (row.primary_azure_port, row.secondary_azure_port)
    assert primary.peering_location == "EUAP Test"


def test_a_session_that_idles_on_one_path_is_seen_to_go_down_and_to_come_back(azure: SandboxProcess, row):
    watch = begun(row)
    before = round_of(watch)
    azure.condition(row.service_key, "bgp-idle", path="secondary")
    during = round_of(watch)
    azure.condition(row.service_key, "healthy", path="secondary")
    after = round_of(watch)
    assert told(before, "secondary").isdecimal()
    assert (told(during, "primary").isdecimal(), told(during, "secondary")) == (True, "Idle")
    assert told(after, "secondary").isdecimal()


def test_a_flap_between_two_rounds_is_proven_by_the_clock_of_the_session(azure: SandboxProcess, row):
    watch = begun(row)
    round_of(watch)
    azure.condition(row.service_key, "flapped", path="primary")
    reset_at = timezone.now()
    round_of(watch)
    changes = {path: find_changes(samples(watch, path)) for path in ("primary", "secondary")}
    (change,) = changes["primary"]
    assert change.kind is Kind.RESET
    assert abs(change.at.middle - reset_at) < timedelta(seconds=3)
    assert changes["secondary"] == []


def test_the_reads_of_a_round_go_one_after_another(azure: SandboxProcess, row, log_at):
    azure.behave(parallel_table_reads="refused_429")
    watch = due(begun(row))
    first, second = active(watch)
    assert (step(first).state, step(second).state) == (State.RUNNING, State.QUEUED)
    assert posts(azure, log_at) == [f"{PRIVATE}/routeTablesSummary/primary"]
    while first.is_active:
        step(first)
    second.refresh_from_db()
    assert second.due_at <= timezone.now()
    assert step(second).state == State.RUNNING


def test_only_the_first_read_of_a_round_is_due_and_a_message_is_sent_for_it_alone(row, swept: Swept):
    watch = begun(row)
    sent = swept(watch_rounds.begin_the_due, queue.READ_WATCH)
    assert sent == [active(watch)[0].pk]
    assert swept(watch_reads.hurry_the_due, queue.READ_WATCH) == []


def test_a_lost_message_is_sent_again_after_a_few_seconds(row, swept: Swept):
    first, _ = active(due(begun(row)))
    WatchRead.objects.update(hurried_at=timezone.now() - timedelta(seconds=6))
    assert swept(watch_reads.hurry_the_due, queue.READ_WATCH) == [first.pk]


def test_a_round_begins_when_it_is_due_and_three_minutes_after_the_one_before(row):
    watch = begun(row)
    watch_rounds.begin_the_due()
    watch.refresh_from_db()
    assert abs(watch.next_at - timezone.now() - timedelta(minutes=3)) < timedelta(seconds=5)
    WatchRead.objects.update(state=State.SUCCEEDED)
    watch_rounds.begin_the_due()
    assert watch.reads.count() == 2


def test_no_round_begins_while_reads_of_the_one_before_go_on(row):
    watch = due(begun(row))
    due(watch)
    assert watch.reads.count() == 2
    assert watch.next_at == LONG_AGO  # it is due still


def test_a_round_that_a_worker_left_is_carried_on_by_another_and_not_asked_for_twice(azure, row, log_at):
    watch = due(begun(row))
    first, _ = active(watch)
    step(first)
    running = WatchRead.objects.filter(pk=first.pk)
    running.update(attempts=7, claimed_until=timezone.now() + timedelta(seconds=60))
    assert step(first).state == State.RUNNING  # its lease still runs
    running.update(claimed_until=LONG_AGO)
    while first.is_active:
        step(first)
    assert (first.state, first.sent) == (State.SUCCEEDED, 1)
    assert len(posts(azure, log_at)) == 1


def test_a_read_that_fails_is_kept_as_one_that_told_nothing(azure: SandboxProcess, row):
    azure.fault("operation-failure", code="GatewayTimeout", status=400, path_pattern="routeTablesSummary/primary")
    primary, secondary = round_of(begun(row))
    assert (primary.state, primary.error_code, primary.sessions) == (State.FAILED, "GatewayTimeout", [])
    assert secondary.state == State.SUCCEEDED


def test_a_persons_reading_goes_first_and_the_watch_waits_for_it(row, azure, log_at):
    watch = begun(row)
    reading = asked(row)
    due(watch)
    assert (watch.reads.count(), watch.waits_for) == (0, WaitsFor.READING)
    assert watch.next_at - timezone.now() < timedelta(seconds=20)
    carried_out(reading)
    assert len(round_of(watch)) == 2
    watch.refresh_from_db()
    assert watch.waits_for == WaitsFor.NOTHING


def test_a_persons_reading_goes_before_a_round_that_has_begun(row):
    watch = due(begun(row))
    reading = asked(row)
    first, _ = active(watch)
    assert (step(first).state, first.sent) == (State.QUEUED, 0)
    carried_out(reading)
    assert step(first).state == State.RUNNING


def test_while_azure_wants_to_be_left_alone_no_round_begins(row):
    until = timezone.now() + timedelta(minutes=20)
    Subscription.objects.update(throttled_until=until)
    watch = due(begun(row))
    assert (watch.reads.count(), watch.waits_for, watch.next_at) == (0, WaitsFor.THROTTLED, until)


def told_of_the_quota(row: CrossConnection, kind: str, **seen: int) -> None:
    """Azure told so many minutes ago (``m30``) how much was left, and nothing else."""
    ArmCall.objects.all().delete()
    for minutes, left in seen.items():
        started = timezone.now() - timedelta(minutes=int(minutes[1:]))
        of = {"subscription": row.subscription, "purpose": "sync", "duration_ms": 1, kind: left}
        ArmCall.objects.create(started_at=started, **of)


@pytest.mark.parametrize("kind", ["remaining_reads", "remaining_writes"])
@pytest.mark.parametrize(("left", "waits_for"), [(99, WaitsFor.QUOTA), (100, WaitsFor.NOTHING)])
def test_half_of_the_quota_is_left_to_people(row, kind: str, left: int, waits_for: str):
    told_of_the_quota(row, kind, m30=200, m1=left)
    watch = due(begun(row))
    assert watch.waits_for == waits_for
    assert abs(watch.next_at - timezone.now() - timedelta(minutes=3)) < timedelta(seconds=5)


def test_what_was_told_of_the_quota_a_while_ago_tells_nothing_of_it_now(row):
    told_of_the_quota(row, "remaining_reads", m30=200, m11=1)
    assert due(begun(row)).waits_for == WaitsFor.NOTHING


def test_without_a_peering_that_is_still_there_a_round_has_nothing_to_read(row):
    watch = begun(row)
    Peering.objects.all().delete()
    due(watch)
    assert (watch.reads.count(), watch.waits_for) == (0, WaitsFor.PEERING)


def test_a_watch_ends_by_itself_after_twelve_hours(row):
    watch = due(begun(row))
    assert watch.ends_at - watch.begun_at == timedelta(hours=12)
    Watch.objects.update(ends_at=timezone.now())
    watch_rounds.begin_the_due()
    watch.refresh_from_db()
    assert (watch.end, watch.ended_by) == (End.OVER, None)
    assert set(states(list(watch.reads.all()))) == {State.CANCELED}


def test_it_ends_with_the_cross_connection(row):
    watch = begun(row)
    CrossConnection.objects.update(gone_at=timezone.now())
    assert due(watch).end == End.GONE


def test_it_ends_with_the_role_of_who_began_it_and_nothing_more_is_sent_in_their_name(azure, row, log_at):
    lotte = person()
    role = given(Role.OPERATOR, to=lotte)
    watch = due(watches.begin(row=row, by=Actor(WEB, lotte.name, lotte)))
    role.delete()
    given(Role.SUPPORT, to=lotte)
    first, _ = active(watch)
    assert (step(first).state, first.error_code, first.sent) == (State.FAILED, "RoleEnded", 0)
    assert posts(azure, log_at) == []
    WatchRead.objects.update(state=State.FAILED)
    assert due(watch).end == End.ROLE_ENDED


def test_nothing_is_sent_about_what_went_from_azure_meanwhile(azure, row, log_at):
    first, _ = active(due(begun(row)))
    CrossConnection.objects.update(gone_at=timezone.now())
    assert (step(first).state, first.error_code) == (State.FAILED, "Gone")
    assert posts(azure, log_at) == []


def test_every_call_is_in_the_ledger_for_the_watch_with_who_began_it(row):
    lotte = person()
    given(Role.OPERATOR, to=lotte, kind="peering-location", where="EUAP Test")
    round_of(watches.begin(row=row, by=Actor(WEB, lotte.name, lotte)))
    calls = ArmCall.objects.filter(purpose=ArmCall.Purpose.WATCH)
    assert set(calls.values_list("service_key", "asked_by")) == {(row.service_key, lotte.pk)}


def test_who_begins_what_is_on_watch_already_shares_it(row):
    assert begun(row) == begun(row)
    assert list(Entry.objects.filter(deed__startswith="watch.").values_list("deed", flat=True)) == ["watch.begun"]


def test_one_cross_connection_is_never_on_watch_twice(row):
    watch = begun(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(
            cross_connection=row, begun_at=watch.begun_at, ends_at=watch.ends_at, next_at=watch.next_at
        )


def test_what_is_ended_is_not_looked_at_any_more_and_may_be_begun_anew(azure, row):
    watch = due(begun(row))
    first, _ = active(watch)
    step(first)
    watches.end(watch=watch, by=SOMEBODY)
    watch.refresh_from_db()
    assert (watch.end, watch.ended_at is not None) == (End.STOPPED, True)
    before = azure.requests()[-1]["number"]
    assert step(first).state == State.CANCELED
    assert azure.requests(after=before) == []
    assert begun(row) != watch


def test_a_worker_that_was_at_it_when_it_was_ended_writes_nothing(row):
    watch = due(begun(row))
    held = claim(watch_reads.WATCH_READS, active(watch)[0].pk)
    assert held is not None
    watches.end(watch=watch, by=SOMEBODY)
    with pytest.raises(ClaimLost):
        held.move(State.RUNNING)


def test_what_has_ended_is_not_ended_again(row):
    watches.end(watch=begun(row), by=SOMEBODY)
    with pytest.raises(NotPossible, match="It has ended already"):
        watches.end(watch=Watch.objects.get(), by=SOMEBODY)


def test_the_trail_tells_who_began_and_who_ended(row):
    watches.end(watch=begun(row), by=SOMEBODY)
    deeds = Entry.objects.filter(deed__startswith="watch.").order_by("number")
    assert list(deeds.values_list("deed", flat=True)) == ["watch.begun", "watch.ended"]


def test_support_may_neither_begin_nor_end(row):
    lotte = person()
    given(Role.SUPPORT, to=lotte)
    by = Actor(WEB, lotte.name, lotte)
    for deed in (
        lambda: watches.begin(row=row, by=by),
        lambda: watches.end(watch=Watch(cross_connection=row), by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: Peering.objects.all().delete(), "No peering is set up, so there are no sessions to watch yet."),
        (lambda: CrossConnection.objects.update(gone_at=timezone.now()), "no sessions to watch"),
    ],
)
def test_where_there_is_no_session_none_is_watched(row, change: Callable[[], object], sentence: str):
    change()
    with pytest.raises(NotPossible, match=sentence):
        begun(CrossConnection.objects.get(pk=row.pk))


def test_a_portal_that_points_at_another_cloud_leaves_it_alone(row, settings):
    watch = due(begun(row))
    settings.PORTAL_CLOUD = "AzureCloud"
    assert step(active(watch)[0]).attempts == 0
    WatchRead.objects.update(state=State.SUCCEEDED)
    assert due(watch).reads.count() == 2


def test_watches_are_forgotten_after_the_retention_with_their_reads_and_open_ones_stay(row):
    watches.end(watch=due(begun(row)), by=SOMEBODY)
    open_one = due(begun(row))
    Watch.objects.update(begun_at=LONG_AGO)
    retention.forget_the_old()
    assert list(Watch.objects.all()) == [open_one]
    assert WatchRead.objects.count() == 2


def test_tables_of_people_know_nothing_of_watches(row):
    round_of(begun(row))
    assert not TableRead.objects.exists()
