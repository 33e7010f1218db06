"""What differs between what a person saw, what is asked, and what Azure shows."""

from typing import Any

from crossconnections.differences import Conflict, Difference, find_conflicts, find_differences, has_taken

PEERING = {"peering_type": "AzurePrivatePeering", "vlan_id": 200, "azure_asn": 12076, "state": "Enabled"}
BEFORE: dict[str, Any] = {
    "provider_provisioning_state": "NotProvisioned",
    "provider_notes": "",
    "provisioning_state": "Succeeded",
    "tags": {},
    "peerings": [PEERING],
}
ASKED = {"provider_provisioning_state": "Provisioned"}


def after(**values: Any) -> dict[str, Any]:
    return {**BEFORE, **ASKED, **values}


def test_a_touched_field_that_holds_something_third_is_in_conflict():
    opened, now = {"provider_provisioning_state": "NotProvisioned"}, {"provider_provisioning_state": "Provisioning"}
    assert find_conflicts(opened, ASKED, now) == [
        Conflict("provider_provisioning_state", "NotProvisioned", "Provisioning", "Provisioned")
    ]


def test_one_that_is_as_it_was_or_as_it_is_asked_is_not():
    opened = {"provider_provisioning_state": "NotProvisioned"}
    assert find_conflicts(opened, ASKED, {**opened, "provider_notes": "theirs"}) == []
    assert find_conflicts(opened, ASKED, ASKED) == []


def test_it_has_taken_once_everything_is_as_asked():
    assert has_taken(ASKED, after())
    assert not has_taken({**ASKED, "provider_notes": "Cage 14"}, after())


def test_exactly_as_asked_nothing_differs():
    assert find_differences(BEFORE, ASKED, after()) == []


def test_what_was_asked_and_did_not_take_comes_first():
    found = find_differences(BEFORE, ASKED, {**BEFORE, "provider_notes": "theirs"})
    assert found == [
        Difference("", "provider_provisioning_state", "Provisioned", "NotProvisioned"),
        Difference("", "provider_notes", "", "theirs"),
    ]


def test_a_peering_that_went_or_came_is_told():
    other = {**PEERING, "peering_type": "MicrosoftPeering"}
    assert find_differences(BEFORE, ASKED, after(peerings=[other])) == [
        Difference("AzurePrivatePeering", "presence", expected=True, found=False),
        Difference("MicrosoftPeering", "presence", expected=False, found=True),
    ]


def test_a_field_of_a_peering_that_moved_is_told_with_its_peering():
    found = find_differences(BEFORE, ASKED, after(peerings=[{**PEERING, "vlan_id": 201}]))
    assert found == [Difference("AzurePrivatePeering", "vlan_id", 200, 201)]


def test_what_azure_moves_by_itself_is_none():
    assert find_differences(BEFORE, ASKED, after(peerings=[{**PEERING, "azure_asn": 0}])) == []


def test_a_provisioning_state_that_is_no_success_is_told():
    assert find_differences(BEFORE, ASKED, after(provisioning_state="Failed")) == [
        Difference("", "provisioning_state", "Succeeded", "Failed")
    ]
    assert find_differences(BEFORE, ASKED, after(provisioning_state="")) == []


def test_after_a_move_the_ports_are_compared_and_the_s_tag_is_not():
    before = {"primary_azure_port": "LON-1-PRI-A", "secondary_azure_port": "LON-1-SEC-A", "s_tag": 412}
    asked = {"primary_azure_port": "LON-2-PRI-A", "secondary_azure_port": "LON-2-SEC-A"}
    assert find_differences(before, asked, asked | {"s_tag": 7}) == []
    half = before | {"primary_azure_port": "LON-2-PRI-A"}
    assert find_differences(before, asked, half) == [
        Difference("", "secondary_azure_port", "LON-2-SEC-A", "LON-1-SEC-A")
    ]
    assert find_differences(before, {"provider_notes": ""}, before | {"s_tag": 7}) == [Difference("", "s_tag", 412, 7)]
