import re
from base64 import urlsafe_b64encode

import pytest

from tests.integration.sandbox.estates import (
    LIST,
    NOT_PROVISIONED,
    ask,
    list_documents,
    list_pages,
    refusal,
    traced_path,
)
from tests.sandbox_process import SandboxProcess

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def test_the_test_subscription_lists_what_microsofts_trace_lists(sandbox: SandboxProcess) -> None:
    test, customer = sandbox.subscription("test")["id"], sandbox.subscription("customer")["id"]
    circuits = (
        f"/subscriptions/{customer}/resourceGroups/Karthikcrossconnectiontest"
        "/providers/Microsoft.Network/expressRouteCircuits"
    )
    [page] = list_pages(sandbox, test)
    assert [{**entry, "etag": "?"} for entry in page] == [
        {
            "name": name,
            "id": traced_path(sandbox, name),
            "etag": "?",
            "type": "Microsoft.Network/expressRouteCrossConnections",
            "location": "eastus2euap",
            "properties": {
                "provisioningState": "Succeeded",
                "expressRouteCircuit": {"id": f"{circuits}/{circuit}"},
                "peeringLocation": "EUAP Test",
                "bandwidthInMbps": 200,
                "serviceProviderProvisioningState": state,
                "peerings": [],
            },
        }
        for name, state, circuit in (
            ("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e", "Provisioned", "TestCircuit2"),
            (NOT_PROVISIONED, "NotProvisioned", "TestCircuitXYZ"),
        )
    ]


def test_a_single_one_shows_ports_and_s_tag_as_well(sandbox: SandboxProcess) -> None:
    facts = sandbox.get(traced_path(sandbox)).json()["properties"]
    assert facts["primaryAzurePort"] == "EUAP-ARMTEST-06GMR-CIS-1-PRI-A"
    assert facts["secondaryAzurePort"] == "EUAP-ARMTEST-06GMR-CIS-2-SEC-A"
    assert facts["sTag"] == 3
    assert facts["peerings"] == []


def test_a_list_comes_in_pages_of_a_hundred_linked_by_an_opaque_token(sandbox: SandboxProcess) -> None:
    production = sandbox.subscription("production")["id"]
    first = sandbox.get(LIST.format(production)).json()
    assert [len(page) for page in list_pages(sandbox, production)] == [100, 59]
    assert first["nextLink"].startswith(f"{sandbox.manifest['arm']}{LIST.format(production)}?api-version=")
    assert "$skiptoken=" in first["nextLink"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "position", "position:", "position:-1", "position:1x", "position: 1", "position:007", "elsewhere:1"),
        *(f"position:{'9' * 5000}", "position:٣", "position:²", "position:1\n"),
    ],
)
def test_a_token_that_azure_did_not_write_is_refused(sandbox: SandboxProcess, text: str) -> None:
    token = urlsafe_b64encode(text.encode()).decode()
    path = LIST.format(sandbox.subscription("production")["id"])
    assert refusal(ask(sandbox, path, **{"$skiptoken": token})) == (400, "InvalidSkipToken")


@pytest.mark.parametrize("token", ["!!!", "é", "cG9zaXRpb246MQ", "/w=="])
def test_a_token_that_is_no_base64_of_a_text_is_refused(sandbox: SandboxProcess, token: str) -> None:
    path = LIST.format(sandbox.subscription("production")["id"])
    assert refusal(ask(sandbox, path, **{"$skiptoken": token})) == (400, "InvalidSkipToken")


def test_a_token_behind_the_last_entry_is_an_empty_page(sandbox: SandboxProcess) -> None:
    token = urlsafe_b64encode(b"position:999999999").decode()
    path = LIST.format(sandbox.subscription("production")["id"])
    assert ask(sandbox, path, **{"$skiptoken": token}).json() == {"value": []}


def test_no_list_entry_shows_ports_s_tag_or_peerings(sandbox: SandboxProcess) -> None:
    for page in list_pages(sandbox, sandbox.subscription("production")["id"]):
        for entry in page:
            assert not {"primaryAzurePort", "secondaryAzurePort", "sTag"} & entry["properties"].keys()
            assert entry["properties"]["peerings"] == []


def test_a_list_entry_and_a_single_one_have_the_same_etag(sandbox: SandboxProcess) -> None:
    entry = list_pages(sandbox, sandbox.subscription("production")["id"])[0][0]
    assert sandbox.get(entry["id"]).json()["etag"] == entry["etag"]


def test_ids_are_found_in_any_case(sandbox: SandboxProcess) -> None:
    path = traced_path(sandbox)
    assert sandbox.get(path.upper()).json() == sandbox.get(path.lower()).json() == sandbox.get(path).json()


def test_peerings_are_listed_and_found_one_by_one(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if len(one["properties"]["peerings"]) == 2)
    listed = sandbox.get(f"{document['id']}/peerings").json()["value"]
    assert listed == document["properties"]["peerings"]
    assert [sandbox.get(f"{document['id']}/peerings/{one['name'].lower()}").json() for one in listed] == listed


def test_what_validates_a_prefix_shows_only_since_july_2024(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if "advertisedPublicPrefixInfo" in str(one))
    assert "advertisedPublicPrefixInfo" in sandbox.get(document["id"], version="2024-07-01").text
    assert "advertisedPublicPrefixInfo" not in sandbox.get(document["id"], version="2024-05-01").text
    assert "advertisedPublicPrefixInfo" not in sandbox.get(f"{document['id']}/peerings", version="2018-02-01").text


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("2026-03-01", "DeProvisioned"),
        ("2025-09-01", "DeProvisioned"),
        ("2025-07-01", "NotProvisioned"),
        ("2018-02-01", "NotProvisioned"),
    ],
)
def test_what_is_deprovisioned_shows_so_only_since_september_2025(
    sandbox: SandboxProcess, version: str, state: str
) -> None:
    name = "serviceProviderProvisioningState"
    document = next(one for one in list_documents(sandbox) if one["properties"][name] == "DeProvisioned")
    assert sandbox.get(document["id"], version=version).json()["properties"][name] == state
    listed = sandbox.get(document["id"].rpartition("/")[0], version=version).json()["value"]
    [entry] = [one for one in listed if one["id"] == document["id"]]
    assert entry["properties"][name] == state


def test_an_answer_has_azures_headers_and_no_hsts(sandbox: SandboxProcess) -> None:
    headers = sandbox.get(traced_path(sandbox)).headers
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["Cache-Control"] == headers["Pragma"] == "no-cache"
    assert (headers["Expires"], headers["X-Content-Type-Options"]) == ("-1", "nosniff")
    assert GUID.fullmatch(headers["x-ms-request-id"])
    correlation_id = headers["x-ms-correlation-request-id"]
    assert headers["x-ms-routing-request-id"].endswith(f":{correlation_id}")
    assert correlation_id != headers["x-ms-request-id"]
    assert "Strict-Transport-Security" not in headers


def test_the_remaining_reads_count_down(sandbox: SandboxProcess) -> None:
    left = [
        int(sandbox.get(traced_path(sandbox)).headers["x-ms-ratelimit-remaining-subscription-reads"]) for _ in range(20)
    ]
    assert left[-1] < left[0]


def test_a_clients_request_id_comes_back_when_asked_for(sandbox: SandboxProcess) -> None:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    asked = {"Authorization": f"Bearer {sandbox.token()}", "x-ms-client-request-id": "mine"}
    returned = sandbox.session.get(url, headers=asked | {"x-ms-return-client-request-id": "true"}, timeout=30)
    assert returned.headers["x-ms-client-request-id"] == "mine"
    assert "x-ms-client-request-id" not in sandbox.session.get(url, headers=asked, timeout=30).headers
