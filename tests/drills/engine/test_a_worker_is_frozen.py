"""A worker that stops for longer than its lease, and goes on when another one has done its work."""

import os

import pytest

from tests.drills.engine.drill import RESULTS, TABLES, Drill

on_sqlite = pytest.mark.skipif(os.environ["DATABASE_URL"].startswith("postgres"), reason="about SQLite's one lock")


@pytest.mark.everyday
def test_a_worker_freezes_with_its_question_out(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=5, times=6)
    drill.press()
    drill.until_asked(TABLES)
    drill.freeze(drill.worker)
    another_one_takes_over(drill, may_ask_twice=True)
    the_frozen_one_writes_nothing(drill)


def test_a_worker_freezes_with_its_look_out(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=5, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(RESULTS)
    drill.freeze(drill.worker)
    another_one_takes_over(drill, may_ask_twice=False)
    the_frozen_one_writes_nothing(drill)


@on_sqlite  # there a transaction has no lock before it has the only one
def test_a_worker_freezes_with_the_result_in_its_hand(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=0.5, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(RESULTS)
    with drill.database.locked():
        drill.until_asked(RESULTS, status=200)
        drill.for_seconds(1)
        drill.worker.freeze()
    another_one_takes_over(drill, may_ask_twice=False)
    the_frozen_one_writes_nothing(drill)


def another_one_takes_over(drill: Drill, *, may_ask_twice: bool) -> None:
    drill.azure.clear_faults()
    drill.portal.spare.start()
    drill.mended()
    drill.ends_well(may_ask_twice=may_ask_twice)


def the_frozen_one_writes_nothing(drill: Drill) -> None:
    """Its claims are gone: its calls go into the ledger, and the rows stay as the other one left them."""
    rows, calls, said = drill.reads(), drill.calls(), len(drill.worker.said())
    drill.worker.thaw()
    drill.until(lambda: drill.calls() > calls, "the frozen worker goes on")
    drill.for_seconds(0.5)  # what it then does, it does at once
    assert drill.reads() == rows
    assert "raised unexpected" not in drill.worker.said(after=said)
