"""The partner changes the tags of a cross connection."""

from typing import Any

import pytest
from requests import Response

from tests.integration.sandbox.estates import NOT_PROVISIONED, list_pages, refusal, traced_path
from tests.integration.sandbox.tables import order, send
from tests.integration.sandbox.writing import PROVIDER_STATE, STATE, body_of, facts, finish, put, read, stall, write
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED
SYNCHRONOUS, LONG_RUNNING = "2019-09-01", "2019-08-01"


def patch(
    sandbox: SandboxProcess, body: object, *, version: str = SYNCHRONOUS, key: str = KEY, **headers: str
) -> Response:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox, key)}?api-version={version}"
    return send(sandbox, "PATCH", url, json=body, headers=headers)


def test_tags_are_replaced_at_once_and_the_whole_resource_answers(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)
    answer = patch(sandbox, {"tags": {"ticket": "NL-1", "tier": ""}})
    assert (answer.status_code, STATE in answer.headers) == (200, False)
    assert answer.json() == read(sandbox, KEY, SYNCHRONOUS)
    assert answer.json()["etag"] != before["etag"]
    assert {**answer.json(), "etag": before["etag"]} == before | {"tags": {"ticket": "NL-1", "tier": ""}}
    assert patch(sandbox, {"tags": {"tier": "gold"}}).json()["tags"] == {"tier": "gold"}
    assert "tags" not in patch(sandbox, {"tags": {}}).json()


def test_a_list_shows_them(sandbox: SandboxProcess) -> None:
    patch(sandbox, {"tags": {"tier": "gold"}})
    entries = [entry for page in list_pages(sandbox, sandbox.subscription("test")["id"]) for entry in page]
    assert [entry.get("tags") for entry in entries if entry["name"] == KEY] == [{"tier": "gold"}]


def test_an_older_version_has_an_operation_for_it(sandbox: SandboxProcess) -> None:
    answer = patch(sandbox, {"tags": {"tier": "gold"}}, version=LONG_RUNNING)
    told = answer.json()
    assert (told["tags"], told["properties"]["provisioningState"]) == ({"tier": "gold"}, "Updating")
    assert told["properties"]["primaryAzurePort"]
    assert finish(sandbox, answer) == {"status": "Succeeded"}
    assert (read(sandbox, KEY)["tags"], facts(sandbox, KEY)["provisioningState"]) == ({"tier": "gold"}, "Succeeded")


def test_an_operation_for_it_may_fail(sandbox: SandboxProcess) -> None:
    sandbox.fault("operation-failure", method="PATCH")
    patch(sandbox, {"tags": {"tier": "gold"}})
    assert len(sandbox.faults()) == 1
    answer = patch(sandbox, {"tags": {"tier": "silver"}}, version=LONG_RUNNING)
    assert finish(sandbox, answer)["status"] == "Failed"
    assert read(sandbox, KEY)["tags"] == {"tier": "gold"}


BODIES: list[Any] = [
    [], {}, {"tags": None}, {"tags": []}, {"tags": {"a": 1}}, {"tags": {"a": None}},
    {"tags": {}, "location": "x"}, {"tags": {}, "properties": {}},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_anything_but_tags_cannot_be_parsed(sandbox: SandboxProcess, body: object) -> None:
    before = read(sandbox, KEY)
    assert refusal(patch(sandbox, body)) == (400, "InvalidRequestFormat")
    assert read(sandbox, KEY) == before


FITTING = [{f"t{number}": "" for number in range(50)}, {"n" * 512: "v" * 256}]
TOO_MUCH = [{f"t{number}": "" for number in range(51)}, {"n" * 513: ""}, {"n": "v" * 257}, {"": "x"}, {"a/b": ""}]


@pytest.mark.parametrize("tags", FITTING, ids=["many", "long"])
def test_tags_within_azures_limits_are_taken(sandbox: SandboxProcess, tags: dict[str, str]) -> None:
    assert patch(sandbox, {"tags": tags}).json()["tags"] == tags


@pytest.mark.parametrize("tags", TOO_MUCH, ids=["many", "long name", "long value", "no name", "slash"])
def test_tags_beyond_azures_limits_are_invalid(sandbox: SandboxProcess, tags: dict[str, str]) -> None:
    assert refusal(patch(sandbox, {"tags": tags})) == (400, "InvalidTags")
    assert refusal(put(sandbox, KEY, body_of(sandbox, KEY) | {"tags": tags})) == (400, "InvalidTags")


def test_what_is_not_there_has_no_tags(sandbox: SandboxProcess) -> None:
    answer = patch(sandbox, {"tags": {}}, key="00000000-1111-2222-3333-444444444444")
    assert refusal(answer) == (404, "ResourceNotFound")


def test_it_takes_the_permission_of_a_write(sandbox: SandboxProcess) -> None:
    sandbox.behave(missing_permission="Microsoft.Network/expressRouteCrossConnections/write")
    assert refusal(patch(sandbox, {"tags": {}})) == (403, "AuthorizationFailed")


@pytest.mark.parametrize(
    ("switch", "version", "status"),
    [
        ("refused_429", SYNCHRONOUS, 429),
        ("refused_400", LONG_RUNNING, 400),
        ("fails", SYNCHRONOUS, 429),
        ("fails", LONG_RUNNING, 200),
        ("allowed", SYNCHRONOUS, 200),
        ("allowed", LONG_RUNNING, 200),
    ],
)
def test_it_is_a_write_to_who_writes_at_the_same_time(
    sandbox: SandboxProcess, switch: str, version: str, status: int
) -> None:
    sandbox.behave(parallel_writes=switch)
    stall(sandbox, KEY)
    assert patch(sandbox, {"tags": {"tier": "gold"}}, version=version).status_code == status
    assert read(sandbox, KEY).get("tags") == ({"tier": "gold"} if switch == "allowed" else None)


def test_one_that_fails_because_another_one_runs_says_so(sandbox: SandboxProcess) -> None:
    sandbox.behave(parallel_writes="fails")
    stall(sandbox, KEY)
    answer = patch(sandbox, {"tags": {"tier": "gold"}}, version=LONG_RUNNING)
    assert answer.json()["tags"] == {"tier": "gold"}
    assert finish(sandbox, answer)["error"]["code"] == "AnotherOperationInProgress"


def test_tags_leave_a_running_write_to_its_end(sandbox: SandboxProcess) -> None:
    sandbox.behave(parallel_writes="allowed")
    running = stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    assert patch(sandbox, {"tags": {"tier": "gold"}}).json()["properties"]["provisioningState"] == "Updating"
    assert send(sandbox, "GET", running.headers[STATE]).json() == {"status": "InProgress"}
    body = body_of(sandbox, KEY) | {"tags": {"tier": "gold"}}
    finish(sandbox, put(sandbox, KEY, body))
    assert facts(sandbox, KEY)["provisioningState"] == "Succeeded"


@pytest.mark.parametrize(("etag", "status"), [('W/"x"', 412), ("*", 200)])
def test_if_match_is_heeded_by_its_switch(sandbox: SandboxProcess, etag: str, status: int) -> None:
    sandbox.behave(if_match="honoured")
    assert patch(sandbox, {"tags": {}}, **{"If-Match": etag}).status_code == status


def test_keys_outlive_a_change_of_tags(sandbox: SandboxProcess) -> None:
    sandbox.behave(shared_key_echoed=True)
    key = order(sandbox)
    peering = {"name": "AzurePrivatePeering", "properties": {"sharedKey": "A1B2C3D4"}}
    write(sandbox, key, peerings=[peering])
    for version in (SYNCHRONOUS, LONG_RUNNING):
        answer = patch(sandbox, {"tags": {"a": version}}, version=version, key=key)
        assert answer.json()["properties"]["peerings"][0]["properties"]["sharedKey"] == "A1B2C3D4"
    assert facts(sandbox, key)["peerings"][0]["properties"]["sharedKey"] == "A1B2C3D4"
