"""``kill -9`` to the web server, the clock and the background worker, alone and all at once."""

from concurrent.futures import Future

from requests import RequestException, Response

from tests.drills.engine.person import Review
from tests.drills.engine.writes.drill import WriteDrill, leads_to


def test_the_clock_dies_while_a_change_waits(drill: WriteDrill):
    drill.apply()
    drill.kill(drill.clock)
    drill.until_state("running", "succeeded")
    drill.linger(2)
    drill.clock.start()
    drill.mended()
    drill.ends_well()


def test_the_background_worker_dies(drill: WriteDrill):
    drill.apply()
    drill.linger()
    drill.kill(drill.background)
    drill.background.start()
    drill.mended()
    drill.ends_well()


def test_everything_dies_at_once(drill: WriteDrill):
    drill.apply()
    drill.linger(2)
    for part in drill.portal.parts:
        drill.kill(part)
    for part in drill.portal.parts:
        part.start()
    drill.mended()
    drill.ends_well()


def test_the_web_server_dies_at_any_moment_of_apply(drill: WriteDrill):
    review = drill.review()
    press = drill.applying(review)
    drill.linger(0.1)
    drill.web.die()
    finish_after_the_death_of_the_web_server(drill, review, press)


def test_the_web_server_dies_waiting_for_the_database(drill: WriteDrill):
    review = drill.review()
    with drill.database.locked():
        press = drill.applying(review)
        drill.linger(1)
        drill.web.die()
    finish_after_the_death_of_the_web_server(drill, review, press)


def finish_after_the_death_of_the_web_server(drill: WriteDrill, review: Review, press: Future[Response]) -> None:
    """What was acknowledged is there, once; what was not is there or not. Whoever presses once more finds it."""
    was_acknowledged = not isinstance(press.exception(), RequestException)
    found = drill.order.changes()
    assert found or not was_acknowledged
    drill.web.start()
    drill.portal.wait_for_the_web_server()
    number = leads_to(drill.portal.operators[0].apply(review))
    assert [one.id for one in found] in ([], [number])
    drill.mended()
    drill.ends_well()
