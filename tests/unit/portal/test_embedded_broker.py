"""Messages of the embedded broker: whole, or not there."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError
from kombu.utils.json import loads

from portal.celery import broker_settings


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    return tmp_path / "broker" / "messages"


@pytest.fixture
def app(messages: Path) -> Iterator[Celery]:
    with Celery(set_as_current=False) as one:
        one.conf.update(broker_settings(f"filesystem://{messages.parent}"), task_ignore_result=True)
        yield one


def test_whoever_looks_finds_only_whole_messages(app: Celery, messages: Path):
    sender = threading.Thread(target=lambda: [app.send_task("any", queue="people") for _ in range(200)])
    sender.start()
    while sender.is_alive():
        for message in messages.glob("*.msg"):
            assert loads(message.read_text())["body"]
    sender.join()
    assert len(list(messages.iterdir())) == 200


def test_a_folder_that_takes_no_message_is_a_broker_that_is_away(app: Celery, messages: Path):
    app.send_task("any", queue="people")
    [sent] = messages.iterdir()
    sent.unlink()
    messages.rmdir()
    messages.touch()
    with pytest.raises(OperationalError):
        app.send_task("any", queue="people", retry=False)
