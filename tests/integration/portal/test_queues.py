"""What a person waits for and what the clock does, apart from each other."""

from pathlib import Path
from queue import Empty

import pytest
from celery import Celery
from kombu import Connection

from portal import embedded_broker
from portal.celery import BACKGROUND, PEOPLE, app, broker_settings

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


@pytest.fixture
def embedded(tmp_path: Path) -> Celery:
    """An application whose broker is a folder."""
    one = Celery("embedded", set_as_current=False)
    one.conf.update(broker_settings(f"filesystem://{tmp_path}"), task_queues=app.conf.task_queues)
    return one


def test_in_the_embedded_broker_a_message_is_there_as_a_whole_or_not_at_all(embedded: Celery, tmp_path: Path):
    with embedded.connection_for_write() as connection:
        assert isinstance(connection.transport, embedded_broker.Transport)
        (tmp_path / "messages" / ".half.people.msg.unfinished").write_text("{")  # somebody is writing it
        embedded.send_task("tests.nothing", queue=PEOPLE)
        assert taken(connection, PEOPLE) == ["tests.nothing"]
        assert [one.name for one in (tmp_path / "messages").iterdir()] == [".half.people.msg.unfinished"]
