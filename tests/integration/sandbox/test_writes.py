"""The partner writes a cross connection: what is refused, what is answered, and what is true in the end."""

from typing import Any

import pytest

from tests.integration.sandbox.estates import NOT_PROVISIONED, list_pages, refusal, traced_path
from tests.integration.sandbox.tables import send
from tests.integration.sandbox.writing import PROVIDER_STATE, STATE, body_of, facts, finish, put, read, stall, write
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED
OTHER = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
NOWHERE = "00000000-1111-2222-3333-444444444444"
STATES = ["NotProvisioned", "Provisioning", "Provisioned", "Deprovisioning", "DeProvisioned"]


def circuit(sandbox: SandboxProcess, name: str = "TestCircuitXYZ") -> str:
    group = f"/subscriptions/{sandbox.subscription('customer')['id']}/resourceGroups/Karthikcrossconnectiontest"
    return f"{group}/providers/Microsoft.Network/expressRouteCircuits/{name}"


def published(sandbox: SandboxProcess) -> dict[str, Any]:
    """The body of Microsoft's trace, to the letter but for the subscription."""
    return {
        "properties": {
            "serviceProviderProvisioningState": "Provisioned",
            "peeringLocation": "EUAP Test",
            "expressRouteCircuit": {"id": circuit(sandbox)},
            "bandwidthInMbps": 200,
        },
        "location": "East US 2 EUAP",
    }


def test_microsofts_published_exchange_is_answered_as_microsoft_did(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY, "2018-02-01")["etag"]
    answer = put(sandbox, KEY, published(sandbox), version="2018-02-01")
    body = answer.json()
    assert answer.status_code == 200
    assert list(body) == ["name", "id", "etag", "type", "location", "properties"]
    assert body["etag"].startswith('W/"')
    assert body["etag"] != before
    assert {**body, "etag": "?"} == {
        "name": KEY,
        "id": traced_path(sandbox),
        "etag": "?",
        "type": "Microsoft.Network/expressRouteCrossConnections",
        "location": "eastus2euap",
        "properties": {
            "provisioningState": "Updating",
            "expressRouteCircuit": {"id": circuit(sandbox)},
            "peeringLocation": "EUAP Test",
            "bandwidthInMbps": 200,
            "serviceProviderProvisioningState": "Provisioned",
            "primaryAzurePort": "",
            "secondaryAzurePort": "",
            "sTag": 0,
            "peerings": [],
        },
    }


def test_its_headers_are_microsofts_as_well(sandbox: SandboxProcess) -> None:
    headers = put(sandbox, KEY, published(sandbox), version="2018-02-01").headers
    where = f"/subscriptions/{sandbox.subscription('test')['id']}/providers/Microsoft.Network/locations/eastus2euap"
    operation = f"{where}/operations/{headers['x-ms-request-id']}?api-version=2018-02-01"
    assert headers[STATE] == f"{sandbox.manifest['arm']}{operation}"
    assert headers["Retry-After"] == "1"
    assert "Location" not in headers
    assert int(headers["x-ms-ratelimit-remaining-subscription-writes"]) < 200
    assert "x-ms-failure-cause" not in headers


def test_its_operation_says_nothing_but_that_it_succeeded(sandbox: SandboxProcess) -> None:
    answer = put(sandbox, KEY, published(sandbox), version="2018-02-01")
    assert finish(sandbox, answer) == {"status": "Succeeded"}
    assert "Retry-After" not in send(sandbox, "GET", answer.headers[STATE]).headers


def test_in_the_end_it_is_as_it_was_but_for_state_and_etag(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)
    finish(sandbox, put(sandbox, KEY, published(sandbox)))
    after = read(sandbox, KEY)
    assert after["etag"] != before["etag"]
    assert after["properties"] == before["properties"] | {PROVIDER_STATE: "Provisioned"}
    entries = [entry for page in list_pages(sandbox, sandbox.subscription("test")["id"]) for entry in page]
    [listed] = [entry for entry in entries if entry["name"] == KEY]
    assert listed["etag"] == after["etag"]
    assert listed["properties"][PROVIDER_STATE] == "Provisioned"


def test_while_it_runs_a_get_shows_what_was_asked_and_the_real_ports(sandbox: SandboxProcess) -> None:
    before = facts(sandbox, KEY)
    answer = stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioning"})
    document = read(sandbox, KEY)
    assert document["etag"] == answer.json()["etag"]
    assert document["properties"] == before | {"provisioningState": "Updating", PROVIDER_STATE: "Provisioning"}
    assert send(sandbox, "GET", answer.headers[STATE]).json() == {"status": "InProgress"}


def test_the_etag_moves_when_it_starts_and_when_it_ends(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)["etag"]
    answer = put(sandbox, KEY, published(sandbox))
    finish(sandbox, answer)
    assert len({before, answer.json()["etag"], read(sandbox, KEY)["etag"]}) == 3
    assert read(sandbox, KEY)["etag"] == read(sandbox, KEY)["etag"]


def test_every_state_may_follow_every_other(sandbox: SandboxProcess) -> None:
    for before in STATES:
        for after in STATES:
            write(sandbox, KEY, **{PROVIDER_STATE: before})
            assert write(sandbox, KEY, **{PROVIDER_STATE: after})[PROVIDER_STATE] == after


def test_what_a_get_showed_can_be_put_back_whole(sandbox: SandboxProcess) -> None:
    pages = list_pages(sandbox, sandbox.subscription("production")["id"])
    for entry in pages[0][:20]:
        before = sandbox.get(entry["id"]).json()
        answer = send(sandbox, "PUT", entry["id"], json=before)
        finish(sandbox, answer)
        after = sandbox.get(entry["id"]).json()
        assert {**after, "etag": ""} == {**before, "etag": ""}


def test_ids_and_places_are_compared_in_any_case(sandbox: SandboxProcess) -> None:
    other = {"peeringLocation": "euap TEST", "expressRouteCircuit": {"id": circuit(sandbox).upper()}}
    body = body_of(sandbox, KEY, **other)
    assert put(sandbox, KEY.upper(), body).json()["properties"]["expressRouteCircuit"]["id"] == circuit(sandbox)
    assert facts(sandbox, KEY)["peeringLocation"] == "EUAP Test"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b'"\\ud800"', b"\xff", b"[" * 99_999, b'{"a": NaN}'])
def test_a_body_that_is_no_json_object_cannot_be_parsed(sandbox: SandboxProcess, body: bytes) -> None:
    answer = put(sandbox, KEY, body)
    assert refusal(answer) == (400, "InvalidRequestFormat")
    error = answer.json()["error"]
    assert error["message"] == "Cannot parse the request."
    assert [one["code"] for one in error["details"]] == ["InvalidJson"]


def test_a_partner_cannot_create_one(sandbox: SandboxProcess) -> None:
    answer = put(sandbox, NOWHERE, published(sandbox))
    assert refusal(answer) == (404, "ResourceNotFound")
    assert answer.headers["x-ms-failure-cause"] == "gateway"


def test_a_partner_cannot_delete_one(sandbox: SandboxProcess) -> None:
    answer = send(sandbox, "DELETE", traced_path(sandbox))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, PATCH, PUT")


def test_a_body_as_the_specifications_example_has_it_lacks_a_location(sandbox: SandboxProcess) -> None:
    answer = put(sandbox, KEY, {"properties": {PROVIDER_STATE: "NotProvisioned"}})
    assert answer.status_code == 400
    assert answer.headers["x-ms-failure-cause"] == "gateway"
    message = "The location property is required for this definition."
    assert answer.json() == {"error": {"code": "LocationRequired", "message": message}}


REFUSALS = {
    "expressRouteCircuit": ("CircuitReference", "Circuit Reference", "null"),
    "peeringLocation": ("PeeringLocation", "Peering Location", ""),
    "bandwidthInMbps": ("Bandwidth", "Bandwidth", ""),
}


def told(sandbox: SandboxProcess, name: str) -> str:
    value = facts(sandbox, KEY)[name]
    return value["id"] if name == "expressRouteCircuit" else str(value)


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_left_out_counts_as_a_change(sandbox: SandboxProcess, name: str) -> None:
    code, words, nothing = REFUSALS[name]
    answer = put(sandbox, KEY, body_of(sandbox, KEY, **{name: None}))
    message = f"The {words} for an Express Route Cross Connection {traced_path(sandbox)} cannot be modified"
    assert answer.status_code == 400
    assert answer.json()["error"] == {
        "code": f"ExpressRoute{code}InCrossConnectionCannotBeModified",
        "message": f"{message} from {told(sandbox, name)} to {nothing}.",
        "details": [],
    }


@pytest.mark.parametrize(
    ("name", "value"), [("expressRouteCircuit", {"id": "/x"}), ("peeringLocation", "London"), ("bandwidthInMbps", 500)]
)
def test_what_cannot_be_modified_is_told_from_what_to_what(sandbox: SandboxProcess, name: str, value: Any) -> None:
    code, *_ = REFUSALS[name]
    answer = put(sandbox, KEY, body_of(sandbox, KEY, **{name: value}))
    assert refusal(answer) == (400, f"ExpressRoute{code}InCrossConnectionCannotBeModified")
    to = value["id"] if isinstance(value, dict) else value
    assert answer.json()["error"]["message"].endswith(f" from {told(sandbox, name)} to {to}.")


@pytest.mark.parametrize("reference", [{}, {"id": None}])
def test_a_circuit_without_an_id_is_null(sandbox: SandboxProcess, reference: object) -> None:
    answer = put(sandbox, KEY, body_of(sandbox, KEY, expressRouteCircuit=reference))
    assert answer.json()["error"]["message"].endswith(" to null.")


def test_the_circuits_reference_is_refused_in_german_as_recorded(sandbox: SandboxProcess) -> None:
    sandbox.behave(localised_messages=True)
    answer = put(sandbox, KEY, body_of(sandbox, KEY, expressRouteCircuit=None))
    assert answer.json()["error"]["message"] == (
        f'Der Leitungsverweis für die ExpressRoute-Querverbindung "{traced_path(sandbox)}" kann nicht von '
        f'"{circuit(sandbox)}" in "null" geändert werden.'
    )


def test_they_are_refused_in_azures_order(sandbox: SandboxProcess) -> None:
    good = body_of(sandbox, KEY)
    body: dict[str, Any] = {"properties": {PROVIDER_STATE: "Provisioned"}}
    codes = []
    for name in ("location", *REFUSALS):
        codes.append(refusal(put(sandbox, KEY, body))[1])
        part = body if name == "location" else body["properties"]
        part[name] = good[name] if name == "location" else good["properties"][name]
    assert codes == [
        "LocationRequired",
        "ExpressRouteCircuitReferenceInCrossConnectionCannotBeModified",
        "ExpressRoutePeeringLocationInCrossConnectionCannotBeModified",
        "ExpressRouteBandwidthInCrossConnectionCannotBeModified",
    ]
    assert put(sandbox, KEY, body).status_code == 200


@pytest.mark.parametrize("location", ["", None, 7])
def test_a_location_that_is_no_text_is_none(sandbox: SandboxProcess, location: object) -> None:
    assert refusal(put(sandbox, KEY, published(sandbox) | {"location": location})) == (400, "LocationRequired")


def test_a_resource_does_not_move_to_another_region(sandbox: SandboxProcess) -> None:
    answer = put(sandbox, KEY, published(sandbox) | {"location": "West Europe"})
    assert refusal(answer) == (409, "InvalidResourceLocation")
    assert "in location 'eastus2euap' in resource group 'CrossConnection-EUAPTest'" in answer.text


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({PROVIDER_STATE: "Done"}, "Deprovisioning"),
        ({PROVIDER_STATE: "provisioned"}, PROVIDER_STATE),
        ({PROVIDER_STATE: None}, f"{PROVIDER_STATE} is missing"),
        ({"bandwidthInMbps": "200"}, "bandwidthInMbps"),
        ({"bandwidthInMbps": True}, "bandwidthInMbps"),
        ({"expressRouteCircuit": "x"}, "expressRouteCircuit"),
        ({"serviceProviderNotes": 5}, "serviceProviderNotes"),
        ({"serviceProviderNote": "x"}, "serviceProviderNote"),
        ({"peerings": {}}, "peerings"),
        ({"peerings": [7]}, "peerings"),
        ({"peerings": [{"name": "AzurePrivatePeering"}]}, "properties"),
        ({"peerings": [{"name": "Other", "properties": {}}]}, "MicrosoftPeering"),
        ({"peerings": [{"name": 5, "properties": {}}]}, "MicrosoftPeering"),
        ({"peerings": [{"name": "MicrosoftPeering", "properties": {"vlanId": "7"}}]}, "vlanId"),
        ({"peerings": [{"name": "MicrosoftPeering", "properties": {"vlan": 7}}]}, "vlan"),
        ({"peerings": [{"name": "MicrosoftPeering", "properties": {"peeringType": "AzurePrivatePeering"}}]}, "Type"),
        ({"peerings": [{"name": "MicrosoftPeering", "properties": {}}] * 2}, "twice"),
    ],
)
def test_what_is_of_no_right_name_or_type_cannot_be_parsed(
    sandbox: SandboxProcess, changes: dict[str, Any], word: str
) -> None:
    before = read(sandbox, KEY)
    answer = put(sandbox, KEY, body_of(sandbox, KEY, **changes))
    assert refusal(answer) == (400, "InvalidRequestFormat")
    [detail] = answer.json()["error"]["details"]
    assert detail["message"].startswith("Error converting value: ")
    assert word in detail["message"]
    assert read(sandbox, KEY) == before


@pytest.mark.parametrize(
    ("part", "word"), [({"properties": 7}, "properties"), ({"tag": {}}, "tag"), ({"tags": {"a": 1}}, "tags")]
)
def test_the_parts_of_a_body_are_looked_at_as_well(sandbox: SandboxProcess, part: dict[str, Any], word: str) -> None:
    answer = put(sandbox, KEY, body_of(sandbox, KEY) | part)
    assert refusal(answer) == (400, "InvalidRequestFormat")
    assert word in answer.json()["error"]["details"][0]["message"]


@pytest.mark.parametrize(("version", "status"), [("2025-07-01", 400), ("2025-09-01", 200)])
def test_a_state_that_a_version_does_not_have_cannot_be_asked_with_it(
    sandbox: SandboxProcess, version: str, status: int
) -> None:
    body = body_of(sandbox, KEY, **{PROVIDER_STATE: "DeProvisioned"})
    assert put(sandbox, KEY, body, version=version).status_code == status


def test_writing_takes_a_permission_of_its_own(sandbox: SandboxProcess) -> None:
    action = "Microsoft.Network/expressRouteCrossConnections/write"
    sandbox.behave(missing_permission=action)
    answer = put(sandbox, KEY, published(sandbox))
    assert refusal(answer) == (403, "AuthorizationFailed")
    assert f"'{action}' over scope '{traced_path(sandbox)}'" in answer.json()["error"]["message"]
    assert facts(sandbox, KEY)[PROVIDER_STATE] == "NotProvisioned"


def test_notes_and_tags_that_are_left_out_are_gone(sandbox: SandboxProcess) -> None:
    body = body_of(sandbox, KEY, serviceProviderNotes="Cage 14") | {"tags": {"ticket": "NL-1"}}
    finish(sandbox, put(sandbox, KEY, body))
    document = read(sandbox, KEY)
    assert (document["properties"]["serviceProviderNotes"], document["tags"]) == ("Cage 14", {"ticket": "NL-1"})
    write(sandbox, KEY)
    document = read(sandbox, KEY)
    assert "serviceProviderNotes" not in document["properties"]
    assert "tags" not in document


def test_what_a_customer_does_meanwhile_stays(sandbox: SandboxProcess) -> None:
    answer = stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    sandbox.edit(KEY, bandwidth_mbps=500, peerings={"AzurePrivatePeering": {"vlanId": 200}})
    document = read(sandbox, KEY)
    assert document["etag"] != answer.json()["etag"]
    found = document["properties"]
    assert (found["bandwidthInMbps"], found[PROVIDER_STATE]) == (500, "Provisioned")
    assert (found["provisioningState"], len(found["peerings"])) == ("Updating", 1)


def test_a_circuit_may_vanish_while_it_is_written(sandbox: SandboxProcess) -> None:
    key = sandbox.order(peering_location="EUAP Test", subscription=sandbox.subscription("test")["id"])
    answer = put(sandbox, key, body_of(sandbox, key))
    sandbox.delete(key)
    assert finish(sandbox, answer) == {"status": "Succeeded"}
    assert refusal(sandbox.get(traced_path(sandbox, key))) == (404, "ResourceNotFound")


def test_a_reset_takes_a_write_back(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)
    stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    sandbox.reset()
    assert read(sandbox, KEY) == before


def test_the_log_has_each_write_with_what_was_sent(sandbox: SandboxProcess) -> None:
    number = sandbox.requests()[-1]["number"]
    put(sandbox, KEY, published(sandbox))
    put(sandbox, OTHER, {})
    written = [one for one in sandbox.requests(after=number) if one["method"] == "PUT"]
    assert [one["status"] for one in written] == [200, 400]
    assert '"serviceProviderProvisioningState": "Provisioned"' in written[0]["body"]
