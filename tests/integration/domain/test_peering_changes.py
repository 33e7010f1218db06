"""Changes of peerings from beginning to end: one write of the one peering, nothing dropped, and the proof of it."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from crossconnections.models import Attention, Change, CrossConnection, Draft
from crossconnections.proposals import fields_of, values_now
from crossconnections.services.changes import asking, drafts
from crossconnections.services.changes.guards import STILL_READING, NotConfirmed
from crossconnections.services.snapshots import NotPossible
from crossconnections.titles import title_of_wish
from portal.activity.models import Entry
from tests.integration.domain.changing import carried_out, last_number, operator, others, step
from tests.integration.domain.peering_changes import (
    HIDDEN,
    KEY,
    PUBLISHED_MICROSOFT,
    PUBLISHED_PRIVATE,
    draft_of_peering,
    facts_in_azure,
    peering_asked_for,
    peering_in_azure,
    put_by_others,
    sent_key,
    writes_of_peerings,
)
from tests.integration.domain.readings import MICROSOFT, MICROSOFT_PEERING, PRIVATE, PRIVATE_PEERING, circuit
from tests.integration.domain.readings import carried_out as read_to_the_end
from tests.integration.domain.runs import PROVISIONED, synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

State = Change.State


@pytest.fixture
def bare(azure: SandboxProcess, enlisted) -> CrossConnection:
    """A circuit that is provisioned, without peerings."""
    synced(enlisted("test"))
    return CrossConnection.objects.select_related("subscription").get(service_key=PROVISIONED)


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    """A circuit that is provisioned, with both peerings, as the customer set them up."""
    peerings = {PRIVATE: PRIVATE_PEERING, MICROSOFT: MICROSOFT_PEERING}
    found = circuit(azure, enlisted("test"), **peerings)
    others(azure, found, serviceProviderProvisioningState="Provisioned")
    azure.edit(found.service_key, peerings=peerings)  # once more the customer's, after a PUT of the whole
    synced(found.subscription)
    return CrossConnection.objects.select_related("subscription").get(pk=found.pk)


@pytest.fixture
def log_at(azure: SandboxProcess, request) -> int:
    request.getfixturevalue("bare" if "bare" in request.fixturenames else "row")
    return last_number(azure)


def edit_once_it_is_sent(azure: SandboxProcess, row: CrossConnection, log_at: int) -> None:
    """The customer sets up the other peering with the same VLAN, between the look and the write."""
    deadline = time.monotonic() + 10
    while not writes_of_peerings(azure, log_at):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    azure.edit(row.service_key, peerings={MICROSOFT: {**MICROSOFT_PEERING, "vlanId": 200}})


class TestSettingUp:
    def test_it_is_one_put_of_the_peering(self, azure, bare, log_at):
        """Its body beside Microsoft's: test_published_trace."""
        change = carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE, shared_key=KEY))
        assert (change.state, change.differences, change.known_by) == (State.SUCCEEDED, [], "operation")
        [put] = writes_of_peerings(azure, log_at)
        assert put["path"].endswith(f"{bare.service_key}/peerings/AzurePrivatePeering")

    def test_the_mirror_has_it_at_once(self, bare):
        carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
        peering = bare.peerings.get()
        assert (peering.vlan_id, peering.azure_asn, peering.state) == (300, 12076, "Enabled")
        assert (peering.customer_asn, peering.routing_registry) == (45, "ARIN")
        [info] = peering.advertised_prefix_infos
        assert (info["prefix"], info["validation_state"]) == ("123.1.0.0/24", "Configured")

    def test_both_families_are_one_peering(self, azure, bare):
        six = {"ipv6_primary_prefix": "2a10::/126", "ipv6_secondary_prefix": "2a10::4/126", "ipv6_state": "Enabled"}
        both = {**PUBLISHED_MICROSOFT, **six, "advertised_prefixes": ["123.1.0.0/24", "2a10:8000::/48"]}
        change = carried_out(peering_asked_for(bare, both, MICROSOFT))
        assert (change.state, change.differences) == (State.SUCCEEDED, [])
        config = facts_in_azure(azure, bare, MICROSOFT)["ipv6PeeringConfig"]["microsoftPeeringConfig"]
        assert config["advertisedPublicPrefixes"] == ["2a10:8000::/48"]
        assert config["customerASN"] == 45

    def test_one_that_azure_accepts_and_does_not_make_is_told(self, azure, bare):
        """azure-cli 1574: a VLAN that is taken is accepted, and nothing comes of it."""
        azure.fault("delay", seconds=1, method="PUT", path_pattern=".*/peerings/.*", when="before")
        change = peering_asked_for(bare, PUBLISHED_PRIVATE)
        with ThreadPoolExecutor() as threads:
            theirs = threads.submit(edit_once_it_is_sent, azure, bare, last_number(azure))
            change = step(change)
            theirs.result()
        change = carried_out(change)
        assert change.state == State.SUCCEEDED
        assert {"subject": PRIVATE, "field": "presence", "expected": True, "found": False} in change.differences

    def test_who_was_quicker_is_not_overwritten(self, azure, bare, log_at):
        change = peering_asked_for(bare, PUBLISHED_PRIVATE)
        azure.edit(bare.service_key, peerings={PRIVATE: PRIVATE_PEERING})
        change = carried_out(change)
        assert (change.state, change.error_code) == (State.FAILED, "Conflict")
        assert writes_of_peerings(azure, log_at) == []


class TestEditing:
    def test_what_azure_holds_beside_it_is_sent_back(self, azure, row, log_at):
        before = facts_in_azure(azure, row, MICROSOFT)
        carried_out(peering_asked_for(row, {"vlan_id": 301}, MICROSOFT))
        [put] = writes_of_peerings(azure, log_at)
        assert json.loads(put["body"])["properties"] == {**before, "vlanId": 301}

    def test_it_is_made_from_the_peerings_own_etag(self, azure, row, log_at):
        known = peering_in_azure(azure, row, MICROSOFT)
        change = step(peering_asked_for(row, {"vlan_id": 301}, MICROSOFT))
        assert known
        assert change.written_etag == known["etag"]
        [put] = writes_of_peerings(azure, log_at)
        assert put["headers"]["if-match"] == known["etag"]

    def test_an_edit_of_another_field_meanwhile_stays(self, azure, row):
        change = peering_asked_for(row, {"vlan_id": 301}, MICROSOFT)
        azure.edit(row.service_key, peerings={MICROSOFT: {"peerASN": 64901}})
        change = carried_out(change)
        assert (change.state, change.differences) == (State.SUCCEEDED, [])
        facts = facts_in_azure(azure, row, MICROSOFT)
        assert (facts["vlanId"], facts["peerASN"]) == (301, 64901)

    def test_the_same_field_meanwhile_stops_it(self, azure, row, log_at):
        change = peering_asked_for(row, {"vlan_id": 301}, MICROSOFT)
        azure.edit(row.service_key, peerings={MICROSOFT: {"vlanId": 309}})
        assert carried_out(change).error_code == "Conflict"
        assert writes_of_peerings(azure, log_at) == []

    def test_what_the_customer_removed_meanwhile_is_not_made_anew(self, azure, row, log_at):
        change = peering_asked_for(row, {"vlan_id": 301}, MICROSOFT)
        azure.edit(row.service_key, peerings={MICROSOFT: None})
        assert carried_out(change).error_code == "Conflict"
        assert writes_of_peerings(azure, log_at) == []

    def test_what_is_so_already_is_not_sent(self, azure, row, log_at):
        change = peering_asked_for(row, {"vlan_id": 301}, MICROSOFT)
        azure.edit(row.service_key, peerings={MICROSOFT: {"vlanId": 301}})
        change = carried_out(change)
        assert (change.state, change.known_by) == (State.SUCCEEDED, "nothing-to-do")
        assert writes_of_peerings(azure, log_at) == []

    def test_the_other_peering_is_not_touched(self, azure, row):
        before = peering_in_azure(azure, row, PRIVATE)
        carried_out(peering_asked_for(row, {"vlan_id": 301}, MICROSOFT))
        assert peering_in_azure(azure, row, PRIVATE) == before

    def test_while_azure_is_at_another_peering_it_waits(self, azure, row, log_at):
        """What a GET shows of a peering that is being written is blank: nothing is made from that."""
        change = peering_asked_for(row, {"vlan_id": 201}, PRIVATE)
        azure.behave(parallel_writes="allowed")
        azure.fault("operation-stall", method="PUT", path_pattern=".*/peerings/.*", times=1)
        put_by_others(azure, row, MICROSOFT, vlanId=302)
        change = step(change)
        assert (change.state, change.error_code) == (State.QUEUED, "AnotherOperationInProgress")
        assert len(writes_of_peerings(azure, log_at)) == 1  # theirs


class TestTheSharedKey:
    @pytest.mark.parametrize("left_out", ["kept", "removed"])
    def test_one_that_is_left_alone_is_not_sent(self, azure, row, log_at, left_out: str):
        azure.behave(key_left_out=left_out)
        carried_out(peering_asked_for(row, {"vlan_id": 301}, MICROSOFT))
        [put] = writes_of_peerings(azure, log_at)
        assert sent_key(put) is None

    def test_one_that_azure_shows_is_sent_back(self, azure, row, log_at):
        azure.behave(shared_key_echoed=True)
        carried_out(peering_asked_for(row, {}, MICROSOFT, shared_key=KEY))
        carried_out(peering_asked_for(row, {"vlan_id": 301}, MICROSOFT))
        assert [sent_key(one) for one in writes_of_peerings(azure, log_at)] == [HIDDEN, HIDDEN]
        assert facts_in_azure(azure, row, MICROSOFT)["sharedKey"] == KEY

    def test_one_that_is_set_alone_is_written_though_nothing_shows(self, azure, row, log_at):
        change = carried_out(peering_asked_for(row, {}, MICROSOFT, shared_key=KEY))
        assert (change.state, change.known_by, change.differences) == (State.SUCCEEDED, "operation", [])
        azure.behave(shared_key_echoed=True)
        assert facts_in_azure(azure, row, MICROSOFT)["sharedKey"] == KEY

    def test_one_that_is_removed_is_sent_blank(self, azure, row, log_at):
        azure.behave(shared_key_echoed=True)
        carried_out(peering_asked_for(row, {}, MICROSOFT, shared_key=KEY))
        carried_out(peering_asked_for(row, {}, MICROSOFT, shared_key=""))
        assert [sent_key(one) for one in writes_of_peerings(azure, log_at)] == [HIDDEN, ""]
        assert "sharedKey" not in facts_in_azure(azure, row, MICROSOFT)

    def test_it_is_sealed_until_the_end_and_then_erased(self, row):
        change = peering_asked_for(row, {}, MICROSOFT, shared_key=KEY)
        assert change.sealed_key
        assert KEY not in change.sealed_key
        assert carried_out(change).sealed_key == ""

    def test_a_cancelled_change_forgets_it(self, row):
        change = peering_asked_for(row, {}, MICROSOFT, shared_key=KEY)
        asking.cancel(change=change, by=operator())
        change.refresh_from_db()
        assert (change.state, change.sealed_key) == (State.CANCELED, "")

    def test_one_whose_seal_is_not_opened_any_more_is_not_sent(self, azure, row, log_at, settings):
        settings.PORTAL_SEALING_KEYS = ("a-key-of-32-characters-and-more-1",)
        change = peering_asked_for(row, {}, MICROSOFT, shared_key=KEY)
        settings.PORTAL_SEALING_KEYS = ("a-key-of-32-characters-and-more-2",)
        change = carried_out(change)
        assert (change.state, change.error_code, change.sealed_key) == (State.FAILED, "KeyNotOpened", "")
        assert writes_of_peerings(azure, log_at) == []

    def test_a_failed_one_cannot_be_asked_for_again_without_typing_it(self, azure, row):
        azure.fault("status", status=400, code="BadRequest", method="PUT", path_pattern=".*/peerings/.*")
        change = carried_out(peering_asked_for(row, {}, MICROSOFT, shared_key=KEY))
        assert change.state == State.FAILED
        with pytest.raises(NotPossible, match="erased"):
            drafts.begin_again(change=change, by=operator())


class TestRemoving:
    def test_it_is_one_delete_and_the_mirror_knows(self, azure, row, log_at):
        change = carried_out(peering_asked_for(row, {}, MICROSOFT, removes=True))
        assert (change.state, change.differences) == (State.SUCCEEDED, [])
        assert [one["method"] for one in writes_of_peerings(azure, log_at)] == ["DELETE"]
        assert peering_in_azure(azure, row, MICROSOFT) is None
        assert [one.peering_type for one in row.peerings.all()] == [PRIVATE]

    def test_our_own_removal_asks_for_nobodys_attention(self, row):
        carried_out(peering_asked_for(row, {}, MICROSOFT, removes=True))
        assert not row.attention.filter(kind=Attention.Kind.EDITED).exists()

    def test_the_customers_removal_does(self, azure, row):
        azure.edit(row.service_key, peerings={MICROSOFT: None})
        synced(row.subscription)
        assert row.attention.get(kind=Attention.Kind.EDITED, settled_at=None).subject == MICROSOFT

    def test_so_does_the_customers_removal_of_one_that_was_made_anew_after_ours(self, azure, row):
        carried_out(peering_asked_for(row, {}, MICROSOFT, removes=True))
        azure.edit(row.service_key, peerings={MICROSOFT: MICROSOFT_PEERING})
        synced(row.subscription)
        row.attention.all().delete()
        azure.edit(row.service_key, peerings={MICROSOFT: None})
        synced(row.subscription)
        assert row.attention.get(kind=Attention.Kind.EDITED).subject == MICROSOFT

    def test_what_the_customer_changed_since_it_was_seen_is_not_deleted(self, azure, row, log_at):
        seen = values_now(row, ("presence", "state", *fields_of(MICROSOFT)), MICROSOFT)
        change = peering_asked_for(row, {}, MICROSOFT, removes=True, opened=seen)
        azure.edit(row.service_key, peerings={MICROSOFT: {"vlanId": 309}})
        change = carried_out(change)
        assert (change.state, change.error_code) == (State.FAILED, "Conflict")
        assert writes_of_peerings(azure, log_at) == []

    def test_whoever_wants_it_gone_all_the_same_says_so(self, azure, row):
        seen = values_now(row, ("presence", "state", *fields_of(MICROSOFT)), MICROSOFT)
        draft = draft_of_peering(row, {}, MICROSOFT, removes=True, opened={**seen, "vlan_id": 1})
        [conflict] = drafts.conflicts_of(draft, row)
        assert (conflict.field, conflict.opened, conflict.now) == ("vlan_id", 1, 300)
        drafts.choose(draft=draft, row=row, theirs=[], by=operator())
        assert drafts.conflicts_of(draft, row) == []

    def test_whoever_leaves_what_is_there_has_no_draft_any_more(self, azure, row):
        seen = values_now(row, ("presence", "state", *fields_of(MICROSOFT)), MICROSOFT)
        draft = draft_of_peering(row, {}, MICROSOFT, removes=True, opened={**seen, "vlan_id": 1})
        drafts.choose(draft=draft, row=row, theirs=["vlan_id"], by=operator())
        assert not Draft.objects.exists()

    def test_what_is_gone_already_needs_no_delete(self, azure, row, log_at):
        change = peering_asked_for(row, {}, MICROSOFT, removes=True)
        azure.edit(row.service_key, peerings={MICROSOFT: None})
        change = carried_out(change)
        assert (change.state, change.known_by) == (State.SUCCEEDED, "nothing-to-do")
        assert writes_of_peerings(azure, log_at) == []


class TestWhatTheMirrorMakesOfIt:
    def test_while_azure_is_at_a_peering_its_blanks_are_not_taken_for_news(self, azure, row):
        azure.fault("operation-stall", method="PUT", path_pattern=".*/peerings/.*", times=1)
        put_by_others(azure, row, MICROSOFT, vlanId=302)
        assert facts_in_azure(azure, row, MICROSOFT)["state"] == "Disabled"
        synced(row.subscription)
        peering = row.peerings.get(peering_type=MICROSOFT)
        assert (peering.provisioning_state, peering.state, peering.azure_asn) == ("Updating", "Enabled", 12076)
        assert not row.observations.filter(field__in=["state", "azure_asn"]).exists()

    def test_it_is_read_again_until_azure_is_done(self, azure, row):
        azure.behave(peering_edit_moves_etag=False)
        row.peerings.filter(peering_type=MICROSOFT).update(vlan_id=1, provisioning_state="Updating")
        synced(row.subscription)
        peering = row.peerings.get(peering_type=MICROSOFT)
        assert (peering.vlan_id, peering.provisioning_state) == (300, "Succeeded")

    def test_whoever_writes_it_anew_has_dealt_with_the_customers_edit(self, azure, row):
        azure.edit(row.service_key, peerings={MICROSOFT: {"vlanId": 309}})
        synced(row.subscription)
        assert row.attention.filter(kind=Attention.Kind.EDITED, settled_at=None).exists()
        carried_out(peering_asked_for(row, {"vlan_id": 300}, MICROSOFT))
        assert not row.attention.filter(kind=Attention.Kind.EDITED, settled_at=None).exists()

    def test_an_edit_that_nobody_knew_of_when_it_was_asked_for_still_waits(self, azure, row):
        change = peering_asked_for(row, {"vlan_id": 301}, MICROSOFT)
        azure.edit(row.service_key, peerings={MICROSOFT: {"peerASN": 64901}})
        synced(row.subscription)
        carried_out(change)
        assert row.attention.filter(kind=Attention.Kind.EDITED, settled_at=None).exists()


class TestTheGuard:
    def test_to_disable_takes_the_end_of_the_service_key(self, row):
        draft = draft_of_peering(row, {"state": "Disabled"}, MICROSOFT)
        assert draft.guard is not None
        read_to_the_end(draft.guard)
        with pytest.raises(NotConfirmed):
            asking.apply(draft=draft, row=row, confirm_ending="", by=operator())

    def test_nothing_is_sent_before_it_is_known_what_goes_down(self, row):
        draft = draft_of_peering(row, {}, MICROSOFT, removes=True)
        with pytest.raises(NotPossible, match=STILL_READING):
            asking.apply(draft=draft, row=row, confirm_ending=row.service_key[-4:], by=operator())

    @pytest.mark.parametrize("asked", [{"vlan_id": 301}, {"state": "Enabled"}])
    def test_what_ends_no_session_is_not_guarded(self, row, asked: dict[str, Any]):
        assert draft_of_peering(row, asked, MICROSOFT).guard is None


class TestRulesAtTheLastMoment:
    def test_a_vlan_of_a_peering_that_nobody_has_seen_yet_is_not_sent(self, azure, bare, log_at):
        """Azure would accept it, and apply nothing (azure-cli 1574)."""
        change = peering_asked_for(bare, PUBLISHED_PRIVATE)
        azure.edit(bare.service_key, peerings={MICROSOFT: {**MICROSOFT_PEERING, "vlanId": 200}})
        change = carried_out(change)
        assert (change.state, change.error_code) == (State.FAILED, "AgainstTheRules")
        assert change.error_message == "VLAN 200 is already used by Microsoft peering of this circuit. Free next: 201."
        assert writes_of_peerings(azure, log_at) == []

    def test_what_the_customer_set_up_against_a_rule_hinders_no_edit_of_another_field(self, azure, row):
        azure.edit(row.service_key, peerings={PRIVATE: {"peerASN": 65515}})
        synced(row.subscription)
        assert carried_out(peering_asked_for(row, {"vlan_id": 201})).state == State.SUCCEEDED

    def test_a_vlan_that_the_other_peering_took_meanwhile_is_refused(self, azure, row):
        draft = draft_of_peering(row, {"vlan_id": 201}, PRIVATE)
        row.peerings.filter(peering_type=MICROSOFT).update(vlan_id=201)
        fresh = CrossConnection.objects.select_related("subscription").get(pk=row.pk)
        with pytest.raises(NotPossible, match="VLAN 201 is already used by Microsoft peering"):
            asking.apply(draft=draft, row=fresh, by=operator())

    def test_a_circuit_that_is_not_provisioned_takes_none(self, row):
        draft = draft_of_peering(row, {"vlan_id": 201}, PRIVATE)
        row.provider_provisioning_state = "Provisioning"
        with pytest.raises(NotPossible, match="Azure takes peerings once the state is Provisioned"):
            asking.apply(draft=draft, row=row, by=operator())


@pytest.mark.parametrize(
    ("asked", "values", "title"),
    [
        ({"vlan_id": 301}, {}, "Edit Microsoft peering"),
        ({"state": "Disabled"}, {}, "Disable Microsoft peering"),
        ({"state": "Disabled", "vlan_id": 301}, {}, "Disable Microsoft peering, edit its settings"),
        ({"vlan_id": 301}, {"shared_key": KEY}, "Edit Microsoft peering, set the shared key"),
        ({}, {"shared_key": KEY}, "Set the shared key of Microsoft peering"),
        ({}, {"shared_key": ""}, "Remove the shared key of Microsoft peering"),
        ({}, {"removes": True}, "Remove Microsoft peering"),
    ],
)
def test_it_is_called_by_what_it_does(row, asked: dict[str, Any], values: dict[str, Any], title: str):
    assert title_of_wish(draft_of_peering(row, asked, MICROSOFT, **values)) == title


def test_the_trail_says_what_was_asked_and_what_came_of_it(bare):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE, shared_key=KEY))
    entries = Entry.objects.filter(deed__startswith="change.").order_by("number")
    assert [json.loads(entry.details)["what"] for entry in entries] == ["Set up private peering"] * 2
