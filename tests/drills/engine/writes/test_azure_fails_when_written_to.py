"""What Azure and the way to it can do to the PUT, before it takes effect and after, and to the GET before it."""

from typing import Any

import pytest

from tests.drills.engine.writes.drill import WriteDrill
from tests.drills.engine.writes.peerings import of_an_edit_too, of_everything

BEFORE: dict[str, Any] = {"when": "before", "takes_effect": False}
AFTER: dict[str, Any] = {"when": "after", "takes_effect": True}
LOST = [
    pytest.param({"fault": "reset"}, id="reset"),
    pytest.param({"fault": "garbage"}, id="garbage"),
    pytest.param({"fault": "status", "status": 500}, id="500"),
    pytest.param({"fault": "status", "status": 503, "retry_after": 1}, id="503"),
]
REFUSED = [
    pytest.param({"status": 429, "retry_after": 2}, id="429-with-Retry-After"),
    pytest.param({"status": 429}, id="429-without-Retry-After"),
    pytest.param({"status": 429, "code": "AnotherOperationInProgress"}, id="AnotherOperationInProgress"),
    pytest.param({"status": 412, "code": "PreconditionFailed"}, id="412"),
]
BEFORE_THE_PUT = [
    pytest.param({"fault": "reset"}, id="reset"),
    pytest.param({"fault": "garbage"}, id="garbage"),
    pytest.param({"fault": "truncate"}, id="truncated"),
    pytest.param({"fault": "delay", "seconds": 1.5}, id="too-late"),
    pytest.param({"fault": "status", "status": 500}, id="500"),
    pytest.param({"fault": "status", "status": 429, "retry_after": 2}, id="429"),
]


def strike(drill: WriteDrill, fault: str, **details: Any) -> None:
    drill.azure_answers_the_put(fault, **details)
    drill.apply()
    drill.until_struck()
    drill.mended()


@of_everything
@pytest.mark.parametrize("fault", LOST)
def test_azure_never_gets_the_put(drill: WriteDrill, fault: dict[str, Any]):
    strike(drill, **fault, **BEFORE)
    drill.ends_well()


@of_everything
@pytest.mark.parametrize("fault", [*LOST, pytest.param({"fault": "delay", "seconds": 1.5}, id="too-late")])
def test_azure_takes_the_put_and_answers(drill: WriteDrill, fault: dict[str, Any]):
    strike(drill, **fault, **AFTER)
    drill.ends_well()


@of_an_edit_too
def test_azure_takes_the_put_and_its_answer_is_cut(drill: WriteDrill):
    strike(drill, "truncate", takes_effect=True)
    drill.ends_well()


def test_azure_takes_the_put_late(drill: WriteDrill):
    strike(drill, "delay", seconds=1.5, when="before", takes_effect=True)
    drill.ends_well()


@of_an_edit_too
@pytest.mark.parametrize("fault", REFUSED)
def test_azure_does_not_take_the_put_now(drill: WriteDrill, fault: dict[str, Any]):
    strike(drill, "status", **fault, takes_effect=False)
    drill.ends_well()


def test_azure_loses_the_put_twice(drill: WriteDrill):
    strike(drill, "reset", times=2, takes_effect=False)
    drill.ends_well()


@of_everything
def test_azure_refuses_the_put(drill: WriteDrill):
    strike(drill, "status", status=400, code="LocationRequired", takes_effect=False)
    drill.fails("LocationRequired")


@pytest.mark.parametrize("fault", BEFORE_THE_PUT)
def test_azure_answers_the_get_with(drill: WriteDrill, fault: dict[str, Any]):
    drill.azure.fault(method="GET", path_pattern=drill.key, **fault)
    drill.apply()
    drill.until_struck()
    drill.mended()
    drill.ends_well()


@of_everything
def test_azure_fails_at_the_end_and_nothing_is_left(drill: WriteDrill):
    strike(drill, "operation-failure", code="OperationNotAllowed", takes_effect=True)
    drill.fails("OperationNotAllowed", puts=1)


@of_everything
def test_azure_fails_at_the_end_and_leaves_what_was_asked(drill: WriteDrill):
    drill.azure.behave(failed_write_leaves="asked")
    strike(drill, "operation-failure", code="OperationNotAllowed", takes_effect=True)
    drill.fails("OperationNotAllowed", puts=1, leaves_what_was_asked=True)


def test_azure_takes_the_put_and_fails_for_another_operation(drill: WriteDrill):
    """It was accepted, and then changed nothing: that is no PUT which took effect."""
    strike(drill, "operation-failure", code="AnotherOperationInProgress", takes_effect=False)
    drill.ends_well()


@of_everything
def test_azure_never_comes_to_an_end_and_a_person_settles_it(drill: WriteDrill):
    strike(drill, "operation-stall", takes_effect=True)
    drill.until_state("running")
    # An hour of waiting would show no more than this.
    drill.database.change(
        "UPDATE crossconnections_change SET give_up_at = due_at WHERE state = 'running' AND id = ?",
        drill.order.change.id,
    )
    drill.mended()
    drill.is_for_a_person("NoEnd")
    drill.settle(has_taken=True)
    drill.is_settled()


def test_azure_is_not_there(drill: WriteDrill):
    with drill.azure_away():
        drill.apply()
        drill.for_seconds(2)
    drill.mended()
    drill.ends_well()


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 429, "retry_after": 1}, {"status": 401}])
def test_entra_gives_a_new_worker_no_token(drill: WriteDrill, fault: dict[str, Any]):
    drill.worker.die()
    drill.azure.fault("status", path_pattern="/token", times=2, **fault)
    drill.apply()
    drill.worker.start()
    drill.until_struck()
    drill.mended()
    drill.ends_well()
