"""A broker that goes and comes back, hangs, forgets, loses messages and sends them ten times."""

import pytest

from tests.drills.engine.brokers import Redis, Served
from tests.drills.engine.drill import TABLES, Drill


@pytest.mark.everyday
def test_the_broker_is_away_when_somebody_presses(drill: Drill):
    drill.broker.go_away()
    drill.press()
    drill.for_seconds(1)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


def test_the_broker_has_closed_every_connection(drill: Drill):
    drill.broker.go_away()
    drill.broker.come_back()
    said = len(drill.web.said())
    drill.press()
    drill.ends_well()
    # One connection is found closed, if any; no message is left to the clock.
    assert drill.web.said(after=said).count("message_not_sent") <= 1


def test_the_broker_goes_while_azure_is_at_it(drill: Drill):
    drill.press()
    drill.until_azure_has_all()
    drill.broker.go_away()
    drill.for_seconds(3)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


def test_the_broker_comes_and_goes(drill: Drill):
    drill.press()
    for _ in range(3):
        drill.broker.go_away()
        drill.linger(1)
        drill.broker.come_back()
        drill.linger(1)
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_broker_comes_and_goes_while_tasks_are_at_it(drill: Drill):
    drill.azure.fault("delay", method="POST", path_pattern=TABLES, seconds=0.6, times=6)
    drill.press()
    drill.until_some_are("submitting")
    for _ in range(3):
        drill.broker.go_away()
        drill.broker.come_back()
        drill.linger(2.5)
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis", "RabbitMQ")
def test_the_broker_hangs_when_somebody_presses(drill: Drill):
    assert isinstance(drill.broker, Served)
    drill.broker.hang()
    drill.press()
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis", "RabbitMQ")
def test_the_broker_hangs_while_azure_is_at_it(drill: Drill):
    assert isinstance(drill.broker, Served)
    drill.press()
    drill.until_azure_has_all()
    drill.broker.hang()
    drill.for_seconds(3)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis")
def test_the_broker_dies_with_all_its_messages(drill: Drill):
    assert isinstance(drill.broker, Redis)
    drill.press()
    drill.linger()
    drill.broker.server.die()
    drill.broker.start_anew()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_the_messages_are_lost(drill: Drill):
    drill.worker.die()
    drill.press()
    drill.broker.lose_messages()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


@pytest.mark.everyday
def test_each_message_comes_ten_times(drill: Drill):
    drill.worker.die()
    drill.press()
    drill.broker.send_again([one.id for one in drill.reads()], times=9)
    drill.worker.start()
    drill.mended()
    drill.ends_well()
