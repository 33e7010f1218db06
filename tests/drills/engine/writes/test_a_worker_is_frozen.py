"""A worker that stops for longer than its lease, and goes on when another one has done its work, or when none has."""

import pytest

from tests.drills.engine.course import STATES
from tests.drills.engine.moments import CLAIMED, LEAVING, RENEWED, SEEN, TOLD
from tests.drills.engine.writes.drill import WriteDrill, has_succeeded
from tests.drills.engine.writes.peerings import of_a_removal_too, of_a_set_up_too, of_an_edit_too, of_everything

# What it then does, it does at once.
SECONDS_TO_GO_ON = 1
LONGER_THAN_A_LEASE = 3


def another_one_takes_over(drill: WriteDrill) -> None:
    """And the frozen one goes on when that has ended: it sends nothing, and the row stays as it is."""
    drill.azure.clear_faults()
    drill.portal.spare.start()
    drill.mended()
    drill.until(lambda: has_succeeded(drill.order), "the other one carries it out")
    drill.recovered()
    found, puts, calls, said = drill.order.changes(), drill.puts(drill.order), drill.calls(), len(drill.worker.said())
    drill.worker.thaw()
    drill.until(lambda: drill.calls() > calls, "the frozen worker goes on")
    drill.for_seconds(SECONDS_TO_GO_ON)
    assert "raised unexpected" not in drill.worker.said(after=said)
    assert drill.order.changes() == found
    assert len(drill.puts(drill.order)) == len(puts)
    drill.ends_well()


@pytest.mark.everyday
@of_everything
def test_a_worker_freezes_right_before_its_put(drill: WriteDrill):
    drill.hold(RENEWED)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    another_one_takes_over(drill)


@pytest.mark.parametrize("moment", [CLAIMED, SEEN, LEAVING])
def test_a_worker_freezes_before_its_put(drill: WriteDrill, moment: str):
    drill.hold(moment)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    another_one_takes_over(drill)


@of_a_set_up_too
@pytest.mark.parametrize("moment", [CLAIMED, SEEN, RENEWED, LEAVING])
def test_a_worker_freezes_before_its_put_and_is_the_only_one(drill: WriteDrill, moment: str):
    drill.hold(moment)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    drill.for_seconds(LONGER_THAN_A_LEASE)
    drill.worker.thaw()
    drill.mended()
    drill.ends_well()


@of_everything
def test_a_worker_freezes_with_its_put_out(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=5, takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    drill.freeze(drill.worker)
    another_one_takes_over(drill)


@of_a_removal_too
def test_a_worker_freezes_with_its_put_out_which_takes_effect_late(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=1.5, when="before", takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    drill.freeze(drill.worker)
    another_one_takes_over(drill)


@of_an_edit_too
@pytest.mark.parametrize("nth", [1, 2, 3], ids=["that it accepted", "that it is done", "the result"])
def test_a_worker_freezes_when_azure_has_told(drill: WriteDrill, nth: int):
    drill.hold(TOLD, nth)
    drill.apply()
    drill.until_held()
    drill.freeze_held()
    another_one_takes_over(drill)


def test_a_worker_freezes_looking_at_the_operation(drill: WriteDrill):
    drill.azure.fault("delay", method="GET", path_pattern=STATES, seconds=5)
    drill.apply()
    drill.until_asked(STATES)
    drill.freeze(drill.worker)
    another_one_takes_over(drill)
