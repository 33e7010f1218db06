"""What Azure and the way to it can do to the looks at what came of a PUT."""

from typing import Any

import pytest

from tests.drills.engine.course import STATES
from tests.drills.engine.writes.drill import WriteDrill
from tests.drills.engine.writes.peerings import of_everything

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


@pytest.mark.parametrize("fault", FAULTS)
def test_azure_answers_the_look_at_the_operation_with(drill: WriteDrill, fault: dict[str, Any]):
    drill.azure.fault(method="GET", path_pattern=STATES, **fault)
    drill.apply()
    drill.until_struck()
    drill.mended()
    drill.ends_well()


@pytest.mark.parametrize("fault", FAULTS)
def test_azure_answers_the_look_at_the_result_with(drill: WriteDrill, fault: dict[str, Any]):
    drill.apply()
    drill.until_state("running")
    drill.azure.fault(method="GET", path_pattern=f"{drill.key}$", **fault)
    drill.until_struck()
    drill.mended()
    drill.ends_well()


@of_everything
def test_azure_does_not_know_the_operation_any_more(drill: WriteDrill):
    drill.azure.fault(method="GET", path_pattern=STATES, **GONE)
    drill.apply()
    drill.until_struck()
    drill.mended()
    drill.ends_well()


def test_azure_never_tells_of_the_operation_again(drill: WriteDrill):
    drill.azure.fault("status", status=500, method="GET", path_pattern=STATES, times=1000)
    drill.apply()
    drill.until(lambda: drill.order.change.error_code, "the first look has failed")
    # Five looks have to fail, with pauses of half a minute between them: no more would be seen of the others.
    for steps, state in ((4, "unknown"), (0, "succeeded")):
        sql = "UPDATE crossconnections_change SET failed_steps = ?, due_at = asked_at WHERE id = ?"
        drill.database.change(sql, steps, drill.order.change.id)
        drill.mended()
        drill.until_state(state)
    drill.ends_well()


@of_everything
def test_azure_forgets_what_it_had_begun(drill: WriteDrill):
    drill.apply()
    drill.until_state("running")
    drill.restart_azure()
    drill.mended()
    drill.ends_well()


@of_everything
def test_azure_forgets_and_the_worker_dies(drill: WriteDrill):
    drill.apply()
    drill.until_state("running")
    drill.kill(drill.worker)
    drill.restart_azure()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_azure_hangs(drill: WriteDrill):
    drill.apply()
    drill.linger(2)
    with drill.portal.azure_that_hangs():
        drill.for_seconds(3)
    drill.mended()
    drill.ends_well()
