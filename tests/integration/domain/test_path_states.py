"""The last known state of each path: taken over from readings that know, left alone by those that do not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from crossconnections import queue
from crossconnections.models import Attention, CrossConnection, LastKnown, Snapshot, Subscription, TableRead
from crossconnections.services import path_states, retention, snapshots
from crossconnections.services.path_states import note_path_states
from tests.integration.domain.conftest import Swept
from tests.integration.domain.mirrors import list_lacks_all_but
from tests.integration.domain.readings import (
    LONG_AGO,
    MICROSOFT,
    MICROSOFT_PEERING,
    PRIVATE,
    PRIVATE_PEERING,
    SOMEBODY,
    asked,
    carried_out,
)
from tests.integration.domain.runs import PROVISIONED, synced
from tests.integration.domain.watching import begun, round_of
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(azure: SandboxProcess, enlisted: Callable[[str], Any]) -> Subscription:
    test: Subscription = enlisted("test")
    return test


@pytest.fixture
def row(azure: SandboxProcess, subscription: Subscription) -> CrossConnection:
    """One that is provisioned, with a private peering and no other."""
    azure.edit(PROVISIONED, peerings={PRIVATE: PRIVATE_PEERING, MICROSOFT: None})
    synced(subscription)
    azure.condition(PROVISIONED, "healthy", path="primary")
    azure.condition(PROVISIONED, "healthy", path="secondary")
    return CrossConnection.objects.select_related("subscription").get(service_key=PROVISIONED)


def judged(row: CrossConnection) -> Snapshot:
    """A reading that has ended, and what it knows was taken over."""
    snapshot = carried_out(asked(row))
    note_path_states(snapshot)
    snapshot.refresh_from_db()
    return snapshot


def known(peering: str = PRIVATE) -> dict[str, tuple[str, str]]:
    """State and rule by path."""
    found = LastKnown.objects.filter(peering_type=peering)
    return {path: (state, rule) for path, state, rule in found.values_list("device_path", "state", "rule")}


def waiting() -> Attention | None:
    return Attention.objects.filter(kind="link-down", settled_at=None).first()


def the(path: str) -> LastKnown:
    return LastKnown.objects.get(device_path=path, peering_type=PRIVATE)


def test_a_reading_of_a_healthy_circuit_knows_both_paths_up_and_waits_for_nobody(row):
    snapshot = judged(row)
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}
    summary = snapshot.reads.get(table="routes-summary", device_path="primary")
    primary = the("primary")
    assert (primary.number, primary.read_at, primary.since) == (1, summary.finished_at, summary.finished_at)
    assert primary.prefixes
    assert waiting() is None


@pytest.mark.parametrize(("condition", "rule"), [("incomplete-arp", "R11"), ("no-arp", "R10"), ("bgp-idle", "R25")])
def test_a_path_that_is_down_says_by_which_rule_and_waits_until_it_is_up(
    azure: SandboxProcess, row, condition: str, rule: str
):
    azure.condition(PROVISIONED, condition, path="secondary")
    judged(row)
    assert known() == {"primary": ("up", ""), "secondary": ("down", rule)}
    down = waiting()
    assert down is not None
    assert (down.subject, down.after, down.seen_at) == (PRIVATE, [[PRIVATE, "secondary"]], the("secondary").read_at)
    azure.condition(PROVISIONED, "healthy", path="secondary")
    judged(row)
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}
    assert waiting() is None


def test_it_is_down_since_the_first_reading_that_saw_it_down(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    first = the("secondary").read_at
    judged(row)
    assert the("secondary").since == first < the("secondary").read_at
    assert Attention.objects.get(kind="link-down").seen_at == first


def test_a_second_link_that_goes_down_is_the_same_matter_and_moves_it(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    before = Attention.objects.get(kind="link-down")
    azure.condition(PROVISIONED, "bgp-idle", path="primary")
    judged(row)
    after = Attention.objects.get(kind="link-down")
    assert (after.pk, after.seen_at, after.after) == (
        before.pk,
        before.seen_at,
        [[PRIVATE, "primary"], [PRIVATE, "secondary"]],
    )
    assert after.moved_at > before.moved_at


def test_another_link_that_goes_down_while_the_first_comes_back_is_another_matter(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    azure.condition(PROVISIONED, "healthy", path="secondary")
    azure.condition(PROVISIONED, "bgp-idle", path="primary")
    judged(row)
    former, later = Attention.objects.filter(kind="link-down").order_by("pk")
    assert former.settled_at is not None
    assert (later.settled_at, later.after, later.seen_at) == (None, [[PRIVATE, "primary"]], the("primary").since)


@pytest.mark.parametrize("tables", ["routeTablesSummary", "arpTables|routeTablesSummary"])
def test_a_failed_fetch_says_nothing_of_a_link_and_leaves_what_was_known_with_its_age(
    azure: SandboxProcess, row, tables: str
):
    judged(row)
    before = list(LastKnown.objects.order_by("pk").values())
    for pattern in tables.split("|"):
        azure.fault("operation-failure", path_pattern=pattern, times=2)
    snapshot = judged(row)
    assert snapshot.reads.filter(state=TableRead.State.FAILED).count() == 2 * len(tables.split("|"))
    assert list(LastKnown.objects.order_by("pk").values()) == before


def test_a_first_reading_of_which_all_failed_knows_nothing(azure: SandboxProcess, row):
    azure.fault("operation-failure", path_pattern="peerings", method="POST", times=6)
    assert judged(row).judged_at is not None
    assert known() == {}


def test_a_failed_summary_does_not_hide_a_layer_two_that_is_broken(azure: SandboxProcess, row):
    judged(row)
    azure.condition(PROVISIONED, "incomplete-arp", path="primary")
    azure.fault("operation-failure", path_pattern="routeTablesSummary/primary")
    arp = judged(row).reads.get(table="arp", device_path="primary")
    assert (known()["primary"], the("primary").read_at) == (("down", "R11"), arp.finished_at)


def test_a_retry_opens_the_reading_and_its_next_end_is_judged(azure: SandboxProcess, row):
    azure.fault("operation-failure", path_pattern="routeTablesSummary/secondary")
    snapshot = judged(row)
    assert set(known()) == {"primary"}
    failed = snapshot.reads.select_related("snapshot__cross_connection__subscription").get(state="failed")
    snapshots.request_retry(read=failed, by=SOMEBODY)
    snapshot.refresh_from_db()
    assert (snapshot.finished_at, snapshot.judged_at) == (None, None)
    note_path_states(snapshot)
    assert set(known()) == {"primary"}
    note_path_states(carried_out(snapshot))
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}


def test_what_was_judged_before_a_retry_is_not_written_over_what_came_of_it(azure: SandboxProcess, row):
    azure.fault("operation-failure", path_pattern="routeTablesSummary/secondary")
    early = carried_out(asked(row))
    failed = early.reads.select_related("snapshot__cross_connection__subscription").get(state="failed")
    snapshots.request_retry(read=failed, by=SOMEBODY)
    carried_out(Snapshot.objects.get())
    note_path_states(early)
    assert (known(), Snapshot.objects.get().judged_at) == ({}, None)


def test_an_older_reading_never_overwrites_what_a_newer_one_knows(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    older = carried_out(asked(row))
    azure.condition(PROVISIONED, "healthy", path="secondary")
    judged(row)
    note_path_states(older)
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}
    assert (the("secondary").number, waiting()) == (2, None)


def test_an_older_reading_still_tells_what_a_newer_one_does_not_know(azure: SandboxProcess, row):
    older = carried_out(asked(row))
    azure.fault("operation-failure", path_pattern="routeTablesSummary/secondary")
    judged(row)
    note_path_states(older)
    assert (the("primary").number, the("secondary").number) == (2, 1)


def test_judging_twice_is_judging_once(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    snapshot = judged(row)
    before = list(LastKnown.objects.order_by("pk").values())
    note_path_states(snapshot)
    path_states.judge(snapshot_id=snapshot.pk)
    assert list(LastKnown.objects.order_by("pk").values()) == before
    assert Attention.objects.filter(kind="link-down").count() == 1


def test_both_peerings_are_known_apart_and_what_waits_names_none_of_them_where_both_are_down(
    azure: SandboxProcess, row, subscription
):
    azure.edit(PROVISIONED, peerings={MICROSOFT: MICROSOFT_PEERING})
    synced(subscription)
    azure.condition(PROVISIONED, "no-arp", path="primary", peering=MICROSOFT)
    judged(row)
    assert (known()["primary"], known(MICROSOFT)["primary"][0]) == (("up", ""), "down")
    only = waiting()
    assert only is not None
    assert only.subject == MICROSOFT
    azure.condition(PROVISIONED, "no-arp", path="primary")
    judged(row)
    both = waiting()
    assert both is not None
    assert (both.subject, both.after) == ("", [[PRIVATE, "primary"], [MICROSOFT, "primary"]])


def test_a_peering_that_is_removed_takes_what_was_known_of_it_and_what_waits(azure: SandboxProcess, row, subscription):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    azure.edit(PROVISIONED, peerings={PRIVATE: None})
    synced(subscription)
    assert (known(), waiting()) == ({}, None)


def test_a_peering_that_is_disabled_is_not_down(azure: SandboxProcess, row, subscription):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    azure.edit(PROVISIONED, peerings={PRIVATE: {"state": "Disabled"}})
    synced(subscription)
    assert (known(), waiting()) == ({}, None)
    judged(row)
    assert (known(), waiting()) == ({}, None)


def test_a_circuit_that_is_gone_takes_what_was_known_of_its_paths(azure: SandboxProcess, row, subscription):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    judged(row)
    list_lacks_all_but(subscription, now=timezone.now() + timedelta(minutes=1))
    assert (known(), waiting()) == ({}, None)


def test_a_circuit_that_is_being_set_up_is_not_down(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    CrossConnection.objects.update(provider_provisioning_state="Provisioning")
    judged(CrossConnection.objects.get(pk=row.pk))
    assert (known(), waiting()) == ({}, None)


def test_what_goes_out_of_service_while_its_reading_waits_to_be_judged_is_not_down(azure: SandboxProcess, row):
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    snapshot = carried_out(asked(row))
    CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
    note_path_states(snapshot)
    assert (known(), waiting()) == ({}, None)


def test_the_end_of_a_reading_and_its_stop_send_a_worker_to_judge_it(row, swept: Swept):
    assert swept(lambda: carried_out(asked(row)), queue.NOTE_PATH_STATES) == [Snapshot.objects.get().pk]
    second = asked(row)
    assert swept(lambda: snapshots.stop(snapshot=second, by=SOMEBODY), queue.NOTE_PATH_STATES) == [second.pk]


def test_the_sweep_finds_what_has_ended_and_was_not_judged(row, swept: Swept):
    snapshot = carried_out(asked(row))
    assert swept(path_states.sweep, queue.NOTE_PATH_STATES) == []  # its message may be on its way
    Snapshot.objects.update(finished_at=timezone.now() - timedelta(seconds=6))
    assert swept(path_states.sweep, queue.NOTE_PATH_STATES) == [snapshot.pk]
    path_states.judge(snapshot_id=snapshot.pk)
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}
    assert swept(path_states.sweep, queue.NOTE_PATH_STATES) == []


def test_a_reading_that_goes_on_or_belongs_to_another_cloud_is_not_judged(row, swept: Swept, settings):
    asked(row)
    assert swept(path_states.sweep, queue.NOTE_PATH_STATES) == []
    ended = carried_out(Snapshot.objects.get())
    Snapshot.objects.update(finished_at=LONG_AGO)
    settings.PORTAL_CLOUD = "AzureCloud"
    assert swept(path_states.sweep, queue.NOTE_PATH_STATES) == []
    path_states.judge(snapshot_id=ended.pk)
    assert known() == {}


def test_a_reading_that_our_own_code_cannot_judge_is_not_tried_for_ever(row):
    snapshot = carried_out(asked(row))
    Snapshot.objects.update(configuration={"peerings": [{"no": "type"}]})
    with pytest.raises(KeyError):
        path_states.judge(snapshot_id=snapshot.pk)
    snapshot.refresh_from_db()
    assert snapshot.judged_at is not None


def test_what_was_last_known_outlives_the_reading_that_it_came_from(row):
    judged(row)
    retention.forget_the_old()
    assert the("primary").number == 1
    Snapshot.objects.update(asked_at=LONG_AGO)
    LastKnown.objects.update(read_at=LONG_AGO)
    retention.forget_the_old()
    assert (known()["primary"], the("primary").number) == (("up", ""), 0)


def test_a_watch_tells_the_last_known_state_between_two_readings(
    azure: SandboxProcess, row: CrossConnection, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
):
    judged(row)
    watch = begun(row)
    azure.condition(PROVISIONED, "bgp-idle", path="secondary")
    with django_capture_on_commit_callbacks(execute=True):
        round_of(watch)
    assert known() == {"primary": ("up", ""), "secondary": ("down", "R25")}
    assert set(LastKnown.objects.values_list("number", flat=True)) == {0}
    assert row.attention.filter(kind=Attention.Kind.LINK_DOWN, settled_at=None).exists()


def test_a_round_that_was_not_read_leaves_what_is_known(
    azure: SandboxProcess, row: CrossConnection, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
):
    number = judged(row).number
    azure.fault("operation-failure", method="POST", path_pattern="routeTablesSummary", code="GatewayTimeout", times=2)
    with django_capture_on_commit_callbacks(execute=True):
        round_of(begun(row))
    assert known() == {"primary": ("up", ""), "secondary": ("up", "")}
    assert set(LastKnown.objects.values_list("number", flat=True)) == {number}


def test_what_was_known_of_a_link_that_is_another_one_now_is_forgotten(
    azure: SandboxProcess, row: CrossConnection, subscription: Subscription
):
    judged(row)
    assert known()
    azure.edit(PROVISIONED, peerings={PRIVATE: PRIVATE_PEERING | {"vlanId": 999}})
    synced(subscription)
    assert known() == {}
