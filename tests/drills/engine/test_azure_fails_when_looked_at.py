"""What Azure and the way to it can do to the look at what came of a question."""

from typing import Any

import pytest

from tests.drills.engine.drill import RESULTS, STATES, Drill

FAULTS = [
    pytest.param({"fault": "status", "status": 429, "retry_after": 2}, id="429-with-Retry-After"),
    pytest.param({"fault": "status", "status": 429}, id="429-without-Retry-After"),
    pytest.param({"fault": "status", "status": 500}, id="500"),
    pytest.param({"fault": "reset"}, id="reset"),
    pytest.param({"fault": "truncate"}, id="truncated"),
    pytest.param({"fault": "garbage"}, id="garbage"),
    pytest.param({"fault": "delay", "seconds": 1.5}, id="too-late"),
]
GONE: dict[str, Any] = {"fault": "status", "status": 404, "code": "NotFound"}


def strike(drill: Drill, where: str, *, fault: str, times: int = 6, **details: Any) -> None:
    drill.azure.fault(fault, method="GET", path_pattern=where, times=times, **details)
    drill.press()
    drill.until_struck()
    drill.mended()


@pytest.mark.parametrize("fault", FAULTS)
def test_azure_answers_the_look_at_the_result_with(drill: Drill, fault: dict[str, Any]):
    strike(drill, RESULTS, **fault)
    drill.ends_well()


@pytest.mark.parametrize("fault", FAULTS)
def test_azure_answers_the_look_at_the_state_with(drill: Drill, fault: dict[str, Any]):
    drill.azure.behave(table_operation_header=True)
    strike(drill, STATES, **fault)
    drill.ends_well()


def test_azure_does_not_know_the_result_any_more(drill: Drill):
    strike(drill, RESULTS, **GONE)
    drill.ends_well(may_ask_twice=True)


def test_azure_does_not_know_the_state_any_more(drill: Drill):
    drill.azure.behave(table_operation_header=True)
    strike(drill, STATES, **GONE)
    drill.ends_well(may_ask_twice=True)


@pytest.mark.everyday
def test_azure_forgets_what_it_had_begun(drill: Drill):
    drill.press()
    drill.until_azure_has_all()
    drill.restart_azure()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_azure_forgets_and_the_worker_dies(drill: Drill):
    drill.press()
    drill.until_azure_has_all()
    drill.worker.die()
    drill.restart_azure()
    drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_azure_hangs(drill: Drill):
    drill.press()
    drill.linger(2)
    with drill.portal.azure_that_hangs():
        drill.for_seconds(3)
    drill.mended()
    drill.ends_well(may_ask_twice=True)
