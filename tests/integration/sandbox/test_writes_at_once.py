"""Several writers of one circuit, and writes that fail or never end: by switches, for nobody has documented it."""

import time
from pathlib import Path

import pytest

from tests.integration.sandbox.estates import NOT_PROVISIONED, refusal, traced_path
from tests.integration.sandbox.tables import ARP, ROUTES, ask_for, follow, order, send
from tests.integration.sandbox.writing import PROVIDER_STATE, STATE, body_of, facts, finish, put, read, stall, write
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED
OTHER = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"


@pytest.mark.parametrize("status", [429, 400])
def test_a_second_write_is_refused_while_one_runs(sandbox: SandboxProcess, status: int) -> None:
    sandbox.behave(parallel_writes=f"refused_{status}")
    running = stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioning"})
    before = read(sandbox, KEY)
    answer = put(sandbox, KEY, body_of(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"}))
    assert refusal(answer) == (status, "AnotherOperationInProgress")
    assert answer.json()["error"]["details"] == []
    assert f"use uri: {running.headers[STATE]}." in answer.json()["error"]["message"]
    assert "Retry-After" not in answer.headers
    assert read(sandbox, KEY) == before
    assert put(sandbox, OTHER, body_of(sandbox, OTHER)).status_code == 200


def test_a_refusal_with_429_is_how_a_healthy_day_is(sandbox: SandboxProcess) -> None:
    stall(sandbox, KEY)
    assert refusal(put(sandbox, KEY, body_of(sandbox, KEY))) == (429, "AnotherOperationInProgress")


def test_what_is_wrong_is_refused_as_such_although_a_write_runs(sandbox: SandboxProcess) -> None:
    stall(sandbox, KEY)
    assert refusal(put(sandbox, KEY, {})) == (400, "LocationRequired")


def test_a_second_write_may_be_accepted_and_fail_and_change_nothing(sandbox: SandboxProcess) -> None:
    sandbox.behave(parallel_writes="fails")
    stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioning"})
    before = read(sandbox, KEY)
    answer = put(sandbox, KEY, body_of(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"}))
    assert answer.json()["properties"][PROVIDER_STATE] == "Provisioned"
    state = finish(sandbox, answer)
    assert (state["status"], state["error"]["code"]) == ("Failed", "AnotherOperationInProgress")
    assert read(sandbox, KEY) == before


def test_a_second_write_may_be_allowed_and_decides(sandbox: SandboxProcess) -> None:
    sandbox.behave(parallel_writes="allowed")
    stall(sandbox, KEY, **{PROVIDER_STATE: "Provisioning"})
    found = write(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    assert (found["provisioningState"], found[PROVIDER_STATE]) == ("Succeeded", "Provisioned")


def test_one_write_after_another_is_never_refused(sandbox: SandboxProcess) -> None:
    for state in ("Provisioning", "Provisioned", "NotProvisioned"):
        assert write(sandbox, KEY, **{PROVIDER_STATE: state})[PROVIDER_STATE] == state


@pytest.mark.parametrize(("value", "status"), [("allowed", 200), ("refused", 429)])
def test_a_write_while_a_table_is_read_is_refused_by_a_switch(sandbox: SandboxProcess, value: str, status: int) -> None:
    key = order(sandbox)
    sandbox.behave(writes_during_table_reads=value)
    sandbox.fault("operation-stall", method="POST")
    ask_for(sandbox, key, ARP)
    assert put(sandbox, key, body_of(sandbox, key, peerings=facts(sandbox, key)["peerings"])).status_code == status


@pytest.mark.parametrize(("value", "status"), [("allowed", 202), ("refused_429", 429), ("refused_400", 400)])
def test_a_table_is_read_while_a_write_runs_as_while_another_table_is(
    sandbox: SandboxProcess, value: str, status: int
) -> None:
    key = order(sandbox)
    sandbox.behave(parallel_table_reads=value)
    stall(sandbox, key, peerings=facts(sandbox, key)["peerings"])
    assert ask_for(sandbox, key, ROUTES).status_code == status


@pytest.mark.parametrize(
    ("value", "etag", "status"),
    [
        ("ignored", 'W/"another"', 200),
        ("honoured", 'W/"another"', 412),
        ("honoured", "", 412),
        ("honoured", "*", 200),
        ("honoured", "its own", 200),
        ("honoured", None, 200),
    ],
)
def test_another_etag_in_if_match_is_refused_by_a_switch(
    sandbox: SandboxProcess, value: str, etag: str | None, status: int
) -> None:
    sandbox.behave(if_match=value)
    before = read(sandbox, KEY)
    header = {} if etag is None else {"If_Match": before["etag"] if etag == "its own" else etag}
    answer = put(sandbox, KEY, body_of(sandbox, KEY), **header)
    assert answer.status_code == status
    if status == 412:
        assert refusal(answer) == (412, "PreconditionFailed")
        assert read(sandbox, KEY) == before


def fail(sandbox: SandboxProcess) -> None:
    sandbox.fault("operation-failure", method="PUT", code="ExpressRouteProviderError")
    answer = put(sandbox, KEY, body_of(sandbox, KEY, serviceProviderNotes="x", **{PROVIDER_STATE: "Provisioned"}))
    state = finish(sandbox, answer)
    assert (state["status"], state["error"]["code"]) == ("Failed", "ExpressRouteProviderError")
    assert answer.json()["properties"][PROVIDER_STATE] == "Provisioned"


def test_a_failed_write_leaves_what_was_there_before_and_is_failed(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)
    fail(sandbox)
    after = read(sandbox, KEY)
    assert after["etag"] != before["etag"]
    assert after["properties"] == before["properties"] | {"provisioningState": "Failed"}


def test_a_failed_write_may_leave_what_was_asked(sandbox: SandboxProcess) -> None:
    sandbox.behave(failed_write_leaves="asked")
    fail(sandbox)
    found = facts(sandbox, KEY)
    assert (found["provisioningState"], found[PROVIDER_STATE]) == ("Failed", "Provisioned")
    assert found["serviceProviderNotes"] == "x"


def test_the_next_write_that_succeeds_heals_a_failed_one(sandbox: SandboxProcess) -> None:
    fail(sandbox)
    assert write(sandbox, KEY)["provisioningState"] == "Succeeded"


def test_a_restart_ends_what_was_written_and_forgets_its_operation(tmp_path: Path) -> None:
    slow = ["--operation-seconds", "600"]
    with SandboxProcess(tmp_path, size=2, arguments=slow) as sandbox:
        sandbox.behave(shared_key_echoed=True)
        sandbox.fault("operation-failure", path_pattern=OTHER)
        private = {"name": "AzurePrivatePeering", "properties": {"vlanId": 200, "sharedKey": "A1B2C3D4"}}
        changes = {PROVIDER_STATE: "Provisioned", "peerings": [private]}
        answers = [put(sandbox, key, body_of(sandbox, key, **changes)) for key in (KEY, OTHER)]
        assert facts(sandbox, KEY)["provisioningState"] == facts(sandbox, OTHER)["provisioningState"] == "Updating"
        sandbox.stop()
        sandbox.start()
        sandbox.behave(shared_key_echoed=True)
        done, failed = facts(sandbox, KEY), facts(sandbox, OTHER)
        assert (done["provisioningState"], done[PROVIDER_STATE]) == ("Succeeded", "Provisioned")
        assert done["peerings"][0]["properties"]["sharedKey"] == "A1B2C3D4"
        assert (failed["provisioningState"], failed["peerings"]) == ("Failed", [])
        for answer in answers:
            assert refusal(send(sandbox, "GET", answer.headers[STATE])) == (404, "NotFound")


def test_an_operation_takes_as_long_as_was_asked(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "1.2"]) as sandbox:
        started = time.monotonic()
        answer = put(sandbox, KEY, body_of(sandbox, KEY))
        assert answer.headers["Retry-After"] == "2"
        finish(sandbox, answer)
        assert time.monotonic() - started > 1.2


def test_its_result_is_the_resource(sandbox: SandboxProcess) -> None:
    answer = put(sandbox, KEY, body_of(sandbox, KEY))
    finish(sandbox, answer)
    result = send(sandbox, "GET", answer.headers[STATE].replace("/operations/", "/operationResults/"))
    assert result.json() == sandbox.get(traced_path(sandbox)).json()


def test_a_stalled_write_is_over_after_a_reset(sandbox: SandboxProcess) -> None:
    stall(sandbox, KEY)
    sandbox.clear_faults()
    assert facts(sandbox, KEY)["provisioningState"] == "Updating"
    sandbox.reset()
    assert write(sandbox, KEY)["provisioningState"] == "Succeeded"


def test_a_table_can_be_followed_after_a_write(sandbox: SandboxProcess) -> None:
    key = order(sandbox)
    write(sandbox, key, peerings=facts(sandbox, key)["peerings"])
    assert follow(sandbox, ask_for(sandbox, key, ARP)).status_code == 200
