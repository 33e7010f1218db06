"""A broker that goes and comes back, hangs, forgets, loses messages and sends them ten times."""

import pytest

from tests.drills.engine.brokers import Redis, Served
from tests.drills.engine.drill import Drill


@pytest.mark.everyday
def test_the_broker_is_away_when_somebody_presses(drill: Drill):
    drill.broker.go_away()
    drill.press()
    drill.for_seconds(1)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


def test_the_broker_goes_while_azure_is_at_it(drill: Drill):
    drill.press()
    drill.until_all_are("running")
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
    drill.until_all_are("running")
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
    assert [one.sent for one in drill.reads()] == [1] * 6
