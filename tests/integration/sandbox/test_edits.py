"""The customer edits a circuit that stands."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.sandbox.estates import control, list_documents, list_pages, traced_path
from tests.integration.sandbox.tables import MICROSOFT, PRIVATE
from tests.integration.sandbox.writing import finish, put_peering, read_peering, write_peering
from tests.sandbox_process import SandboxProcess

KEY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def key(sandbox: SandboxProcess) -> Iterator[str]:
    key = sandbox.order(
        peering_location="EUAP Test", subscription=sandbox.subscription("test")["id"], bandwidth_mbps=200
    )
    yield key
    sandbox.delete(key)


def read(sandbox: SandboxProcess, key: str) -> dict[str, Any]:
    document: dict[str, Any] = sandbox.get(traced_path(sandbox, key)).json()
    return document


def test_a_raised_bandwidth_shows_in_list_and_get_under_a_new_etag(sandbox: SandboxProcess, key: str) -> None:
    before = read(sandbox, key)
    sandbox.edit(key, bandwidth_mbps=1000)
    after = read(sandbox, key)
    assert after["properties"]["bandwidthInMbps"] == 1000
    assert after["etag"] != before["etag"]
    entries = [entry for page in list_pages(sandbox, sandbox.subscription("test")["id"]) for entry in page]
    assert next(entry for entry in entries if entry["name"] == key)["properties"]["bandwidthInMbps"] == 1000


def test_a_peering_of_the_customers_comes_changes_and_goes(sandbox: SandboxProcess, key: str) -> None:
    sandbox.edit(key, peerings={"AzurePrivatePeering": {"vlanId": 200, "peerASN": 65010}})
    [peering] = read(sandbox, key)["properties"]["peerings"]
    assert peering["properties"]["lastModifiedBy"] == "Customer"
    assert (peering["properties"]["vlanId"], peering["properties"]["peerASN"]) == (200, 65010)
    sandbox.edit(key, peerings=[{"name": "AzurePrivatePeering", "properties": {"vlanId": 201}}])
    [peering] = read(sandbox, key)["properties"]["peerings"]
    assert (peering["properties"]["vlanId"], peering["properties"]["peerASN"]) == (201, 65010)
    sandbox.edit(key, peerings={"AzurePrivatePeering": None})
    assert read(sandbox, key)["properties"]["peerings"] == []


@pytest.mark.parametrize("moves", [True, False])
def test_whether_a_peerings_edit_moves_the_etag_of_its_cross_connection_is_a_switch(
    sandbox: SandboxProcess, key: str, *, moves: bool
) -> None:
    sandbox.behave(peering_edit_moves_etag=moves)
    before = read(sandbox, key)["etag"]
    sandbox.edit(key, peerings={"MicrosoftPeering": {"vlanId": 300}})
    assert (read(sandbox, key)["etag"] != before) is moves
    sandbox.behave(peering_edit_moves_etag=True)


def test_a_shared_key_of_a_customers_is_kept_and_shown_only_by_a_switch(sandbox: SandboxProcess, key: str) -> None:
    number = sandbox.requests()[-1]["number"]
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 200, "sharedKey": "A1B2C3D4"}})
    sandbox.edit(key, peerings=[{"name": PRIVATE, "properties": {"vlanId": 201}}])
    assert "A1B2C3D4" not in sandbox.get(traced_path(sandbox, key)).text
    assert "A1B2C3D4" not in str(sandbox.requests(after=number))
    sandbox.behave(shared_key_echoed=True)
    [peering] = read(sandbox, key)["properties"]["peerings"]
    assert (peering["properties"]["vlanId"], peering["properties"]["sharedKey"]) == (201, "A1B2C3D4")


@pytest.mark.parametrize("way", [{"sharedKey": ""}, None], ids=["blank", "removed"])
def test_a_shared_key_of_a_customers_can_be_taken_away(
    sandbox: SandboxProcess, key: str, way: dict[str, Any] | None
) -> None:
    sandbox.behave(shared_key_echoed=True)
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 200, "sharedKey": "A1B2C3D4"}})
    sandbox.edit(key, peerings={PRIVATE: way})
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 200}})
    assert "sharedKey" not in str(read(sandbox, key))


def test_what_the_customer_edits_goes_over_what_the_provider_wrote(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    write_peering(sandbox, key, PRIVATE, peerASN=65010, vlanId=200, sharedKey="A1B2C3D4")
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 300, "sharedKey": "E5F6"}})
    [peering] = read(sandbox, key)["properties"]["peerings"]
    told = [peering["properties"][name] for name in ("peerASN", "vlanId", "sharedKey", "lastModifiedBy")]
    assert told == [65010, 300, "E5F6", "Customer"]


def test_what_the_customer_edits_while_the_provider_writes_stays_and_is_disturbed_by_nothing(
    sandbox: SandboxProcess, key: str
) -> None:
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 200}})
    answer = put_peering(sandbox, key, PRIVATE, {"properties": {"vlanId": 201, "peerASN": 65010}})
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 300}})
    finish(sandbox, answer)
    found = read_peering(sandbox, key, PRIVATE)["properties"]
    told = [found[name] for name in ("vlanId", "peerASN", "state", "provisioningState", "lastModifiedBy")]
    assert told == [300, 65010, "Enabled", "Succeeded", "Customer"]


def test_what_the_customer_removes_while_the_provider_writes_stays_away(sandbox: SandboxProcess, key: str) -> None:
    answer = put_peering(sandbox, key, PRIVATE, {"properties": {"vlanId": 201}})
    sandbox.edit(key, peerings={PRIVATE: None})
    finish(sandbox, answer)
    assert read(sandbox, key)["properties"]["peerings"] == []


def test_the_customer_heals_what_a_write_of_the_providers_left_failed(sandbox: SandboxProcess, key: str) -> None:
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 200}})
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, put_peering(sandbox, key, PRIVATE, {"properties": {"vlanId": 201}}))
    assert read_peering(sandbox, key, PRIVATE)["properties"]["provisioningState"] == "Failed"
    sandbox.edit(key, peerings={PRIVATE: {"vlanId": 202}})
    assert read_peering(sandbox, key, PRIVATE)["properties"]["provisioningState"] == "Succeeded"


def test_what_a_get_showed_can_be_sent_back_with_a_change(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if len(one["properties"]["peerings"]) == 2)
    peerings = document["properties"]["peerings"]
    peerings[0]["properties"]["vlanId"] = 77
    sandbox.edit(document["name"], peerings=peerings)
    after = sandbox.get(document["id"]).json()["properties"]["peerings"]
    assert [one["properties"]["vlanId"] for one in after] == [77, peerings[1]["properties"]["vlanId"]]


@pytest.mark.parametrize(
    ("name", "facts", "word"),
    [
        (PRIVATE, {"id": 5}, "id"),
        (PRIVATE, {"vlanId": "x"}, "vlanId"),
        (PRIVATE, {"vlanId": True}, "vlanId"),
        (PRIVATE, {"vlanId": 2**31}, "vlanId"),
        (PRIVATE, {"vlanId": None}, "vlanId"),
        (PRIVATE, {"peerASN": 0}, "peerASN"),
        (PRIVATE, {"state": "On"}, "state"),
        (PRIVATE, {"state": ["Enabled"]}, "state"),
        (PRIVATE, {"primaryPeerAddressPrefix": 10}, "primaryPeerAddressPrefix"),
        (PRIVATE, {"peeringType": MICROSOFT}, "peeringType"),
        (PRIVATE, {"peeringType": None}, "peeringType"),
        (PRIVATE, {"provisioningState": None}, "provisioningState of a peering is read-only"),
        (PRIVATE, {"azureASN": 65000}, "read-only"),
        (PRIVATE, {"lastModifiedBy": "me"}, "read-only"),
        (PRIVATE, {"ipv6PeeringConfig": {"id": 5}}, "ipv6PeeringConfig has no 'id'"),
        (PRIVATE, {"ipv6PeeringConfig": {"routeFilter": {"id": 5}}}, "id takes text"),
        (PRIVATE, {"ipv6PeeringConfig": {"routeFilter": {}, "microsoftPeeringConfig": 1}}, "microsoftPeeringConfig"),
        (MICROSOFT, {"microsoftPeeringConfig": {"advertisedPublicPrefixes": "1.2.3.0/24"}}, "a list"),
        (MICROSOFT, {"microsoftPeeringConfig": {"advertisedPublicPrefixes": [1]}}, "text"),
        (MICROSOFT, {"microsoftPeeringConfig": {"customerASN": 2**31}}, "customerASN"),
        (MICROSOFT, {"microsoftPeeringConfig": {"advertisedPublicPrefixesState": "Fine"}}, "ValidationNeeded"),
        (MICROSOFT, {"microsoftPeeringConfig": {"advertisedPublicPrefixInfo": [{"validationState": 1}]}}, "Configured"),
    ],
)
def test_a_peering_that_azure_could_not_have_is_refused_by_the_name_of_what_is_wrong(
    sandbox: SandboxProcess, key: str, name: str, facts: dict[str, Any], word: str
) -> None:
    before = read(sandbox, key)
    answer = control(sandbox, "PATCH", f"circuits/{key}", json={"peerings": {name: facts}})
    assert answer.status_code == 400
    assert word in answer.json()["error"]
    assert read(sandbox, key) == before


def test_the_state_of_prefixes_can_be_written_although_azure_decides_it(sandbox: SandboxProcess, key: str) -> None:
    config = {"advertisedPublicPrefixes": ["124.0.0.0/24"], "advertisedPublicPrefixesState": "ValidationNeeded"}
    sandbox.edit(key, peerings={MICROSOFT: {"microsoftPeeringConfig": config}})
    [peering] = read(sandbox, key)["properties"]["peerings"]
    assert peering["properties"]["microsoftPeeringConfig"] == config


@pytest.mark.parametrize(
    "body",
    [
        {}, [], 7, {"name": "x"}, {"bandwidth_mbps": 100}, {"bandwidth_mbps": 200}, {"bandwidth_mbps": 333},
        {"bandwidth_mbps": True}, {"peerings": 7}, {"peerings": {"Other": {}}}, {"peerings": {"MicrosoftPeering": 7}},
        {"peerings": [{}]}, {"peerings": ["MicrosoftPeering"]}, {"peerings": None}, {"peerings": [{"name": 5}]},
        {"peerings": [{"name": "MicrosoftPeering", "vlanId": 1}, {"name": "MicrosoftPeering", "vlanId": 2}]},
        {"peerings": [{"name": "AzurePrivatePeering", "properties": {"peeringType": "MicrosoftPeering"}}]},
    ],
    ids=str,
)  # fmt: skip
def test_an_edit_that_cannot_be_is_refused_with_a_sentence(sandbox: SandboxProcess, key: str, body: object) -> None:
    before = read(sandbox, key)
    answer = control(sandbox, "PATCH", f"circuits/{key}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert read(sandbox, key) == before


def test_what_does_not_exist_cannot_be_edited(sandbox: SandboxProcess) -> None:
    assert control(sandbox, "PATCH", f"circuits/{KEY}", json={"bandwidth_mbps": 500}).status_code == 404


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000"], ids=["surrogate", "NUL"])
def test_what_no_file_could_hold_spoils_nothing(sandbox: SandboxProcess, key: str, text: str) -> None:
    answer = control(
        sandbox, "PATCH", f"circuits/{key}", data=f'{{"peerings": {{"MicrosoftPeering": {{"x": "{text}"}}}}}}'
    )
    assert answer.status_code in (200, 400)
    assert read(sandbox, key)["name"] == key
    sandbox.edit(key, bandwidth_mbps=500)
