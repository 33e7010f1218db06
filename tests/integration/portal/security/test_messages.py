"""What a broker can do to a worker: hurry it, and no more."""

import inspect

from crossconnections import tasks
from portal.celery import app


def test_a_message_is_json_and_nothing_else_is_taken():
    assert set(app.conf.accept_content) == {"json"}
    assert (app.conf.task_serializer, app.conf.result_serializer, app.conf.event_serializer) == ("json",) * 3


def test_a_message_carries_nothing_but_the_number_of_a_row():
    assert tasks
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    taken = [value for task in ours for value in inspect.signature(task.run).parameters.values()]
    assert len(ours) > 5
    assert {one.annotation for one in taken} <= {int, "int"}


def test_no_command_of_a_broker_controls_a_worker():
    assert app.conf.worker_enable_remote_control is False
