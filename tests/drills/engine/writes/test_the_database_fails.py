"""Somebody else writes to the database for longer than a lease, or its server cuts every connection."""

import os

import pytest

from tests.drills.engine.database import PostgreSQL
from tests.drills.engine.moments import CLAIMED, SEEN, TOLD
from tests.drills.engine.writes.drill import WriteDrill, leads_to
from tests.drills.engine.writes.peerings import of_a_set_up_too, of_everything

SECONDS = 3
MOMENTS = pytest.mark.parametrize(
    ("moment", "nth"),
    [(CLAIMED, 1), (SEEN, 1), (TOLD, 1), (TOLD, 2), (TOLD, 3)],
    ids=["a change is claimed", "its GET is answered", "azure has accepted", "azure is done", "the result is there"],
)
on_postgresql = pytest.mark.skipif(not os.environ["DATABASE_URL"].startswith("postgres"), reason="about its server")


@of_everything
def test_the_database_is_locked_when_somebody_applies(drill: WriteDrill):
    review = drill.review()
    with drill.database.locked():
        press = drill.applying(review)
        drill.for_seconds(SECONDS)
    drill.mended()
    assert leads_to(press.result()) == drill.order.change.id
    drill.ends_well()


@of_a_set_up_too
@MOMENTS
def test_the_database_is_locked_when(drill: WriteDrill, moment: str, nth: int):
    drill.hold(moment, nth)
    drill.apply()
    drill.until_held()
    with drill.database.locked():
        drill.portal.wish.drop()
        drill.for_seconds(SECONDS)
    drill.mended()
    drill.ends_well()


@on_postgresql
@MOMENTS
def test_the_database_cuts_every_connection_when(drill: WriteDrill, moment: str, nth: int):
    assert isinstance(drill.database, PostgreSQL)
    drill.hold(moment, nth)
    drill.apply()
    drill.until_held()
    drill.database.cut()
    drill.portal.wish.drop()
    drill.mended()
    drill.ends_well()
