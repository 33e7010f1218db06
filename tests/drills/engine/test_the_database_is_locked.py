"""Somebody else writes for three seconds, which is longer than a lease."""

import pytest

from tests.drills.engine.drill import RESULTS, TABLES, Drill

SECONDS = 3


def test_the_database_is_locked_when_somebody_presses(drill: Drill):
    with drill.database.locked():
        press = drill.pressing()
        drill.for_seconds(SECONDS)
    drill.mended()
    press.result()
    drill.ends_well()


def test_the_database_is_locked_when_reads_are_claimed(drill: Drill):
    drill.freeze(drill.worker)
    drill.press()
    with drill.database.locked():
        drill.worker.thaw()
        drill.for_seconds(SECONDS)
    drill.mended()
    drill.ends_well()


def test_the_database_is_locked_when_azure_has_accepted(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=0.5, times=6)
    drill.press()
    drill.until_asked(TABLES)
    with drill.database.locked():
        drill.for_seconds(SECONDS)
    drill.mended()
    drill.ends_well(may_ask_twice=True)


@pytest.mark.everyday
def test_the_database_is_locked_when_the_result_is_there(drill: Drill):
    drill.azure.fault("delay", method="GET", path_pattern=RESULTS, seconds=0.5, times=6)
    drill.press()
    drill.until_azure_has_all()
    drill.until_asked(RESULTS)
    with drill.database.locked():
        drill.for_seconds(SECONDS)
    drill.mended()
    drill.ends_well()
