"""``kill -9`` to people's worker in each step of a read; the supervisor starts it again."""

import pytest

from tests.drills.engine.drill import RESULTS, STATES, TABLES, Drill


def test_the_worker_dies_claiming(drill: Drill):
    drill.freeze(drill.worker)
    drill.press()
    drill.freeze(drill.clock)  # its own messages would never come to an end
    with drill.database.locked():
        drill.worker.thaw()
        drill.until(lambda: drill.broker.waiting() == 0, "the worker takes the messages")
        drill.linger()
        drill.worker.die()
    drill.clock.thaw()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_asking_for_its_token(drill: Drill):
    drill.azure.fault("delay", path_pattern="/token", seconds=5, times=12)
    drill.worker.die()  # a new one has no token
    drill.press()
    drill.worker.start()
    drill.until_asked("/token")
    drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_worker_dies_after_azure_accepted_and_before_it_said_so(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=5, times=6)
    drill.press()
    drill.until_asked(TABLES)
    drill.linger()
    drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_the_worker_dies_writing_that_azure_accepted(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=0.7, times=6)
    drill.press()
    drill.until_asked(TABLES)
    with drill.database.locked():
        drill.until_asked(TABLES, status=202)
        drill.linger()
        drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_the_worker_dies_between_accepted_and_the_next_look(drill: Drill):
    drill.press()
    drill.until_azure_has_all()
    drill.worker.die()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_looking_at_the_state(drill: Drill):
    drill.azure.behave(table_operation_header=True)
    drill.azure.fault("delay", method="GET", path_pattern=STATES, seconds=5, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(STATES)
    drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_looking_at_the_result(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=5, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(RESULTS)
    drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_worker_dies_writing_the_result(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=0.8, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(RESULTS)
    with drill.database.locked():
        drill.until_asked(RESULTS, status=200)
        drill.linger()
        drill.worker.die()
    drill.azure.clear_faults()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_the_worker_dies_twice_at_any_moment(drill: Drill):
    drill.press()
    for _ in range(2):  # three times could be the end: so often, and no oftener, a read is sent
        drill.linger(2)
        drill.worker.die()
        drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_the_worker_dies_while_tables_are_read_one_after_another(drill: Drill):
    drill.azure.behave(parallel_table_reads="refused_429")
    drill.press()
    drill.until_some_are("succeeded")
    drill.worker.die()
    drill.worker.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)
