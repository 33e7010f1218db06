"""The two peerings that Microsoft published being written, answered as it published.

From "cross-connections-api-development" (MicrosoftDocs/azure-docs), the only traces of a partner's writes there are:
api-version 2018-02-01, bodies to the letter, the subscription and the service key the sandbox's.
"""

import json
from typing import Any

import pytest
from requests import Response

from tests.integration.sandbox.estates import NOT_PROVISIONED
from tests.integration.sandbox.tables import MICROSOFT, PRIVATE, send
from tests.integration.sandbox.writing import STATE, finish, peering_path, put_peering
from tests.published_peerings import REQUESTS
from tests.sandbox_process import SandboxProcess

KEY, VERSION = NOT_PROVISIONED, "2018-02-01"
ANSWERS: dict[str, dict[str, Any]] = {
    PRIVATE: {
        "name": "AzurePrivatePeering",
        "properties": {
            "provisioningState": "Updating",
            "peeringType": "AzurePrivatePeering",
            "azureASN": 0,
            "peerASN": 500,
            "primaryPeerAddressPrefix": "10.0.0.0/30",
            "secondaryPeerAddressPrefix": "10.0.0.4/30",
            "sharedKey": "A1B2C3D4",
            "state": "Disabled",
            "vlanId": 200,
            "lastModifiedBy": "",
        },
    },
    MICROSOFT: {
        "name": "MicrosoftPeering",
        "properties": {
            "provisioningState": "Updating",
            "peeringType": "MicrosoftPeering",
            "azureASN": 0,
            "peerASN": 900,
            "primaryPeerAddressPrefix": "123.0.0.0/30",
            "secondaryPeerAddressPrefix": "123.0.0.4/30",
            "state": "Disabled",
            "vlanId": 300,
            "lastModifiedBy": "",
            "microsoftPeeringConfig": {
                "advertisedPublicPrefixes": ["123.1.0.0/24"],
                "advertisedPublicPrefixesState": "NotConfigured",
                "customerASN": 45,
                "legacyMode": 0,
                "routingRegistryName": "ARIN",
            },
        },
    },
}


def ask(sandbox: SandboxProcess, name: str) -> Response:
    return put_peering(sandbox, KEY, name, REQUESTS[name], version=VERSION)


@pytest.mark.parametrize("name", [PRIVATE, MICROSOFT])
def test_the_answer_has_every_published_fact_and_no_other(sandbox: SandboxProcess, name: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    answer = ask(sandbox, name)
    assert answer.status_code == 201
    assert answer.json() == {**ANSWERS[name], "id": peering_path(sandbox, KEY, name)}


@pytest.mark.parametrize("name", [PRIVATE, MICROSOFT])
def test_the_operation_is_told_as_published(sandbox: SandboxProcess, name: str) -> None:
    answer = ask(sandbox, name)
    subscription, operation = sandbox.subscription("test")["id"], answer.headers["x-ms-request-id"]
    place = f"/subscriptions/{subscription}/providers/Microsoft.Network/locations/eastus2euap/operations/{operation}"
    assert answer.headers[STATE] == f"{sandbox.manifest['arm']}{place}?api-version={VERSION}"
    assert answer.headers["Cache-Control"] == answer.headers["Pragma"] == "no-cache"
    assert "x-ms-ratelimit-remaining-subscription-writes" in answer.headers
    assert {"Location", "ETag"}.isdisjoint(answer.headers)
    assert finish(sandbox, answer) == {"status": "Succeeded"}


def test_without_the_switch_the_key_is_all_that_is_missing(sandbox: SandboxProcess) -> None:
    told = ask(sandbox, PRIVATE).json()["properties"]
    assert {**told, "sharedKey": "A1B2C3D4"} == ANSWERS[PRIVATE]["properties"]


def test_one_after_the_other_both_are_there_in_the_end(sandbox: SandboxProcess) -> None:
    for name in (PRIVATE, MICROSOFT):
        finish(sandbox, ask(sandbox, name))
    found = send(sandbox, "GET", peering_path(sandbox, KEY, "").rstrip("/")).json()["value"]
    for one in found:
        sent = REQUESTS[one["name"]]["properties"]
        kept = {name: sent[name] for name in sent.keys() - {"sharedKey", "microsoftPeeringConfig"}}
        assert kept.items() <= one["properties"].items()
        assert (one["properties"]["azureASN"], one["properties"]["state"]) == (12076, "Enabled")
    config = found[1]["properties"]["microsoftPeeringConfig"]
    assert REQUESTS[MICROSOFT]["properties"]["microsoftPeeringConfig"].items() <= config.items()
    assert [one["name"] for one in found] == [PRIVATE, MICROSOFT]


@pytest.mark.parametrize("name", [PRIVATE, MICROSOFT])
def test_the_request_log_has_the_published_body_but_for_the_key(sandbox: SandboxProcess, name: str) -> None:
    number = sandbox.requests()[-1]["number"]
    ask(sandbox, name)
    [told] = [one for one in sandbox.requests(after=number) if one["method"] == "PUT"]
    expected = json.dumps(REQUESTS[name]).replace("A1B2C3D4", "(hidden)")
    assert json.loads(told["body"]) == json.loads(expected)
    assert told["query"] == f"api-version={VERSION}"
