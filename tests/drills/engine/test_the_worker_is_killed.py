"""``kill -9`` to people's worker in each step of a read; the supervisor starts it again."""

import pytest

from tests.drills.engine.drill import RESULTS, STATES, TABLES, Drill


@pytest.mark.everyday
def test_the_worker_dies_claiming(drill: Drill):
    drill.worker.kill()
    drill.press()
    drill.clock.freeze()  # its own messages would never come to an end
    with drill.database.locked():
        drill.worker.start()
        drill.until(lambda: drill.broker.waiting() == 0, "the worker takes the messages")
        drill.linger()
        drill.worker.kill()
    drill.clock.thaw()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_asking_for_its_token(drill: Drill):
    drill.azure.fault("delay", path_pattern="/token", seconds=0.8, times=12)
    drill.worker.kill()  # a new one has no token
    drill.press()
    drill.worker.start()
    drill.until_asked("/token")
    drill.worker.kill()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_worker_dies_after_azure_accepted_and_before_it_said_so(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=0.9, times=6)
    drill.press()
    drill.until_asked(TABLES)
    drill.linger()
    drill.worker.kill()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_the_worker_dies_between_accepted_and_the_next_look(drill: Drill):
    drill.press()
    drill.until_all_are("running")
    drill.worker.kill()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_looking_at_the_state(drill: Drill):
    drill.azure.behave(table_operation_header=True)
    drill.azure.fault("delay", method="GET", path_pattern=STATES, seconds=0.9, times=6)
    drill.press()
    drill.until_all_are("running")
    drill.until_asked(STATES)
    drill.worker.kill()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_looking_at_the_result(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=0.9, times=6)
    drill.press()
    drill.until_all_are("running")
    drill.until_asked(RESULTS)
    drill.worker.kill()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_worker_dies_writing_the_result(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=0.8, times=6)
    drill.press()
    drill.until_all_are("running")
    drill.until_asked(RESULTS)
    with drill.database.locked():
        drill.until_asked(RESULTS, status=200)
        drill.linger()
        drill.worker.kill()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()
