"""The PUT of a cross connection carries its peerings: what comes, what changes, what stays and what goes."""

from typing import Any

import pytest

from tests.integration.sandbox.estates import list_documents, list_pages
from tests.integration.sandbox.tables import ARP, MICROSOFT, PEERINGS, PRIVATE, SUMMARY, condition, order
from tests.integration.sandbox.tables import read as read_table
from tests.integration.sandbox.writing import STATE, body_of, facts, finish, put, stall, write
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    """A circuit with a private peering of the customer's."""
    return order(sandbox)


def entry(name: str, **changes: Any) -> dict[str, Any]:
    """A peering as a partner sends it."""
    return {"name": name, "properties": {"peeringType": name, **PEERINGS[name], **changes}}


def peering(sandbox: SandboxProcess, key: str, name: str = PRIVATE) -> dict[str, Any]:
    [found] = [one for one in facts(sandbox, key)["peerings"] if one["name"] == name]
    return dict(found)


def names(sandbox: SandboxProcess, key: str) -> list[str]:
    return [one["name"] for one in facts(sandbox, key)["peerings"]]


def test_a_new_peering_is_answered_as_in_microsofts_trace(sandbox: SandboxProcess, key: str) -> None:
    answer = put(sandbox, key, body_of(sandbox, key, peerings=[entry(PRIVATE), entry(MICROSOFT)])).json()
    one, other = answer["properties"]["peerings"]
    assert (one["properties"]["provisioningState"], "etag" in one) == ("Succeeded", True)
    assert "etag" not in other
    told = {name: other["properties"][name] for name in ("provisioningState", "azureASN", "state", "lastModifiedBy")}
    assert told == {"provisioningState": "Updating", "azureASN": 0, "state": "Disabled", "lastModifiedBy": ""}


def test_in_the_end_it_is_enabled_and_has_microsofts_as(sandbox: SandboxProcess, key: str) -> None:
    write(sandbox, key, peerings=[entry(PRIVATE), entry(MICROSOFT)])
    found = peering(sandbox, key, MICROSOFT)
    told = {name: found["properties"][name] for name in ("provisioningState", "azureASN", "state", "vlanId")}
    assert told == {"provisioningState": "Succeeded", "azureASN": 12076, "state": "Enabled", "vlanId": 300}
    assert found["properties"]["microsoftPeeringConfig"]["advertisedPublicPrefixesState"] == "Configured"
    assert found["id"].endswith(f"/{key}/peerings/MicrosoftPeering")
    assert found["etag"].startswith('W/"')


def test_it_has_sessions_and_routes_on_both_paths(sandbox: SandboxProcess) -> None:
    test = sandbox.subscription("test")["id"]
    fresh = sandbox.order(peering_location="EUAP Test", subscription=test)
    write(sandbox, fresh, peerings=[entry(PRIVATE), entry(MICROSOFT)], serviceProviderProvisioningState="Provisioned")
    for name in (PRIVATE, MICROSOFT):
        for path in ("primary", "secondary"):
            [row] = read_table(sandbox, fresh, SUMMARY, path, name)
            assert int(row["stateOrPrefixesReceived"]) > 0
            assert len(read_table(sandbox, fresh, ARP, path, name)) == 2


def test_what_is_sent_replaces_what_was_there(sandbox: SandboxProcess, key: str) -> None:
    before = peering(sandbox, key)
    changed = {"peeringType": PRIVATE, "peerASN": 65020, "vlanId": 201}
    write(sandbox, key, peerings=[{"name": PRIVATE, "properties": changed}])
    after = peering(sandbox, key)
    assert after["etag"] != before["etag"]
    assert (after["properties"]["peerASN"], after["properties"]["vlanId"]) == (65020, 201)
    assert "primaryPeerAddressPrefix" not in after["properties"]
    assert (before["properties"]["lastModifiedBy"], after["properties"]["lastModifiedBy"]) == ("Customer", "")


def test_what_is_sent_as_it_was_stays_as_it_was(sandbox: SandboxProcess, key: str) -> None:
    before = peering(sandbox, key)
    write(sandbox, key, peerings=[before])
    assert peering(sandbox, key) == before


def test_read_only_facts_of_a_peering_are_not_looked_at(sandbox: SandboxProcess, key: str) -> None:
    before = peering(sandbox, key)
    odd = {"azureASN": "x", "provisioningState": "Deleting", "primaryAzurePort": 7, "lastModifiedBy": "me"}
    write(sandbox, key, peerings=[{"name": PRIVATE.lower(), "properties": before["properties"] | odd}])
    assert peering(sandbox, key) == before


def test_who_is_named_only_by_type_is_meant(sandbox: SandboxProcess, key: str) -> None:
    write(sandbox, key, peerings=[{"properties": entry(PRIVATE, vlanId=77)["properties"]}])
    assert peering(sandbox, key)["properties"]["vlanId"] == 77


def test_prefixes_that_stay_keep_their_state_and_new_ones_are_configured(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if "ValidationNeeded" in str(one))
    [known] = [one for one in document["properties"]["peerings"] if one["name"] == MICROSOFT]
    known["properties"]["vlanId"] = 4000
    finish(sandbox, put_whole(sandbox, document))
    assert config(sandbox, document)["advertisedPublicPrefixesState"] == "ValidationNeeded"
    known["properties"]["microsoftPeeringConfig"]["advertisedPublicPrefixes"] = ["124.9.9.0/24"]
    finish(sandbox, put_whole(sandbox, document))
    told = config(sandbox, document)
    assert told["advertisedPublicPrefixesState"] == "Configured"
    assert [one["prefix"] for one in told["advertisedPublicPrefixInfo"]] == ["124.9.9.0/24"]


def put_whole(sandbox: SandboxProcess, document: dict[str, Any]) -> Any:
    url = f"{sandbox.manifest['arm']}{document['id']}?api-version=2025-09-01"
    return sandbox.session.put(url, json=document, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=30)


def config(sandbox: SandboxProcess, document: dict[str, Any]) -> dict[str, Any]:
    path = f"{document['id']}/peerings/{MICROSOFT}"
    found: dict[str, Any] = sandbox.get(path).json()["properties"]["microsoftPeeringConfig"]
    return found


def test_the_signature_of_a_prefix_is_the_partners_to_write(sandbox: SandboxProcess, key: str) -> None:
    write(sandbox, key, peerings=[entry(MICROSOFT)])
    told = peering(sandbox, key, MICROSOFT)
    infos = told["properties"]["microsoftPeeringConfig"]["advertisedPublicPrefixInfo"]
    infos[0] |= {"signature": "c2lnbmVk", "validationState": "ValidationFailed"}
    write(sandbox, key, peerings=[told])
    after = peering(sandbox, key, MICROSOFT)["properties"]["microsoftPeeringConfig"]["advertisedPublicPrefixInfo"]
    assert [(one["signature"], one["validationState"]) for one in after] == [
        ("c2lnbmVk", "Configured"),
        ("", "Configured"),
    ]


def test_a_version_that_knows_no_signatures_loses_none(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if "advertisedPublicPrefixInfo" in str(one))
    old = sandbox.get(document["id"], version="2018-02-01").json()
    assert "advertisedPublicPrefixInfo" not in str(old)
    finish(sandbox, put_whole(sandbox, old))
    assert sandbox.get(document["id"]).json()["properties"] == document["properties"]


def test_an_ipv6_part_is_enabled_and_configured_as_well(sandbox: SandboxProcess, key: str) -> None:
    links = {"primaryPeerAddressPrefix": "2a10::/126", "secondaryPeerAddressPrefix": "2a10::4/126"}
    part = {**links, "microsoftPeeringConfig": {"advertisedPublicPrefixes": ["2a10:8000::/48"]}}
    write(sandbox, key, peerings=[entry(MICROSOFT, ipv6PeeringConfig=part)])
    told = peering(sandbox, key, MICROSOFT)["properties"]["ipv6PeeringConfig"]
    assert told["state"] == "Enabled"
    assert told["microsoftPeeringConfig"]["advertisedPublicPrefixesState"] == "Configured"


def test_an_empty_list_removes_every_peering_and_what_the_network_did_to_it(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "no-arp", peering=PRIVATE)
    assert read_table(sandbox, key, ARP) == []
    write(sandbox, key, peerings=[])
    assert names(sandbox, key) == []
    write(sandbox, key, peerings=[entry(PRIVATE)])
    assert len(read_table(sandbox, key, ARP)) == 2


def test_a_peering_of_the_seeds_that_was_removed_comes_again_as_a_healthy_one(sandbox: SandboxProcess) -> None:
    document, path = next(found for found in broken(sandbox))
    known = document["properties"]["peerings"]
    ways: list[list[dict[str, Any]]] = [[], known]
    for peerings in ways:
        document["properties"]["peerings"] = peerings
        finish(sandbox, put_whole(sandbox, document))
        sandbox.get(document["id"])
    told = conditions(sandbox, document)
    assert told[path] == "healthy"


def broken(sandbox: SandboxProcess) -> Any:
    for document in list_documents(sandbox):
        for path, word in conditions(sandbox, document).items():
            if word != "healthy":
                yield document, path


def conditions(sandbox: SandboxProcess, document: dict[str, Any]) -> dict[str, str]:
    url = f"{sandbox.manifest['arm']}/_sandbox/circuits/{document['name']}/conditions"
    entries = sandbox.session.get(url, timeout=30).json()["conditions"]
    return {f"{one['peering']}/{one['path']}": one["condition"] for one in entries}


@pytest.mark.parametrize(("value", "left"), [("removed", []), ("kept", [PRIVATE])])
@pytest.mark.parametrize("peerings", [None, "null"])
def test_peerings_that_are_left_out_go_or_stay_by_a_switch(
    sandbox: SandboxProcess, key: str, value: str, left: list[str], peerings: object
) -> None:
    sandbox.behave(left_out_peerings=value)
    body = body_of(sandbox, key)
    if peerings:
        body["properties"]["peerings"] = None
    finish(sandbox, put(sandbox, key, body))
    assert names(sandbox, key) == left


@pytest.mark.parametrize(("value", "left"), [("removed", [MICROSOFT]), ("kept", [PRIVATE, MICROSOFT])])
def test_a_peering_that_is_missing_in_the_list_goes_or_stays_by_a_switch(
    sandbox: SandboxProcess, key: str, value: str, left: list[str]
) -> None:
    sandbox.behave(missing_peerings=value)
    write(sandbox, key, peerings=[entry(MICROSOFT)])
    assert names(sandbox, key) == left


def test_no_answer_and_no_log_shows_a_shared_key(sandbox: SandboxProcess, key: str) -> None:
    number = sandbox.requests()[-1]["number"]
    answer = put(sandbox, key, body_of(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")]))
    finish(sandbox, answer)
    assert "A1B2C3D4" not in answer.text
    assert "sharedKey" not in str(facts(sandbox, key))
    assert "A1B2C3D4" not in str(sandbox.requests(after=number))


def test_by_a_switch_every_answer_but_a_list_shows_it(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    answer = put(sandbox, key, body_of(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")])).json()
    assert answer["properties"]["peerings"][0]["properties"]["sharedKey"] == "A1B2C3D4"
    assert peering(sandbox, key)["properties"]["sharedKey"] == "A1B2C3D4"
    path = peering(sandbox, key)["id"]
    assert sandbox.get(path).json()["properties"]["sharedKey"] == "A1B2C3D4"
    assert "A1B2C3D4" not in str(list_pages(sandbox, sandbox.subscription("test")["id"]))
    sandbox.behave(shared_key_echoed=False)
    assert "sharedKey" not in peering(sandbox, key)["properties"]


@pytest.mark.parametrize(("value", "left"), [("kept", "A1B2C3D4"), ("removed", None)])
def test_a_key_that_is_left_out_stays_or_goes_by_a_switch(
    sandbox: SandboxProcess, key: str, value: str, left: str | None
) -> None:
    sandbox.behave(key_left_out=value, shared_key_echoed=True)
    write(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")])
    write(sandbox, key, peerings=[entry(PRIVATE)])
    assert peering(sandbox, key)["properties"].get("sharedKey") == left


@pytest.mark.parametrize("changed", ["E5F6", ""])
def test_another_key_or_an_empty_one_moves_the_peerings_etag(sandbox: SandboxProcess, key: str, changed: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    write(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")])
    before = peering(sandbox, key)
    write(sandbox, key, peerings=[before])
    assert peering(sandbox, key) == before
    write(sandbox, key, peerings=[entry(PRIVATE, sharedKey=changed)])
    after = peering(sandbox, key)
    assert after["etag"] != before["etag"]
    assert after["properties"].get("sharedKey", "") == changed


def test_the_key_of_a_peering_goes_with_it(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    for gone in ("by the partner", "by the customer"):
        write(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")])
        if gone == "by the partner":
            write(sandbox, key, peerings=[])
        else:
            sandbox.edit(key, peerings={PRIVATE: None})
        write(sandbox, key, peerings=[entry(PRIVATE)])
        assert "sharedKey" not in peering(sandbox, key)["properties"]


def test_while_it_runs_a_peering_is_updating_with_what_was_asked(sandbox: SandboxProcess, key: str) -> None:
    answer = stall(sandbox, key, peerings=[entry(PRIVATE, vlanId=201)])
    told = peering(sandbox, key)["properties"]
    assert (told["provisioningState"], told["vlanId"], told["azureASN"]) == ("Updating", 201, 12076)
    assert STATE in answer.headers


def test_a_failed_write_takes_back_peerings_and_keys_but_not_what_the_customer_did(
    sandbox: SandboxProcess, key: str
) -> None:
    sandbox.behave(shared_key_echoed=True)
    write(sandbox, key, peerings=[entry(PRIVATE, sharedKey="A1B2C3D4")])
    before = peering(sandbox, key)
    sandbox.fault("operation-failure", method="PUT")
    changes = [entry(PRIVATE, sharedKey="E5F6", vlanId=99), entry(MICROSOFT)]
    answer = put(sandbox, key, body_of(sandbox, key, peerings=changes))
    sandbox.edit(key, bandwidth_mbps=500)
    assert finish(sandbox, answer)["status"] == "Failed"
    assert names(sandbox, key) == [PRIVATE]
    assert peering(sandbox, key) == before
    assert facts(sandbox, key)["bandwidthInMbps"] == 500


def test_a_removal_that_fails_leaves_the_network_as_it_was(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "no-arp", peering=PRIVATE)
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, put(sandbox, key, body_of(sandbox, key, peerings=[])))
    assert names(sandbox, key) == [PRIVATE]
    assert read_table(sandbox, key, ARP) == []


def test_a_removal_that_was_overtaken_has_removed_all_the_same(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_writes="allowed")
    condition(sandbox, key, "no-arp", peering=PRIVATE)
    stall(sandbox, key, peerings=[])
    write(sandbox, key, peerings=[entry(PRIVATE)])
    assert len(read_table(sandbox, key, ARP)) == 2
