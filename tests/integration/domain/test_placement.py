"""Moves to another port pair, from the draft to what Azure shows afterwards."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from crossconnections.models import Catalogue, Change, CrossConnection, Draft, Subscription
from crossconnections.port_pairs import PORTS, PortPair
from crossconnections.presenters.changes.placements import show_berth
from crossconnections.proposals import values_now
from crossconnections.queries.catalogues import OF_PORTS
from crossconnections.queries.ports import find_port_catalogue, list_pairs_for
from crossconnections.services import catalogues
from crossconnections.services.changes import asking, drafts
from crossconnections.services.changes.guards import STILL_READING, NotConfirmed
from crossconnections.services.snapshots import NotPossible
from portal.access.scopes import EVERYWHERE
from tests.integration.domain import readings
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
from tests.integration.domain.readings import PRIVATE, PRIVATE_PEERING
from tests.integration.domain.runs import synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State


def read_ports() -> None:
    """As a worker does for whoever opens the page."""
    catalogues.request_readings(EVERYWHERE, OF_PORTS, asked_for_now=True)
    for catalogue in Catalogue.objects.filter(kind=Catalogue.Kind.PORT_PAIRS):
        catalogues.read(catalogue_id=catalogue.pk)


@pytest.fixture
def subscription(enlisted: Callable[[str], Subscription]) -> Subscription:
    return enlisted("production")


@pytest.fixture
def place(azure: SandboxProcess, subscription: Subscription) -> str:
    """A location with an empty second pair."""
    read_ports()
    entries = Catalogue.objects.get().entries
    empty = {one["peering_location"] for one in entries if one["used_mbps"] == 0}
    return str(next(one["peering_location"] for one in entries if one["peering_location"] in empty))


def ordered(azure: SandboxProcess, subscription: Subscription, place: str, **values: Any) -> CrossConnection:
    """A new circuit there, which goes on the first pair, as the mirror has it."""
    key = azure.order(peering_location=place, subscription=str(subscription.subscription_id), **values)
    synced(subscription)
    return CrossConnection.objects.select_related("subscription").get(service_key=key)


@pytest.fixture
def row(azure: SandboxProcess, subscription: Subscription, place: str) -> CrossConnection:
    """One without peerings, so that no session can be up."""
    return ordered(azure, subscription, place, bandwidth_mbps=500)


@pytest.fixture
def other(row: CrossConnection) -> PortPair:
    return other_pair(row)


def other_pair(row: CrossConnection) -> PortPair:
    """Another pair of its place."""
    pairs = list_pairs_for(row, find_port_catalogue(row))
    return next(one for one in pairs if one.ports != values_now(row, PORTS))


def ports_in(document: dict[str, Any]) -> dict[str, str]:
    properties = document["properties"]
    return {
        "primary_azure_port": properties["primaryAzurePort"],
        "secondary_azure_port": properties["secondaryAzurePort"],
    }


def test_it_is_moved_by_one_put_of_both_ports(azure: SandboxProcess, row, other):
    before, log_at = in_azure(azure, row), last_number(azure)
    change = carried_out(asked_for(row, other.ports))
    assert (change.state, change.kind, change.differences) == (State.SUCCEEDED, Change.Kind.PLACEMENT, [])
    [put] = writes(azure, log_at)
    sent = before["properties"] | {"primaryAzurePort": other.primary, "secondaryAzurePort": other.secondary}
    assert json.loads(put["body"]) == before | {"properties": sent}
    assert ports_in(in_azure(azure, row)) == other.ports


def test_the_mirror_has_the_new_ports_and_the_s_tag_at_once(azure: SandboxProcess, row, other):
    carried_out(asked_for(row, other.ports))
    row.refresh_from_db()
    assert values_now(row, PORTS) == other.ports
    assert row.s_tag == in_azure(azure, row)["properties"]["sTag"]


def test_another_s_tag_is_news_and_no_difference(azure: SandboxProcess, row, other):
    before = row.s_tag
    change = carried_out(asked_for(row, other.ports))
    berth = show_berth(change)
    assert berth is not None
    assert (berth.primary, berth.secondary, berth.was) == (other.primary, other.secondary, before)
    assert berth.s_tag == in_azure(azure, row)["properties"]["sTag"] != before
    assert change.differences == []


def test_after_its_end_the_ports_are_read_anew(row, other):
    Catalogue.objects.update(wanted_at=None)
    carried_out(asked_for(row, other.ports))
    catalogue = Catalogue.objects.get()
    assert catalogue.wanted_at is not None
    catalogues.read(catalogue_id=catalogue.pk)
    [used] = [one.used_mbps for one in list_pairs_for(row, find_port_catalogue(row)) if one.ports == other.ports]
    assert used == row.bandwidth_mbps


def test_a_pair_that_has_filled_up_since_it_was_listed_is_refused_by_azure(
    azure: SandboxProcess, subscription: Subscription, place: str, row, other
):
    draft = draft_of(row, other.ports)
    left = other.left_mbps or 0
    for _ in range(left // 10_000):
        big = ordered(azure, subscription, place, bandwidth_mbps=10_000)
        others(azure, big, primaryAzurePort=other.primary, secondaryAzurePort=other.secondary)
    change = carried_out(asking.apply(draft=draft, row=row, by=operator()))
    assert (change.state, change.error_code) == (State.FAILED, "InsufficientPortPairBandwidth")
    assert ports_in(in_azure(azure, row)) == values_now(row, PORTS)
    # What is known by now is not sent at all.
    read_ports()
    with pytest.raises(NotPossible, match="0 Mbps left, and the circuit takes 500 Mbps"):
        asked_for(row, other.ports)


def test_ports_that_azure_does_not_list_are_not_sent(row, other):
    with pytest.raises(NotPossible, match="Azure lists no such pair of ports"):
        asked_for(row, other.ports | {"secondary_azure_port": row.secondary_azure_port})
    Catalogue.objects.all().delete()
    with pytest.raises(NotPossible, match="Azure lists no such pair of ports"):
        asked_for(row, other.ports)


class TestElsewhereMeanwhile:
    """Somebody moves it by other means between form and write."""

    @pytest.fixture
    def third(self) -> dict[str, str]:
        return {"primary_azure_port": "AMS-9-PRI-A", "secondary_azure_port": "AMS-9-SEC-A"}

    def test_to_a_third_pair_nothing_is_sent(self, azure: SandboxProcess, row, other):
        here = values_now(row, PORTS)
        seen = {name: f"{port}-formerly" for name, port in here.items()}
        CrossConnection.objects.filter(pk=row.pk).update(**seen)
        row.refresh_from_db()
        change, log_at = asked_for(row, other.ports), last_number(azure)
        change = carried_out(change)
        assert (change.state, change.error_code) == (State.FAILED, "Conflict")
        assert writes(azure, log_at) == []

    def test_to_the_same_pair_there_is_nothing_to_do(self, azure: SandboxProcess, row, other):
        change = asked_for(row, other.ports)
        others(azure, row, primaryAzurePort=other.primary, secondaryAzurePort=other.secondary)
        log_at = last_number(azure)
        change = carried_out(change)
        assert (change.state, change.known_by) == (State.SUCCEEDED, Change.KnownBy.NOTHING_TO_DO)
        assert writes(azure, log_at) == []

    @pytest.mark.parametrize("theirs", PORTS)
    def test_whoever_leaves_one_port_to_them_leaves_both(self, row, other, third, theirs: str):
        draft = draft_of(row, other.ports)
        CrossConnection.objects.filter(pk=row.pk).update(**third)
        row.refresh_from_db()
        drafts.choose(draft=draft, row=row, theirs=[theirs], by=operator())
        assert not Draft.objects.exists()

    def test_whoever_keeps_to_theirs_sends_both(self, row, other, third):
        draft = draft_of(row, other.ports)
        CrossConnection.objects.filter(pk=row.pk).update(**third)
        row.refresh_from_db()
        drafts.choose(draft=draft, row=row, theirs=[], by=operator())
        assert (Draft.objects.get().asked, Draft.objects.get().opened) == (other.ports, third)


class TestLostAnswers:
    def test_moved_though_the_answer_was_lost_it_has_succeeded(self, azure: SandboxProcess, row, other):
        azure.fault("reset", method="PUT", when="after")
        change, log_at = asked_for(row, other.ports), last_number(azure)
        change = carried_out(change)
        assert (change.state, change.known_by) == (State.SUCCEEDED, Change.KnownBy.LOOK)
        assert len(writes(azure, log_at)) == 1

    def test_it_is_not_sent_again_while_the_first_may_still_arrive(self, azure: SandboxProcess, row, other):
        azure.fault("reset", method="PUT", when="before")
        change, log_at = asked_for(row, other.ports), last_number(azure)
        for _ in range(3):
            change = step(change)
        assert change.state == State.UNKNOWN
        assert len(writes(azure, log_at)) == 1


class TestGuard:
    """Where a session may be up, the tables are read first and the key's end is typed."""

    @pytest.fixture
    def peered(self, azure: SandboxProcess, row) -> CrossConnection:
        azure.edit(row.service_key, peerings={PRIVATE: PRIVATE_PEERING})
        synced(row.subscription)
        return CrossConnection.objects.select_related("subscription").get(pk=row.pk)

    def test_without_peerings_nothing_is_asked(self, row, other):
        draft = draft_of(row, other.ports)
        assert (drafts.is_guarded(draft), draft.guard) == (False, None)

    def test_with_a_peering_the_tables_are_read_and_the_end_of_the_key_is_wanted(self, peered, other):
        draft = draft_of(peered, other.ports)
        assert drafts.is_guarded(draft)
        ending = peered.service_key[-4:]
        with pytest.raises(NotConfirmed):
            asking.apply(draft=draft, row=peered, by=operator())
        with pytest.raises(NotPossible, match=STILL_READING):
            asking.apply(draft=draft, row=peered, confirm_ending=ending, by=operator())
        assert draft.guard
        readings.carried_out(draft.guard)
        draft = Draft.objects.select_related("guard", "cross_connection").get(pk=draft.pk)
        change = asking.apply(draft=draft, row=peered, confirm_ending=ending, by=operator())
        assert carried_out(change).state == State.SUCCEEDED

    def test_with_the_peering_disabled_no_session_can_be_up(self, peered, other):
        peered.peerings.update(state="Disabled")
        assert not drafts.is_guarded(draft_of(peered, other.ports))
