import hashlib

import pytest
from requests import HTTPError

from tests.integration.sandbox.estates import control, keys_of, list_pages, traced_path
from tests.sandbox_process import SandboxProcess


def test_an_order_appears_not_provisioned_in_the_first_production_subscription(sandbox: SandboxProcess) -> None:
    key = sandbox.order(peering_location="London", bandwidth_mbps=500, name="er-adatum-new")
    assert key in keys_of(sandbox, "production")
    group = f"/subscriptions/{sandbox.subscription('production')['id']}/resourceGroups/CrossConnection-London"
    document = sandbox.get(f"{group}/providers/Microsoft.Network/expressRouteCrossConnections/{key}").json()
    facts = document["properties"]
    assert facts["serviceProviderProvisioningState"] == "NotProvisioned"
    assert facts["bandwidthInMbps"] == 500
    assert facts["expressRouteCircuit"]["id"].endswith("/er-adatum-new")
    assert facts["peerings"] == []


@pytest.mark.parametrize("named_by", ["id", "label"])
def test_an_order_may_name_its_subscription(sandbox: SandboxProcess, named_by: str) -> None:
    key = sandbox.order(peering_location="EUAP Test", subscription=sandbox.subscription("test")[named_by])
    assert key in keys_of(sandbox, "test")
    sandbox.delete(key)


def test_orders_get_s_tags_of_their_own(sandbox: SandboxProcess) -> None:
    test = sandbox.subscription("test")
    keys = [sandbox.order(peering_location="EUAP Test", subscription=test["id"]) for _ in range(3)]
    tags = [sandbox.get(traced_path(sandbox, key)).json()["properties"]["sTag"] for key in keys]
    assert len({*tags, 2, 3}) == 5
    for key in keys:
        sandbox.delete(key)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("peering_location", "Atlantis"),
        ("peering_location", None),
        ("bandwidth_mbps", 123),
        ("bandwidth_mbps", "200"),
        ("bandwidth_mbps", True),
        ("subscription", "nobody"),
        ("subscription", "contoso-network"),
        ("subscription", 0),
        ("subscription", []),
        ("name", False),
        ("name", {}),
        ("colour", "blue"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_a_sentence(sandbox: SandboxProcess, field: str, value: object) -> None:
    order = {"peering_location": "Amsterdam", "bandwidth_mbps": 200, field: value}
    answer = control(sandbox, "POST", "circuits", json=order)
    assert answer.status_code == 400
    assert field in answer.json()["error"]


def test_an_order_may_leave_open_what_has_a_default(sandbox: SandboxProcess) -> None:
    for nothing in (None, ""):
        assert sandbox.order(subscription=nothing, name=nothing) in keys_of(sandbox, "production")


def test_a_body_that_is_no_json_is_refused_with_a_sentence(sandbox: SandboxProcess) -> None:
    answer = control(sandbox, "POST", "circuits", data="{")
    assert (answer.status_code, answer.json()) == (400, {"error": "The body is not JSON."})


UNKEEPABLE = [
    '{"peering_location": "London", "bandwidth_mbps": 500, "name": "a\\ud800"}',
    '{"peering_location": "London", "bandwidth_mbps": 500, "name": "a\\u0000"}',
    f'{{"peering_location": "London", "bandwidth_mbps": {"9" * 5000}}}',
    "[" * 9999,
]


@pytest.mark.parametrize("body", UNKEEPABLE, ids=["surrogate", "NUL", "huge number", "deep nesting"])
def test_what_no_file_could_hold_is_refused_and_spoils_nothing(sandbox: SandboxProcess, body: str) -> None:
    assert control(sandbox, "POST", "circuits", data=body).status_code == 400
    sandbox.delete(sandbox.order(peering_location="London", bandwidth_mbps=500))


def test_a_deleted_circuit_vanishes_from_list_and_get(sandbox: SandboxProcess) -> None:
    entry = list_pages(sandbox, sandbox.subscription("production")["id"])[0][5]
    sandbox.delete(entry["name"].upper())
    assert entry["name"] not in keys_of(sandbox, "production")
    assert sandbox.get(entry["id"]).json()["error"]["code"] == "ResourceNotFound"
    sandbox.reset()
    assert sandbox.get(entry["id"]).status_code == 200


def test_nothing_slips_through_when_a_circuit_is_deleted_between_two_pages(sandbox: SandboxProcess) -> None:
    production = sandbox.subscription("production")["id"]
    first, second = list_pages(sandbox, production)
    link = sandbox.get(f"{first[0]['id'].rpartition('/resourceGroups')[0]}/providers/{first[0]['type']}").json()[
        "nextLink"
    ]
    sandbox.delete(first[0]["name"])
    assert sandbox.get(link).json()["value"] == second
    sandbox.reset()


def test_a_circuit_that_is_not_there_cannot_be_deleted(sandbox: SandboxProcess) -> None:
    answer = control(sandbox, "DELETE", "circuits/nothing")
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no circuit 'nothing'."})
    with pytest.raises(HTTPError):
        sandbox.delete("nothing")


def test_reset_brings_back_what_the_seed_made(sandbox: SandboxProcess) -> None:
    sandbox.reset()
    before = keys_of(sandbox, "production")
    sandbox.order()
    sandbox.delete(min(before))
    assert keys_of(sandbox, "production") != before
    sandbox.reset()
    assert keys_of(sandbox, "production") == before


@pytest.mark.parametrize("path", ["nothing", "", "circuits/a/b", "faults/1", "é"])
def test_a_control_that_is_not_there_is_told_so(sandbox: SandboxProcess, path: str) -> None:
    answer = control(sandbox, "GET", path)
    assert (answer.status_code, answer.json()) == (404, {"error": f"There is no control {path!a}."})


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "reset", "POST"),
        ("GET", "circuits/a", "DELETE, PATCH"),
        ("BREW", "faults", "DELETE, GET, HEAD, POST"),
        ("DELETE", "behaviour", "GET, HEAD, PATCH"),
    ],
)
def test_a_control_says_which_methods_it_takes(sandbox: SandboxProcess, method: str, path: str, allowed: str) -> None:
    answer = control(sandbox, method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert answer.json() == {"error": f"This control does not take {method}, but {allowed}."}


def test_requests_are_numbered_and_told_with_status_and_headers(sandbox: SandboxProcess) -> None:
    path = traced_path(sandbox)
    number = sandbox.requests()[-1]["number"]
    sandbox.get(path)
    [request] = sandbox.requests(after=number)
    assert request["number"] == number + 1
    assert (request["method"], request["path"], request["query"]) == ("GET", path, "api-version=2025-09-01")
    assert request["status"] == 200
    assert request["time"].endswith("Z")
    assert request["headers"]["authorization"] == hashlib.sha256(f"Bearer {sandbox.token()}".encode()).hexdigest()


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**19 - 1])
def test_above_the_largest_number_there_are_no_requests(sandbox: SandboxProcess, number: int) -> None:
    assert sandbox.requests(after=number) == []


@pytest.mark.parametrize("number", ["-1", "1.5", "x", "", "²", "9" * 5000])
def test_what_is_no_number_of_a_request_is_refused(sandbox: SandboxProcess, number: str) -> None:
    answer = control(sandbox, "GET", "requests", params={"after": number})
    assert (answer.status_code, answer.json()) == (400, {"error": "after takes the number of a request."})


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", str(2**63), "9" * 400])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "faults", '{"fault": "delay", "seconds": %s}'),
        ("POST", "faults", '{"fault": "delay", "times": %s}'),
        ("POST", "faults", '{"fault": "status", "status": %s}'),
        ("POST", "faults", '{"fault": "status", "retry_after": %s}'),
        ("PATCH", "behaviour", '{"quota": %s}'),
        ("PATCH", "behaviour", '{"clock_skew_seconds": %s}'),
        ("POST", "circuits", '{"peering_location": "London", "bandwidth_mbps": %s}'),
    ],
)
def test_a_number_beyond_all_bounds_is_refused(
    sandbox: SandboxProcess, method: str, path: str, body: str, number: str
) -> None:
    answer = control(sandbox, method, path, data=body % number)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_the_controls_themselves_are_no_requests_and_reset_keeps_the_numbers(sandbox: SandboxProcess) -> None:
    sandbox.get(traced_path(sandbox))
    before = sandbox.requests()
    sandbox.reset()
    assert sandbox.requests() == before


def test_requests_of_both_listeners_are_told_without_their_secrets(sandbox: SandboxProcess) -> None:
    number = (sandbox.requests() or [{"number": 0}])[-1]["number"]
    came_back = sandbox.sign_in("Lotte de Vries")
    sandbox.ask_token({"grant_type": "authorization_code", **came_back})
    told = sandbox.requests(after=number)
    assert [request["path"].rpartition("/")[2] for request in told] == [
        "openid-configuration",
        "authorize",
        "openid-configuration",
        "token",
    ]
    for secret in (came_back["code"], came_back["code_verifier"], sandbox.manifest["client_secret"]):
        assert secret not in str(told)
        assert hashlib.sha256(secret.encode()).hexdigest() in told[-1]["body"]
