"""A backup that is put back with changes in it, and outages that last longer than a change is good for."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.drills.engine.moments import LEAVING, SEEN, TOLD
from tests.drills.engine.writes.drill import ASKED, CONFIRMED, ENDED, Ending, WriteDrill, has_succeeded, is_held
from tests.drills.engine.writes.order import Order

ANSWERED_LATER = Ending(is_held, deeds=(ASKED,))
CONFIRMED_SINCE = (ASKED, CONFIRMED, ENDED)
A_DAY = timedelta(days=1)
SECONDS_IT_IS_GOOD_FOR = 3


def ended_as_a_question(order: Order) -> bool:
    return order.change.state in {"succeeded", "unknown"} or is_held(order)


@pytest.mark.parametrize(("moment", "nth"), [pytest.param(TOLD, 2, id="azure is at it")])
def test_a_backup_is_put_back_with_a_change_queued_and_another_one_when(
    drill: WriteDrill, tmp_path: Path, moment: str, nth: int
):
    put_back(drill, tmp_path, moment, nth)
    drill.ends(Ending(has_succeeded), **{drill.key: ANSWERED_LATER})
    nothing_is_sent_when_the_word_is_given(drill)


@pytest.mark.parametrize(
    ("moment", "nth"),
    [
        pytest.param(LEAVING, 1, id="its put is about to leave"),
        pytest.param(TOLD, 1, id="its put was taken and nobody knows"),
        pytest.param(TOLD, 3, id="its result is there"),
    ],
)
def test_a_backup_is_put_back_with_a_change_queued_and_a_look_at_another_one(
    drill: WriteDrill, tmp_path: Path, moment: str, nth: int
):
    put_back(drill, tmp_path, moment, nth)
    drill.ends(Ending(has_succeeded), **{drill.key: ANSWERED_LATER})
    nothing_is_sent_when_the_word_is_given(drill)


def test_a_backup_is_put_back_with_a_change_whose_get_was_out(drill: WriteDrill, tmp_path: Path):
    """The backup knows that nothing had left: it waits for a word, like one that was queued."""
    put_back(drill, tmp_path, SEEN, 1)
    drill.ends(ANSWERED_LATER)
    nothing_is_sent_when_the_word_is_given(drill)


def put_back(drill: WriteDrill, folder: Path, moment: str, nth: int) -> None:
    """A backup has one change queued and another one at that moment. Both end well; a day later it is put back."""
    other = drill.another_order()
    drill.hold(moment, nth)
    drill.apply(other)
    drill.until_held()
    drill.kill(drill.worker)
    drill.apply()
    drill.database.back_up(folder)
    drill.worker.start()
    drill.until(lambda: all(map(has_succeeded, drill.orders)), "the original goes on to its end")
    drill.restore(folder, age=A_DAY)


def nothing_is_sent_when_the_word_is_given(drill: WriteDrill) -> None:
    """Azure has had it for a day: the look before the PUT shows that."""
    waiting = [order for order in drill.orders if is_held(order)]
    for order in waiting:
        drill.go_ahead(order)
    others = {order.key: Ending(has_succeeded) for order in drill.orders if order not in waiting}
    drill.ends(Ending(has_succeeded, deeds=CONFIRMED_SINCE), **others)
    assert {order.change.known_by for order in waiting} == {"nothing-to-do"}


def test_the_worker_is_away_for_longer_than_a_change_is_good_for(drill: WriteDrill):
    drill.worker.die()
    ask_for_what_is_soon_old(drill)
    drill.for_seconds(SECONDS_IT_IS_GOOD_FOR)
    drill.worker.start()
    waits_until_somebody_gives_the_word(drill)


def test_azure_is_away_for_longer_than_a_change_is_good_for(drill: WriteDrill):
    with drill.azure_away():
        ask_for_what_is_soon_old(drill)
        drill.for_seconds(SECONDS_IT_IS_GOOD_FOR)
    waits_until_somebody_gives_the_word(drill)


def test_everything_is_away_for_longer_than_a_change_is_good_for(drill: WriteDrill):
    drill.worker.die()
    ask_for_what_is_soon_old(drill)
    for part in drill.portal.parts:
        drill.kill(part)
    drill.for_seconds(SECONDS_IT_IS_GOOD_FOR)
    for part in drill.portal.parts:
        part.start()
    waits_until_somebody_gives_the_word(drill)


def ask_for_what_is_soon_old(drill: WriteDrill) -> None:
    with drill.portal.web_server_with(PORTAL_NOT_AFTER_SECONDS=str(SECONDS_IT_IS_GOOD_FOR)):
        drill.apply()


def waits_until_somebody_gives_the_word(drill: WriteDrill) -> None:
    drill.mended()
    drill.waits_for_a_word()
    drill.go_ahead()
    drill.mended()
    drill.ends_well(CONFIRMED_SINCE)
