"""What Azure and the way to it can do to the question for a table."""

from typing import Any

import pytest

from tests.drills.engine.drill import AT_ONCE, TABLES, Drill

ONE_TABLE = "/arpTables/primary"


def strike(drill: Drill, fault: str, *, times: int = 6, path_pattern: str = TABLES, **details: Any) -> None:
    drill.azure.fault(fault, method="POST", path_pattern=path_pattern, times=times, **details)
    drill.press()
    drill.until_struck()
    drill.mended()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"fault": "status", "status": 429, "retry_after": 2}, id="429-with-Retry-After"),
        pytest.param({"fault": "status", "status": 429}, id="429-without-Retry-After"),
        pytest.param({"fault": "status", "status": 500}, id="500"),
        pytest.param({"fault": "status", "status": 503, "retry_after": 1}, id="503"),
        pytest.param({"fault": "reset"}, id="reset"),
        pytest.param({"fault": "garbage"}, id="garbage"),
    ],
)
def test_azure_answers_the_question_with(drill: Drill, fault: dict[str, Any]):
    strike(drill, **fault)
    drill.ends_well()


def test_azure_takes_the_question_and_its_answer_comes_too_late(drill: Drill):
    strike(drill, "delay", seconds=1.5)
    drill.ends_well(may_ask_twice=True)


def test_azure_cuts_a_table_that_it_sends_at_once(drill: Drill):
    drill.azure.behave(table_answers="at_once")
    drill.begins_with = AT_ONCE
    strike(drill, "truncate")
    drill.ends_well(may_ask_twice=True)


def test_azure_fails_again_and_again(drill: Drill):
    strike(drill, "status", status=500, times=3, path_pattern=ONE_TABLE)
    drill.ends_with({("primary", "arp"): "InternalServerError"})


def test_azure_never_comes_to_an_end(drill: Drill):
    strike(drill, "operation-stall", times=1, path_pattern=ONE_TABLE)
    drill.until(lambda: drill.states() == {"running": 1, "succeeded": 5}, "one table is left")
    # A minute and a half of waiting would show no more than this.
    drill.database.change(
        "UPDATE crossconnections_tableread SET give_up_at = due_at WHERE state = 'running' AND id = ?",
        next(one.id for one in drill.reads() if one.state == "running"),
    )
    drill.mended()
    drill.ends_with({("primary", "arp"): "GaveUp"})


def test_azure_fails_at_the_end(drill: Drill):
    strike(drill, "operation-failure", times=1, path_pattern=ONE_TABLE, code="OperationNotAllowed", status=400)
    drill.ends_with({("primary", "arp"): "OperationNotAllowed"})


@pytest.mark.parametrize("how", ["refused_429", "refused_400", "fails"])
def test_azure_takes_one_question_at_a_time(drill: Drill, how: str):
    drill.azure.behave(parallel_table_reads=how)
    drill.press()
    # One that fails has been begun before, and is begun once more.
    drill.ends_well(may_ask_twice=how == "fails")


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 429, "retry_after": 1}, {"status": 401}])
def test_entra_gives_a_new_worker_no_token(drill: Drill, fault: dict[str, Any]):
    drill.worker.die()
    drill.azure.fault("status", path_pattern="/token", times=2, **fault)
    drill.press()
    drill.worker.start()
    drill.until_struck()
    drill.mended()
    drill.ends_well()


def test_azure_is_not_there(drill: Drill):
    with drill.azure_away():
        drill.press()
        drill.for_seconds(2)
    drill.mended()
    drill.ends_well()
