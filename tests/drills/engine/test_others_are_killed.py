"""``kill -9`` to the clock, the web server and the background worker, alone and all at once."""

from concurrent.futures import Future

import pytest
from requests import RequestException

from tests.drills.engine.drill import READS, Drill


def test_the_clock_dies_while_reads_wait(drill: Drill):
    drill.press()
    drill.clock.die()
    drill.until_azure_has_all()
    drill.linger(2)
    drill.clock.start()
    drill.mended()
    drill.ends_well()


def test_the_background_worker_dies(drill: Drill):
    drill.press()
    drill.linger()
    drill.background.die()
    drill.background.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_everything_dies_at_once(drill: Drill):
    drill.press()
    drill.linger(2)
    for part in drill.portal.parts:
        part.die()
    for part in drill.portal.parts:
        part.start()
    drill.mended()
    drill.ends_well(may_ask_twice=True)


def test_the_web_server_dies_right_after_its_answer(drill: Drill):
    drill.press()
    drill.web.die()
    drill.web.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_web_server_dies_at_any_moment_of_a_press(drill: Drill):
    press = drill.pressing()
    drill.linger(0.1)
    drill.web.die()
    finish_after_the_death_of_the_web_server(drill, press)


def test_the_web_server_dies_waiting_for_the_database(drill: Drill):
    with drill.database.locked():
        press = drill.pressing()
        drill.linger(1)
        drill.web.die()
    finish_after_the_death_of_the_web_server(drill, press)


def finish_after_the_death_of_the_web_server(drill: Drill, press: Future[None]) -> None:
    """What was acknowledged is there; what was not is there or not, and never half. A person presses once more."""
    was_acknowledged = not isinstance(press.exception(), RequestException)
    found = len(drill.reads())
    assert found == READS or (found == 0 and not was_acknowledged)
    drill.web.start()
    drill.portal.wait_for_the_web_server()
    if not found:
        drill.press()
    drill.mended()
    drill.ends_well()
