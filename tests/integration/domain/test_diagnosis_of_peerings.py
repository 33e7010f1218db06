"""What a reading keeps of a peering beside its tables, and what is found in that: single prefixes, and whose it is."""

from collections.abc import Callable
from typing import Any

import pytest

from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.findings import Finding, Value
from crossconnections.models import CrossConnection, Snapshot
from crossconnections.queries.diagnosis import load_case
from tests.integration.domain.changing import carried_out
from tests.integration.domain.peering_changes import PUBLISHED_MICROSOFT, PUBLISHED_PRIVATE, peering_asked_for
from tests.integration.domain.readings import MICROSOFT, MICROSOFT_PEERING, PRIVATE, PRIVATE_PEERING, asked
from tests.integration.domain.runs import PROVISIONED, synced
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(azure: SandboxProcess, enlisted: Callable[[str], Any]) -> CrossConnection:
    """A circuit that is provisioned, without peerings."""
    synced(enlisted("test"))
    return CrossConnection.objects.select_related("subscription").get(service_key=PROVISIONED)


def found(snapshot: Snapshot, rule: str) -> list[Finding]:
    return [one for one in diagnose(load_case(snapshot)).findings if one.rule == rule]


def overwritten(snapshot: Snapshot) -> dict[str, Value]:
    """What the rule about what the customer changed names, for each peering."""
    return {one.peering: one.evidence["what"] for one in found(snapshot, "R09")}


def edited(azure: SandboxProcess, row: CrossConnection, **peerings: dict[str, Any] | None) -> None:
    """The customer edits, and the mirror knows."""
    azure.edit(row.service_key, peerings=peerings)
    synced(row.subscription)


def test_a_prefix_that_azure_refuses_is_named_with_its_reason(azure: SandboxProcess, bare: CrossConnection):
    azure.behave(prefix_validation="AsnValidationFailed")
    carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
    (one,) = found(asked(bare), "R08")
    assert (one.evidence["prefixes"], one.evidence["reason"]) == (("123.1.0.0/24",), "asn")


def test_a_reading_keeps_how_far_each_prefix_was(azure: SandboxProcess, bare: CrossConnection):
    azure.behave(prefix_validation="ManualValidationNeeded")
    carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
    snapshot = asked(bare)
    bare.peerings.update(advertised_prefix_infos=[])
    assert [one.evidence["reason"] for one in found(snapshot, "R08")] == ["manual"]


def test_a_prefix_that_azure_accepts_is_not_found(bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
    snapshot = asked(bare)
    (peering,) = load_case(snapshot).peerings
    assert [(one.prefix, one.state) for one in peering.validations] == [("123.1.0.0/24", "Configured")]
    assert found(snapshot, "R08") == []


@pytest.mark.parametrize("infos", [None, [], [{}], [{"prefix": None, "validation_state": None}]])
def test_a_reading_of_before_that_has_no_states_finds_none(bare: CrossConnection, infos: Any):
    carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
    snapshot = asked(bare)
    peering = snapshot.configuration["peerings"][0]
    del peering["overwritten"]
    peering["advertised_prefix_infos"] = infos
    assert (found(snapshot, "R08"), found(snapshot, "R09")) == ([], [])


def test_what_the_customer_set_otherwise_since_the_portal_did_is_named(azure: SandboxProcess, bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE))
    edited(azure, bare, **{PRIVATE: {"vlanId": 209, "peerASN": 501}})
    assert overwritten(asked(bare)) == {PRIVATE: ("peer_asn", "vlan_id")}


def test_of_two_peerings_the_one_that_the_customer_changed_is_found(azure: SandboxProcess, bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE))
    carried_out(peering_asked_for(bare, PUBLISHED_MICROSOFT, MICROSOFT))
    edited(azure, bare, **{MICROSOFT: {"vlanId": 309}})
    assert overwritten(asked(bare)) == {MICROSOFT: ("vlan_id",)}


def test_what_the_portal_set_up_and_nobody_touched_is_not_found(bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE))
    assert overwritten(asked(bare)) == {}


def test_what_the_customer_set_up_and_changed_is_theirs(azure: SandboxProcess, bare: CrossConnection):
    edited(azure, bare, **{PRIVATE: PRIVATE_PEERING})
    edited(azure, bare, **{PRIVATE: {"vlanId": 209}})
    assert overwritten(asked(bare)) == {}


def test_a_peering_that_is_gone_is_not_found_on_the_one_that_is_left(azure: SandboxProcess, bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE))
    edited(azure, bare, **{PRIVATE: None, MICROSOFT: MICROSOFT_PEERING})
    assert overwritten(asked(bare)) == {}


def test_a_reading_from_before_it_was_restored_still_tells_it(azure: SandboxProcess, bare: CrossConnection):
    carried_out(peering_asked_for(bare, PUBLISHED_PRIVATE))
    edited(azure, bare, **{PRIVATE: {"vlanId": 209}})
    snapshot = asked(bare)
    carried_out(peering_asked_for(bare, {"vlan_id": PUBLISHED_PRIVATE["vlan_id"]}))
    snapshot.refresh_from_db()
    assert overwritten(snapshot) == {PRIVATE: ("vlan_id",)}
