"""What a person waits for and what the clock does, apart from each other."""

from queue import Empty

import pytest
from kombu import Connection

from portal.celery import BACKGROUND, PEOPLE, app

QUEUES = {PEOPLE, BACKGROUND}


def taken(connection: Connection, queue: str) -> list[str]:
    """The tasks whose messages lie in a queue."""
    inbox = connection.SimpleQueue(next(one for one in app.conf.task_queues if one.name == queue))
    found: list[str] = []
    while True:
        try:
            message = inbox.get(block=False)
        except Empty:
            return found
        message.ack()
        found.append(message.headers["task"])


@pytest.mark.parametrize("queue", sorted(QUEUES))
def test_a_message_lies_in_its_own_queue_and_in_no_other(queue: str):
    with app.connection_for_write() as connection:
        for name in QUEUES:
            taken(connection, name)
        app.send_task("tests.nothing", queue=queue)
        assert {name: taken(connection, name) for name in QUEUES} == {
            name: ["tests.nothing"] if name == queue else [] for name in QUEUES
        }
