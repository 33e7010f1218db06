"""Subscriptions of the sandbox, enlisted, and what a sweep sends on its way."""

from collections.abc import Callable
from queue import Empty
from typing import TypeAlias

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from crossconnections import queue
from crossconnections.models import Subscription
from portal.celery import app
from tests.sandbox_process import SandboxProcess

Swept: TypeAlias = Callable[[Callable[[], object], str], list[int]]


@pytest.fixture
def enlisted(azure: SandboxProcess, db: None) -> Callable[[str], Subscription]:
    """``enlisted("test")``: the sandbox's first subscription of a kind, as a row."""

    def enlist(kind: str) -> Subscription:
        found = azure.subscription(kind)
        return Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label=found["label"])

    return enlist


@pytest.fixture
def swept(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Swept:
    """``swept(sweep, task)``: sweep, and tell of which rows a message for this task is on its way."""

    def sweep_and_tell(sweep: Callable[[], object], task: str) -> list[int]:
        _messages(task)
        with django_capture_on_commit_callbacks(execute=True):
            sweep()
        return _messages(task)

    return sweep_and_tell


def _messages(task: str) -> list[int]:
    """Take what lies in the broker, and tell which rows it names."""
    found: list[int] = []
    with app.connection_for_read() as connection:
        inbox = connection.SimpleQueue(queue.ROUTES[task]["queue"], no_ack=True)
        while True:
            try:
                message = inbox.get(block=False)
            except Empty:
                return found
            if message.headers["task"] == task:
                found.append(message.payload[0][0])
