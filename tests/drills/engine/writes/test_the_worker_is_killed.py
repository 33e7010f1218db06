"""``kill -9`` to people's worker in each step of a write; the supervisor starts it again."""

import pytest

from tests.drills.engine.course import STATES
from tests.drills.engine.moments import CLAIMED, LEAVING, RENEWED, SEEN, TOLD
from tests.drills.engine.writes.drill import WriteDrill
from tests.drills.engine.writes.peerings import of_a_removal_too, of_a_set_up_too, of_everything


def dies_and_comes_back(drill: WriteDrill) -> None:
    drill.kill(drill.worker)
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()


def test_the_worker_dies_before_it_claims(drill: WriteDrill):
    drill.freeze(drill.worker)
    drill.apply()
    dies_and_comes_back(drill)
    drill.ends_well()


@of_a_set_up_too
@pytest.mark.parametrize("moment", [CLAIMED, SEEN, RENEWED, LEAVING], ids=lambda moment: moment)
def test_the_worker_dies_before_the_put(drill: WriteDrill, moment: str):
    drill.hold(moment)
    drill.apply()
    drill.until_held()
    dies_and_comes_back(drill)
    drill.ends_well()


def test_the_worker_dies_with_its_get_out(drill: WriteDrill):
    drill.azure.fault("delay", method="GET", path_pattern=drill.key, seconds=5)
    drill.apply()
    drill.until_asked(drill.key, method="GET")
    drill.linger()
    dies_and_comes_back(drill)
    drill.ends_well()


@pytest.mark.everyday
@of_everything
def test_the_worker_dies_with_its_put_out(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=5, takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    dies_and_comes_back(drill)
    drill.ends_well()


@of_a_removal_too
def test_the_worker_dies_with_its_put_out_which_takes_effect_late(drill: WriteDrill):
    drill.azure_answers_the_put("delay", seconds=1.5, when="before", takes_effect=True)
    drill.apply()
    drill.until_put()
    drill.linger()
    dies_and_comes_back(drill)
    drill.ends_well()


@of_everything
def test_the_worker_dies_with_its_put_out_which_never_arrives(drill: WriteDrill):
    drill.azure_answers_the_put("reset", when="before", takes_effect=False)
    drill.hold(TOLD)
    drill.apply()
    drill.until_put()
    dies_and_comes_back(drill)
    drill.ends_well()


@of_everything
@pytest.mark.parametrize("nth", [1, 2, 3], ids=["that it accepted", "that it is done", "the result"])
def test_the_worker_dies_when_azure_has_told(drill: WriteDrill, nth: int):
    drill.hold(TOLD, nth)
    drill.apply()
    drill.until_held()
    dies_and_comes_back(drill)
    drill.ends_well()


def test_the_worker_dies_looking_at_the_operation(drill: WriteDrill):
    drill.azure.fault("delay", method="GET", path_pattern=STATES, seconds=5)
    drill.apply()
    drill.until_asked(STATES)
    drill.linger()
    dies_and_comes_back(drill)
    drill.ends_well()


def test_the_worker_dies_between_accepted_and_the_next_look(drill: WriteDrill):
    drill.apply()
    drill.until_state("running")
    dies_and_comes_back(drill)
    drill.ends_well()


@of_everything
def test_the_worker_dies_twice_at_any_moment(drill: WriteDrill):
    drill.apply()
    for _ in range(2):
        drill.linger(2)
        dies_and_comes_back(drill)
    drill.ends_well()
