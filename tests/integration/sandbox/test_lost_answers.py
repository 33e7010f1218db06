"""A write whose answer nobody gets: Azure may never have heard of it, or may have done it."""

import time
from contextlib import suppress
from typing import Any

import pytest
from requests import RequestException
from requests.exceptions import ReadTimeout

from tests.integration.sandbox.estates import NOT_PROVISIONED, control, traced_path
from tests.integration.sandbox.writing import PROVIDER_STATE, body_of, facts, put, read
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED


def put_in_vain(sandbox: SandboxProcess) -> int | None:
    """Ask for another state, and return the status, None where there is no answer."""
    body = body_of(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    with suppress(RequestException):
        return put(sandbox, KEY, body).status_code
    return None


@pytest.mark.parametrize(
    ("fault", "status", "state"),
    [
        ({"fault": "reset"}, None, "NotProvisioned"),
        ({"fault": "reset", "when": "before"}, None, "NotProvisioned"),
        ({"fault": "reset", "when": "after"}, None, "Provisioned"),
        ({"fault": "truncate"}, None, "Provisioned"),
        ({"fault": "truncate", "when": "after"}, None, "Provisioned"),
        ({"fault": "status", "status": 503}, 503, "NotProvisioned"),
        ({"fault": "status", "status": 504, "when": "after"}, 504, "Provisioned"),
        ({"fault": "garbage"}, 200, "NotProvisioned"),
        ({"fault": "garbage", "when": "after"}, 200, "Provisioned"),
        ({"fault": "delay", "seconds": 0.01}, 200, "Provisioned"),
        ({"fault": "delay", "seconds": 0.01, "when": "before"}, 200, "Provisioned"),
    ],
    ids=str,
)
def test_a_fault_strikes_before_the_write_takes_effect_or_after_it(
    sandbox: SandboxProcess, fault: dict[str, Any], status: int | None, state: str
) -> None:
    sandbox.fault(**fault, method="PUT")
    assert put_in_vain(sandbox) == status
    assert facts(sandbox, KEY)[PROVIDER_STATE] == state
    assert sandbox.faults() == []


@pytest.mark.parametrize(("when", "meanwhile"), [("after", "Provisioned"), ("before", "NotProvisioned")])
def test_who_waits_no_longer_finds_it_done_or_sees_it_done_later(
    sandbox: SandboxProcess, when: str, meanwhile: str
) -> None:
    sandbox.fault("delay", method="PUT", seconds=1.5, when=when)
    body = body_of(sandbox, KEY, **{PROVIDER_STATE: "Provisioned"})
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}?api-version=2025-09-01"
    with pytest.raises(ReadTimeout):
        sandbox.session.put(url, json=body, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=0.5)
    assert facts(sandbox, KEY)[PROVIDER_STATE] == meanwhile
    deadline = time.monotonic() + 10
    while facts(sandbox, KEY)[PROVIDER_STATE] != "Provisioned":
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_that_never_took_effect_moves_no_etag(sandbox: SandboxProcess) -> None:
    before = read(sandbox, KEY)
    sandbox.fault("reset", method="PUT")
    put_in_vain(sandbox)
    assert read(sandbox, KEY) == before


def test_the_log_has_it_whether_it_took_effect_or_not(sandbox: SandboxProcess) -> None:
    number = sandbox.requests()[-1]["number"]
    for when in ("before", "after"):
        sandbox.fault("reset", method="PUT", when=when)
        put_in_vain(sandbox)
    assert [one["status"] for one in sandbox.requests(after=number) if one["method"] == "PUT"] == [None, None]


def test_when_a_fault_strikes_is_listed(sandbox: SandboxProcess) -> None:
    for fault in ("reset", "delay", "truncate", "operation-stall"):
        sandbox.fault(fault)
    assert [one["when"] for one in sandbox.faults()] == ["before", "after", "after", None]


@pytest.mark.parametrize(
    "body",
    [
        {"fault": "reset", "when": "during"},
        {"fault": "truncate", "when": "before"},
        {"fault": "operation-failure", "when": "before"},
        {"fault": "operation-stall", "when": "after"},
    ],
)
def test_a_moment_that_cannot_be_is_refused(sandbox: SandboxProcess, body: dict[str, str]) -> None:
    answer = control(sandbox, "POST", "faults", json=body)
    assert answer.status_code == 400
    assert "when" in answer.json()["error"]
    assert sandbox.faults() == []
