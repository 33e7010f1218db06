"""Subscriptions that are proposed, enlisted, paused, resumed and retired: what is asked of Azure, and what stays."""

import uuid

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from crossconnections import policies, queue
from crossconnections.filters import Filters
from crossconnections.models import (
    Catalogue,
    Change,
    CrossConnection,
    Readiness,
    Snapshot,
    Subscription,
    SyncRun,
    TableRead,
    Watch,
)
from crossconnections.queries import list_cross_connections, list_subscriptions, sum_attention
from crossconnections.queries.catalogues import OF_PORTS
from crossconnections.service_keys import find_service_keys
from crossconnections.services import catalogues, refreshes, snapshots, syncs, watch_rounds, watches
from crossconnections.services.changes import asking, sets
from crossconnections.services.readiness import checking
from crossconnections.services.subscriptions import keeping, proposals
from crossconnections.services.subscriptions.enlisting import NotEnlisted, enlist
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.access.scopes import EVERYWHERE
from portal.activity.models import Entry
from portal.actors import Actor
from tests.integration.domain.changing import PROVISION, draft_of, operator
from tests.integration.pages.changes import held
from tests.integration.pages.readings import reading
from tests.integration.pages.rows import cross_connection, private_peering
from tests.people import person
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
State = Subscription.State


@pytest.fixture
def by() -> Actor:
    return Actor("web", "Priya Raman", person("Priya Raman", Role.ADMINISTRATOR.app_role))


@pytest.fixture
def subscription(enlisted) -> Subscription:
    found: Subscription = enlisted("production")
    return found


@pytest.fixture
def row(subscription: Subscription) -> CrossConnection:
    return cross_connection(subscription)


def proposed(azure: SandboxProcess, kind: str, by: Actor, label: str = "NL 1") -> Readiness:
    """Proposed, and checked to the end."""
    key = uuid.UUID(azure.subscription(kind)["id"])
    found = proposals.propose(subscription_id=key, label=label, kind="production", by=by)
    checking.check(readiness_id=found.pk)
    found.refresh_from_db()
    return found


def accepted(row: Readiness, by: Actor) -> Subscription:
    """By the label and as the kind that were shown."""
    return proposals.accept(row=row, label=row.proposed_label, kind=row.proposed_kind, by=by)


def deeds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("deed", flat=True))


def test_nothing_is_enlisted_before_it_was_checked(azure: SandboxProcess, by: Actor):
    key = uuid.UUID(azure.subscription("production")["id"])
    found = proposals.propose(subscription_id=key, label="NL 1", kind="production", by=by)
    with pytest.raises(NotEnlisted, match="have not ended yet"):
        accepted(found, by)
    assert not Subscription.objects.exists()


def test_what_passes_its_checks_is_enlisted_with_its_first_sync(azure: SandboxProcess, by: Actor):
    found = proposed(azure, "production", by)
    assert proposals.reason_not_to_accept(found) is None
    subscription = accepted(found, by)
    assert (subscription.label, subscription.kind, subscription.state) == ("NL 1", "production", State.ACTIVE)
    assert SyncRun.objects.get().subscription == subscription
    assert deeds() == ["subscription.enlisted"]
    found.refresh_from_db()
    assert found.proposed_at is None


def test_a_customers_subscription_is_never_enlisted(azure: SandboxProcess, by: Actor):
    found = proposed(azure, "customer", by)
    with pytest.raises(NotEnlisted, match="a customer's subscription"):
        accepted(found, by)
    proposals.withdraw(row=found, by=by)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ({"unregistered": True}, "not registered"),
        ({"missing_permission": "Microsoft.Network/expressRouteCrossConnections/read"}, "may not read"),
        ({"missing_permission": "*"}, "has no role in the subscription"),
        ({"subscription_state": "Disabled"}, "it is not enabled"),
    ],
)
def test_what_the_portal_could_not_work_with_is_not_enlisted(azure: SandboxProcess, by: Actor, behaviour, reason):
    azure.behave(**behaviour)
    with pytest.raises(NotEnlisted, match=reason):
        accepted(proposed(azure, "production", by), by)


def test_what_only_lacks_a_permission_can_be_mended_afterwards(azure: SandboxProcess, by: Actor):
    azure.behave(missing_permission="*/write")
    assert accepted(proposed(azure, "production", by), by).is_active


@pytest.mark.parametrize("status", [500, 429])
def test_a_customers_subscription_does_not_slip_through_while_azure_fails(
    azure: SandboxProcess, by: Actor, status: int
):
    azure.fault("status", status=status, path_pattern="expressRouteCrossConnections", times=20)
    with pytest.raises(NotEnlisted, match="Check again in a minute"):
        accepted(proposed(azure, "customer", by), by)


def test_a_press_enlists_what_it_showed_or_nothing(azure: SandboxProcess, by: Actor):
    found = proposed(azure, "production", by, label="NL 2")
    with pytest.raises(NotEnlisted, match="Priya Raman proposed it otherwise meanwhile"):
        proposals.accept(row=found, label="NL 1", kind="production", by=by)


def test_a_proposal_is_over_once_somebody_else_has_enlisted_it(azure: SandboxProcess, by: Actor):
    found = proposed(azure, "production", by)
    enlist(subscription_id=str(found.subscription_id), label="NL of the night shift", kind="test", by=by)
    with pytest.raises(NotEnlisted, match="already, as NL of the night shift"):
        accepted(found, by)
    found.refresh_from_db()
    assert (found.proposed_at, Subscription.objects.get().label) == (None, "NL of the night shift")


def test_what_is_enlisted_cannot_be_proposed_nor_two_be_called_the_same(azure, subscription, by: Actor):
    with pytest.raises(NotEnlisted, match=f"already, as {subscription.label}"):
        proposed(azure, "production", by)
    with pytest.raises(NotEnlisted, match="already called"):
        proposed(azure, "test", by, label=subscription.label.upper())


def test_who_is_no_administrator_may_do_none_of_it(azure: SandboxProcess, subscription: Subscription):
    operator = Actor("web", "Lotte de Vries", person("Lotte de Vries", Role.OPERATOR.app_role))
    for deed in (keeping.pause, keeping.resume, keeping.retire):
        with pytest.raises(NotAllowed):
            deed(subscription=subscription, by=operator)
    with pytest.raises(NotAllowed):
        proposed(azure, "test", operator)
    assert Subscription.objects.get().is_active


def test_a_paused_one_is_asked_for_nothing_new(row: CrossConnection, by: Actor, swept):
    keeping.pause(subscription=row.subscription, by=by)
    assert swept(syncs.sweep, queue.RUN_SYNC) == []
    assert syncs.request_all_syncs(by=by) == []
    row.refresh_from_db()
    paused = f"{row.subscription.label} is paused"
    assert str(refreshes.request_refresh(row)).startswith(paused)
    assert str(policies.reason_not_to_read(row, ["AzurePrivatePeering"])).startswith(paused)
    assert str(policies.reason_not_to_watch(row, ["AzurePrivatePeering"])).startswith(paused)
    assert str(policies.reason_not_to_change(row, None)).startswith(paused)
    assert catalogues.request_readings(EVERYWHERE, OF_PORTS) == 0
    assert not Catalogue.objects.exists()
    assert deeds() == ["subscription.paused"]


def test_its_cross_connections_are_still_listed(row: CrossConnection, by: Actor):
    keeping.pause(subscription=row.subscription, by=by)
    assert list(list_cross_connections(Filters(), EVERYWHERE)) == [row]
    assert list_subscriptions(EVERYWHERE) == [row.subscription]


def test_a_watch_waits_while_it_is_paused(row: CrossConnection, by: Actor):
    watch = Watch.objects.create(
        cross_connection=row,
        begun_at=timezone.now(),
        ends_at=timezone.now() + watch_rounds.ROUND,
        next_at=timezone.now(),
    )
    keeping.pause(subscription=row.subscription, by=by)
    watch_rounds.begin_the_due()
    watch.refresh_from_db()
    assert (watch.waits_for, watch.ended_at) == (Watch.WaitsFor.PAUSED, None)


def test_resuming_begins_with_a_sync_and_the_checks(subscription: Subscription, by: Actor):
    keeping.pause(subscription=subscription, by=by)
    keeping.resume(subscription=subscription, by=by)
    assert subscription.is_active
    assert SyncRun.objects.get().state == "queued"
    assert Readiness.objects.get().wanted_at is not None
    assert deeds() == ["subscription.paused", "subscription.resumed"]


def test_what_is_not_paused_cannot_be_resumed_nor_paused_twice(subscription: Subscription, by: Actor):
    with pytest.raises(keeping.NotKept, match="not paused"):
        keeping.resume(subscription=subscription, by=by)
    keeping.pause(subscription=subscription, by=by)
    with pytest.raises(keeping.NotKept, match="not looked after"):
        keeping.pause(subscription=subscription, by=by)


def test_a_retired_one_is_in_no_list_and_its_cross_connections_keep_their_pages(row: CrossConnection, by: Actor):
    row.attention.create(kind="deleted", seen_at=timezone.now())
    keeping.retire(subscription=row.subscription, by=by)
    assert list(list_cross_connections(Filters(), EVERYWHERE)) == []
    assert list_subscriptions(EVERYWHERE) == []
    assert sum_attention(EVERYWHERE) == []
    assert CrossConnection.objects.get() == row
    assert deeds() == ["subscription.retired"]


def test_its_watches_end_with_it(row: CrossConnection, by: Actor):
    now = timezone.now()
    watch = Watch.objects.create(cross_connection=row, begun_at=now, ends_at=now + watch_rounds.ROUND, next_at=now)
    keeping.retire(subscription=row.subscription, by=by)
    watch.refresh_from_db()
    assert watch.end == Watch.End.RETIRED


def test_what_was_asked_of_azure_must_be_over_before_it_is_retired(row: CrossConnection, by: Actor):
    change = held(row)
    with pytest.raises(keeping.NotKept, match="1 change is not over yet"):
        keeping.retire(subscription=row.subscription, by=by)
    Change.objects.filter(pk=change.pk).update(state=Change.State.CANCELED, finished_at=timezone.now())
    keeping.retire(subscription=row.subscription, by=by)
    with pytest.raises(keeping.NotKept, match="retired already"):
        keeping.retire(subscription=row.subscription, by=by)


def test_enlisting_it_again_takes_all_of_it_up(row: CrossConnection, by: Actor):
    keeping.retire(subscription=row.subscription, by=by)
    again = enlist(subscription_id=str(row.subscription.subscription_id), label="NL 2", kind="production", by=by)
    assert (again, again.state) == (row.subscription, State.ACTIVE)
    assert list(list_cross_connections(Filters(), EVERYWHERE)) == [row]


def test_renaming_a_paused_one_leaves_it_paused(subscription: Subscription, by: Actor):
    keeping.pause(subscription=subscription, by=by)
    enlist(subscription_id=str(subscription.subscription_id), label="NL 2", kind="test", by=by)
    assert Subscription.objects.get().state == State.PAUSED
    assert not SyncRun.objects.exists()


def test_of_a_retired_one_azure_is_asked_nothing_and_its_name_stays(azure: SandboxProcess, subscription, by: Actor):
    keeping.retire(subscription=subscription, by=by)
    before = azure.requests()[-1]["number"]
    with pytest.raises(keeping.NotKept, match="Enlist it again by its id"):
        keeping.rename(subscription=subscription, label="NL 9", kind="production", by=by)
    with pytest.raises(keeping.NotKept):
        keeping.request_check(subscription_id=subscription.subscription_id, by=by)
    with pytest.raises(keeping.NotKept):
        keeping.request_registration(subscription_id=subscription.subscription_id, label="NL 1", by=by)
    assert azure.requests(after=before) == []
    assert Subscription.objects.get().state == State.RETIRED


def test_whoever_opened_it_before_it_was_retired_asks_for_nothing_more(row: CrossConnection, by: Actor):
    """A page from before has the row as it was; no worker would ever take up what is asked of it."""
    private_peering(row)
    reading(row)
    TableRead.objects.update(state="failed")
    before = "snapshot__cross_connection__subscription"
    read = TableRead.objects.select_related(before).all()[0]
    seen = read.snapshot.cross_connection
    draft, several = (
        draft_of(row),
        sets.begin(pasted=find_service_keys(row.service_key), asked=PROVISION, by=operator()),
    )
    keeping.retire(subscription=row.subscription, by=by)
    for ask in (
        lambda: asking.apply(draft=draft, row=seen, by=by),
        lambda: sets.apply(draft=several, by=by),
        lambda: snapshots.request_snapshot(row=seen, by=by),
        lambda: snapshots.request_retry(read=read, by=by),
        lambda: watches.begin(row=seen, by=by),
    ):
        seen.subscription.state = State.ACTIVE
        with pytest.raises(snapshots.NotPossible):
            ask()
    assert not Change.objects.exists()


def test_nobody_waits_for_what_was_wished_for_before_it_was_retired(
    azure: SandboxProcess, row: CrossConnection, by: Actor
):
    subscription = row.subscription
    catalogues.request_readings(EVERYWHERE, OF_PORTS)
    refreshes.request_refresh(row)
    keeping.request_registration(subscription_id=subscription.subscription_id, label="x", by=by)
    keeping.retire(subscription=subscription, by=by)
    for rows in (CrossConnection.objects, Catalogue.objects, Readiness.objects):
        assert not rows.exclude(wanted_at=None).exists()
    # What is asked in that very moment no worker takes up.
    Readiness.objects.update(wanted_at=timezone.now(), registration_wanted_at=timezone.now())
    before = azure.requests()[-1]["number"]
    checking.check(readiness_id=Readiness.objects.get().pk)
    assert azure.requests(after=before) == []


def test_what_is_not_to_be_enlisted_any_more_is_not_registered_either(azure: SandboxProcess, by: Actor):
    found = proposed(azure, "production", by)
    keeping.request_registration(subscription_id=found.subscription_id, label="x", by=by)
    proposals.withdraw(row=found, by=by)
    found.refresh_from_db()
    assert (found.wanted_at, found.registration_wanted_at) == (None, None)


def test_a_rename_asks_for_no_sync(subscription: Subscription, by: Actor):
    """It would hold the head of the trail until the sync is in its queue."""
    keeping.rename(subscription=subscription, label="NL 2", kind="production", by=by)
    assert not SyncRun.objects.exists()


def test_a_rename_of_what_was_retired_meanwhile_does_not_take_it_up(subscription: Subscription, by: Actor):
    seen = Subscription.objects.get()
    keeping.retire(subscription=subscription, by=by)
    with pytest.raises(keeping.NotKept, match="It was retired"):
        keeping.rename(subscription=seen, label="NL 2", kind="production", by=by)
    assert Subscription.objects.get().state == State.RETIRED


def test_a_reading_that_is_open_keeps_it_from_being_retired(row: CrossConnection, by: Actor):
    reading(row)
    Snapshot.objects.update(finished_at=None)
    with pytest.raises(keeping.NotKept, match="Tables are being read"):
        keeping.retire(subscription=row.subscription, by=by)


def test_the_command_syncs_none_that_is_paused(subscription: Subscription, by: Actor):
    keeping.pause(subscription=subscription, by=by)
    with pytest.raises(CommandError, match="not paused: none"):
        call_command("sync")


def test_a_demo_that_starts_again_leaves_one_alone_that_was_ever_enlisted(subscription: Subscription, by: Actor):
    keeping.retire(subscription=subscription, by=by)
    call_command("enlist", str(subscription.subscription_id), label="other", unless_known=True)
    assert list(Subscription.objects.values_list("label", "state")) == [(subscription.label, State.RETIRED)]
