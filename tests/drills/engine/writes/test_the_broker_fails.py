"""A broker that goes and comes back, hangs, forgets, loses messages and sends them ten times."""

import pytest

from tests.drills.engine.brokers import Redis, Served
from tests.drills.engine.writes.drill import WriteDrill


def test_the_broker_is_away_when_somebody_applies(drill: WriteDrill):
    drill.broker.go_away()
    drill.apply()
    drill.for_seconds(1)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


def test_the_broker_goes_while_azure_is_at_it(drill: WriteDrill):
    drill.apply()
    drill.until_put()
    drill.broker.go_away()
    drill.for_seconds(3)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


def test_the_broker_comes_and_goes_with_the_put_out(drill: WriteDrill):
    drill.azure.fault("delay", method="PUT", path_pattern=drill.key, seconds=0.6)
    drill.apply()
    drill.until_put()
    for _ in range(3):
        drill.broker.go_away()
        drill.broker.come_back()
        drill.linger(1)
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis", "RabbitMQ")
def test_the_broker_hangs_when_somebody_applies(drill: WriteDrill):
    assert isinstance(drill.broker, Served)
    drill.broker.hang()
    drill.apply()
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis", "RabbitMQ")
def test_the_broker_hangs_while_azure_is_at_it(drill: WriteDrill):
    assert isinstance(drill.broker, Served)
    drill.apply()
    drill.until_put()
    drill.broker.hang()
    drill.for_seconds(3)
    drill.broker.come_back()
    drill.mended()
    drill.ends_well()


@pytest.mark.brokers("Redis")
def test_the_broker_dies_with_all_its_messages(drill: WriteDrill):
    assert isinstance(drill.broker, Redis)
    drill.apply()
    drill.linger()
    drill.broker.server.die()
    drill.broker.start_anew()
    drill.mended()
    drill.ends_well()


def test_the_messages_are_lost(drill: WriteDrill):
    drill.worker.die()
    drill.apply()
    drill.broker.lose_messages()
    drill.worker.start()
    drill.mended()
    drill.ends_well()


def test_each_message_comes_ten_times(drill: WriteDrill):
    drill.worker.die()
    drill.apply()
    drill.send_messages_again(times=9)
    drill.worker.start()
    drill.mended()
    drill.ends_well()
