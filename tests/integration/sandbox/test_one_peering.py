"""A partner writes one peering, and deletes one."""

import uuid
from typing import Any

import pytest

from tests.integration.sandbox.estates import NOT_PROVISIONED, refusal, traced_path
from tests.integration.sandbox.tables import (
    ARP,
    IPV6,
    MICROSOFT,
    PATHS,
    PEERINGS,
    PRIVATE,
    SUMMARY,
    condition,
    follow,
    order,
    send,
)
from tests.integration.sandbox.tables import read as read_table
from tests.integration.sandbox.writing import (
    PROVIDER_STATE,
    STATE,
    body_of,
    delete_peering,
    facts,
    finish,
    peering_path,
    put,
    put_peering,
    read,
    read_peering,
    write,
    write_peering,
)
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    """A circuit with a private peering of the customer's."""
    return order(sandbox)


def stall_put(sandbox: SandboxProcess, key: str, name: str = PRIVATE, **changes: Any) -> Any:
    """A PUT of a peering that runs for ever."""
    sandbox.fault("operation-stall", method="PUT")
    return put_peering(sandbox, key, name, {"properties": PEERINGS[name] | changes})


def told(peering: dict[str, Any], *names: str) -> list[Any]:
    return [peering["properties"].get(name) for name in names]


STATES = ("provisioningState", "azureASN", "state", "lastModifiedBy")


def test_a_new_peering_is_a_201_and_a_known_one_a_200(sandbox: SandboxProcess) -> None:
    for status in (201, 200):
        answer = put_peering(sandbox, KEY, PRIVATE, {"name": PRIVATE, "properties": PEERINGS[PRIVATE]})
        assert answer.status_code == status
        assert f"/operations/{answer.headers['x-ms-request-id']}?" in answer.headers[STATE]
        assert (answer.headers["Retry-After"], answer.headers.get("Location")) == ("1", None)
        assert answer.json().keys() == {"name", "id", "properties"}
        assert told(answer.json(), *STATES) == ["Updating", 0, "Disabled", ""]
        assert finish(sandbox, answer) == {"status": "Succeeded"}


def test_until_it_is_done_it_is_updating_disabled_and_without_an_etag(sandbox: SandboxProcess, key: str) -> None:
    stall_put(sandbox, key, vlanId=201)
    found = read_peering(sandbox, key, PRIVATE)
    assert told(found, *STATES, "vlanId") == ["Updating", 0, "Disabled", "", 201]
    assert "etag" not in found
    assert facts(sandbox, key)["peerings"] == [found]
    assert send(sandbox, "GET", f"{traced_path(sandbox, key)}/peerings").json()["value"] == [found]


def test_in_the_end_it_is_what_was_asked(sandbox: SandboxProcess) -> None:
    found = write_peering(sandbox, KEY, PRIVATE, **PEERINGS[PRIVATE])
    assert told(found, *STATES) == ["Succeeded", 12076, "Enabled", ""]
    assert {name: found["properties"][name] for name in PEERINGS[PRIVATE]} == PEERINGS[PRIVATE]
    assert found["id"] == peering_path(sandbox, KEY, PRIVATE)
    assert found["etag"].startswith('W/"')
    again = write_peering(sandbox, KEY, PRIVATE, **PEERINGS[PRIVATE])
    assert again["etag"] != found["etag"]
    assert again["properties"] == found["properties"]


@pytest.mark.parametrize("state", ["Disabled", "Enabled"])
def test_the_state_that_was_asked_for_comes_in_the_end(sandbox: SandboxProcess, state: str) -> None:
    assert told(write_peering(sandbox, KEY, PRIVATE, **PEERINGS[PRIVATE], state=state), "state") == [state]


def test_what_the_body_leaves_out_is_gone(sandbox: SandboxProcess, key: str) -> None:
    write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE], ipv6PeeringConfig=IPV6)
    before = read_peering(sandbox, key, PRIVATE)
    after = write_peering(sandbox, key, PRIVATE, peerASN=65020, vlanId=201)
    assert told(after, "peerASN", "vlanId") == [65020, 201]
    assert not {"primaryPeerAddressPrefix", "ipv6PeeringConfig"} & after["properties"].keys()
    assert told(after, "gatewayManagerEtag") == told(before, "gatewayManagerEtag") == ["1"]


def test_it_leaves_the_other_peering_and_the_cross_connection_as_they_are(sandbox: SandboxProcess, key: str) -> None:
    before = read(sandbox, key)
    write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT])
    after = read(sandbox, key)
    assert after["properties"]["peerings"][0] == before["properties"]["peerings"][0]
    assert [one["name"] for one in after["properties"]["peerings"]] == [PRIVATE, MICROSOFT]
    assert after["properties"] | {"peerings": []} == before["properties"] | {"peerings": []}


@pytest.mark.parametrize("moves", [True, False])
def test_whether_the_etag_of_the_cross_connection_moves_is_a_switch(
    sandbox: SandboxProcess, key: str, *, moves: bool
) -> None:
    sandbox.behave(peering_edit_moves_etag=moves)
    for way in (lambda: write_peering(sandbox, key, PRIVATE, vlanId=9), lambda: removed(sandbox, key, PRIVATE)):
        before = read(sandbox, key)["etag"]
        way()
        assert (read(sandbox, key)["etag"] != before) is moves


def removed(sandbox: SandboxProcess, key: str, name: str) -> dict[str, Any]:
    """Delete a peering, and wait until it is gone."""
    return finish(sandbox, delete_peering(sandbox, key, name))


@pytest.mark.parametrize(("updates", "word"), [(True, "Updating"), (False, "Succeeded")])
def test_whether_the_cross_connection_is_updating_meanwhile_is_a_switch(
    sandbox: SandboxProcess, key: str, word: str, *, updates: bool
) -> None:
    sandbox.behave(peering_write_updates_parent=updates, parallel_writes="allowed")
    stall_put(sandbox, key)
    assert facts(sandbox, key)["provisioningState"] == word
    removed(sandbox, key, PRIVATE)
    assert facts(sandbox, key)["provisioningState"] == "Succeeded"


def test_it_has_sessions_and_routes_on_both_paths_once_it_is_done(sandbox: SandboxProcess) -> None:
    for name in (PRIVATE, MICROSOFT):
        write_peering(sandbox, KEY, name, **PEERINGS[name])
        for path in PATHS:
            [row] = read_table(sandbox, KEY, SUMMARY, path, name)
            assert int(row["stateOrPrefixesReceived"]) > 0
            assert len(read_table(sandbox, KEY, ARP, path, name)) == 2


def test_the_name_is_read_in_any_case_and_written_in_azures(sandbox: SandboxProcess) -> None:
    body = {"name": "azurePRIVATEpeering", "properties": PEERINGS[PRIVATE] | {"peeringType": "AZUREPRIVATEPEERING"}}
    answer = put_peering(sandbox, KEY, "AzureprivatePEERING", body)
    assert (answer.status_code, answer.json()["name"]) == (201, PRIVATE)
    assert answer.json()["properties"]["peeringType"] == PRIVATE
    finish(sandbox, answer)
    finish(sandbox, delete_peering(sandbox, KEY, "azureprivatepeering"))
    assert facts(sandbox, KEY)["peerings"] == []


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (PRIVATE, []),
        (PRIVATE, {}),
        (PRIVATE, {"properties": None}),
        (PRIVATE, {"properties": []}),
        (PRIVATE, {"name": 7, "properties": {}}),
        (PRIVATE, {"name": MICROSOFT, "properties": {}}),
        (PRIVATE, {"location": "westeurope", "properties": {}}),
        (PRIVATE, {"properties": {"peeringType": MICROSOFT}}),
        (PRIVATE, {"properties": {"vlanId": "200"}}),
        (PRIVATE, {"properties": {"peerASN": 0}}),
        (PRIVATE, {"properties": {"colour": "red"}}),
        ("Other", {"properties": {}}),
    ],
    ids=str,
)
def test_what_is_no_peering_is_an_invalid_request_format(sandbox: SandboxProcess, name: str, body: object) -> None:
    before = read(sandbox, KEY)
    answer = put_peering(sandbox, KEY, name, body)
    assert refusal(answer) == (400, "InvalidRequestFormat")
    assert answer.json()["error"]["details"][0]["code"] == "InvalidJson"
    assert read(sandbox, KEY) == before


def test_a_null_is_left_out_and_read_only_facts_are_not_looked_at(sandbox: SandboxProcess) -> None:
    odd = {"azureASN": 7, "provisioningState": "Deleting", "lastModifiedBy": "me", "primaryAzurePort": 7}
    found = write_peering(sandbox, KEY, PRIVATE, **PEERINGS[PRIVATE], sharedKey=None, ipv6PeeringConfig=None, **odd)
    assert told(found, *STATES, "primaryAzurePort") == ["Succeeded", 12076, "Enabled", "", ""]
    assert "ipv6PeeringConfig" not in found["properties"]


@pytest.mark.parametrize("name", ["AzurePublicPeering", "azurepublicpeering"])
def test_public_peering_is_retired(sandbox: SandboxProcess, name: str) -> None:
    answer = put_peering(sandbox, KEY, name, {"properties": {"peeringType": "AzurePublicPeering"}})
    assert refusal(answer) == (400, "AzurePublicPeeringRetired")
    assert answer.json()["error"]["details"] == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_missing_cross_connection_is_the_gateways_404(sandbox: SandboxProcess, method: str) -> None:
    answer = send(sandbox, method, peering_path(sandbox, str(uuid.uuid4()), PRIVATE), json={"properties": {}})
    assert refusal(answer) == (404, "ResourceNotFound")
    assert answer.headers["x-ms-failure-cause"] == "gateway"


def test_a_delete_is_a_202_with_both_addresses(sandbox: SandboxProcess, key: str) -> None:
    answer = delete_peering(sandbox, key, PRIVATE)
    assert (answer.status_code, answer.content, answer.headers["Retry-After"]) == (202, b"", "1")
    operation = answer.headers["x-ms-request-id"]
    assert f"/operations/{operation}?" in answer.headers[STATE]
    assert f"/operationResults/{operation}?" in answer.headers["Location"]
    done = follow(sandbox, answer)
    assert (done.status_code, done.content) == (204, b"")
    assert finish(sandbox, answer) == {"status": "Succeeded"}
    assert facts(sandbox, key)["peerings"] == []
    assert refusal(sandbox.get(peering_path(sandbox, key, PRIVATE))) == (404, "NotFound")


def test_until_it_is_deleted_it_is_deleting(sandbox: SandboxProcess, key: str) -> None:
    before = read_peering(sandbox, key, PRIVATE)
    sandbox.fault("operation-stall", method="DELETE")
    answer = delete_peering(sandbox, key, PRIVATE)
    after = read_peering(sandbox, key, PRIVATE)
    assert after["properties"] == before["properties"] | {"provisioningState": "Deleting"}
    assert facts(sandbox, key)["peerings"] == [after]
    assert send(sandbox, "GET", answer.headers["Location"]).status_code == 202
    assert send(sandbox, "GET", answer.headers[STATE]).json() == {"status": "InProgress"}


@pytest.mark.parametrize("name", [MICROSOFT, "AzurePublicPeering", "Other"])
def test_what_is_not_there_is_a_204_at_once(sandbox: SandboxProcess, key: str, name: str) -> None:
    before = read(sandbox, key)
    answer = delete_peering(sandbox, key, name)
    assert (answer.status_code, answer.content, answer.headers.get(STATE)) == (204, b"", None)
    assert read(sandbox, key) == before


def test_a_peering_that_comes_after_one_that_was_deleted_is_healthy_and_has_no_key(
    sandbox: SandboxProcess, key: str
) -> None:
    sandbox.behave(shared_key_echoed=True)
    write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE], sharedKey="A1B2C3D4")
    condition(sandbox, key, "no-arp", peering=PRIVATE)
    assert read_table(sandbox, key, ARP) == []
    removed(sandbox, key, PRIVATE)
    found = write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE])
    assert "sharedKey" not in found["properties"]
    assert len(read_table(sandbox, key, ARP)) == 2


@pytest.mark.parametrize(("value", "left"), [("kept", "A1B2C3D4"), ("removed", None)])
def test_a_key_that_is_left_out_stays_or_goes_by_a_switch(
    sandbox: SandboxProcess, key: str, value: str, left: str | None
) -> None:
    sandbox.behave(key_left_out=value, shared_key_echoed=True)
    write_peering(sandbox, key, PRIVATE, vlanId=200, sharedKey="A1B2C3D4")
    assert told(write_peering(sandbox, key, PRIVATE, vlanId=201), "sharedKey") == [left]


def test_an_empty_key_takes_it_away(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    write_peering(sandbox, key, PRIVATE, vlanId=200, sharedKey="A1B2C3D4")
    assert told(write_peering(sandbox, key, PRIVATE, vlanId=200, sharedKey=""), "sharedKey") == [None]


def test_no_answer_shows_a_key_unless_a_switch_says_so(sandbox: SandboxProcess, key: str) -> None:
    body = {"properties": {"vlanId": 200, "sharedKey": "A1B2C3D4"}}
    answer = put_peering(sandbox, key, PRIVATE, body)
    finish(sandbox, answer)
    for one in (answer, sandbox.get(peering_path(sandbox, key, PRIVATE)), sandbox.get(traced_path(sandbox, key))):
        assert "sharedKey" not in one.text
    sandbox.behave(shared_key_echoed=True)
    assert put_peering(sandbox, key, PRIVATE, body).json()["properties"]["sharedKey"] == "A1B2C3D4"


def test_the_next_write_of_the_cross_connection_can_follow(sandbox: SandboxProcess, key: str) -> None:
    write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT])
    found = write(sandbox, key, peerings=facts(sandbox, key)["peerings"], **{PROVIDER_STATE: "Provisioned"})
    assert [one["name"] for one in found["peerings"]] == [PRIVATE, MICROSOFT]


@pytest.mark.parametrize(("verb", "method"), [("write", "PUT"), ("delete", "DELETE")])
def test_each_takes_a_permission_of_its_own(sandbox: SandboxProcess, key: str, verb: str, method: str) -> None:
    action = f"Microsoft.Network/expressRouteCrossConnections/peerings/{verb}"
    sandbox.behave(missing_permission=action)
    path = peering_path(sandbox, key, PRIVATE)
    answer = send(sandbox, method, path, json={"properties": {}})
    assert refusal(answer) == (403, "AuthorizationFailed")
    assert f"'{action}' over scope '{path}'" in answer.json()["error"]["message"]
    other = delete_peering(sandbox, key, PRIVATE) if verb == "write" else put(sandbox, key, body_of(sandbox, key))
    assert other.status_code < 300


@pytest.mark.parametrize(("method", "kind"), [("PUT", "writes"), ("DELETE", "deletes")])
def test_each_takes_from_its_bucket(sandbox: SandboxProcess, key: str, method: str, kind: str) -> None:
    answer = send(sandbox, method, peering_path(sandbox, key, PRIVATE), json={"properties": {}})
    assert f"x-ms-ratelimit-remaining-subscription-{kind}" in answer.headers
