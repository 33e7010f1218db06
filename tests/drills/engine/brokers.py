"""The three brokers, each one's own for these drills, with a way to it that can be shut and opened."""

import os
import shutil
import socket
import subprocess
import sys
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from celery import Celery
from kombu import Connection, Queue
from kombu.exceptions import ChannelError

from crossconnections.queue import READ_TABLE
from portal.celery import PEOPLE, broker_settings
from tests.components import lacking
from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.product import free_ports

RABBITMQ = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


class Broker(ABC):
    """A context. ``url`` is the portal's way to it; the drills' own is never shut."""

    name: str
    url: str

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(self, *_: object) -> None: ...

    @abstractmethod
    def go_away(self) -> None:
        """From now on, nobody reaches it."""

    @abstractmethod
    def come_back(self) -> None:
        """With what it had when it went."""

    def connection(self) -> Connection:
        """The drills' own."""
        return _connection(self._own_url())

    def waiting(self) -> int:
        """How many messages no worker of people's queue has taken yet."""
        with self._people() as queue, suppress(ChannelError):  # Redis knows no queue that is empty
            told: Any = queue.queue_declare(passive=True)
            return int(told.message_count)
        return 0

    def lose_messages(self) -> int:
        """Of people's queue, all that no worker has taken; how many they were."""
        with self._people() as queue:
            return int(queue.purge() or 0)

    def send_again(self, row_ids: Iterable[int], *, times: int, task: str = READ_TABLE) -> None:
        """The messages of a press, as often once more."""
        with self.connection() as connection, Celery(set_as_current=False) as app:
            for row_id in [*row_ids] * times:
                app.send_task(task, args=[row_id], queue=PEOPLE, connection=connection)

    @contextmanager
    def _people(self) -> Iterator[Queue]:
        with self.connection() as connection, connection.channel() as channel:
            queue = Queue(PEOPLE, channel=channel)
            queue.declare()
            yield queue

    def _own_url(self) -> str:
        return self.url


def _connection(url: str) -> Connection:
    told = broker_settings(url)
    return Connection(
        told["broker_url"],
        transport=told.get("broker_transport"),
        transport_options=told["broker_transport_options"],
        connect_timeout=4,
    )


class Embedded(Broker):
    """Files in a folder."""

    name = "embedded"

    def __enter__(self) -> Self:
        self._files = self._folder / "broker"
        self._kept = self._folder / "broker.kept"
        self.url = f"filesystem://{self._files}"
        return self

    def __exit__(self, *_: object) -> None:
        self.come_back()

    def go_away(self) -> None:
        """A file in the folder's place: nobody can make it anew."""
        self._files.rename(self._kept)
        self._files.touch()

    def come_back(self) -> None:
        """The folder is in its place again."""
        if self._kept.exists():
            self._files.unlink()
            self._kept.rename(self._files)


class Served(Broker):
    """A broker behind a gate."""

    def _open_gate(self, broker_port: int) -> int:
        self.gate_port = free_ports(1)
        command = [sys.executable, "-m", "tests.drills.engine.gate", str(self.gate_port), str(broker_port)]
        self.gate = Part("gate", command, os.environ, self._folder)
        self.come_back()
        return self.gate_port

    def go_away(self) -> None:
        """Connections are cut, and new ones refused."""
        self.gate.die()

    def come_back(self) -> None:
        """The gate is open."""
        self.gate.revive()
        wait_for(lambda: answers(self.gate_port), "the gate opens")

    def hang(self) -> None:
        """It takes connections and bytes, and says nothing."""
        self.gate.freeze()


class Redis(Served):
    """A process of the drills' own, which keeps nothing on disk."""

    name = "Redis"

    def __enter__(self) -> Self:
        if not shutil.which("redis-server"):
            lacking("Redis", install="apt-get install redis-server")
        self._port = free_ports(1)
        words = {"--port": self._port, "--bind": "127.0.0.1", "--dir": self._folder, "--save": "", "--appendonly": "no"}
        command = ["redis-server", *(str(word) for pair in words.items() for word in pair)]
        self.server = Part("redis", command, os.environ, self._folder)
        self.start_anew()
        self.url = f"redis://127.0.0.1:{self._open_gate(self._port)}/0"
        return self

    def __exit__(self, *_: object) -> None:
        self.gate.die()
        self.server.die()

    def start_anew(self) -> None:
        """It knows nothing of what it was told before."""
        self.server.start()
        wait_for(lambda: answers(self._port), "Redis answers")

    def _own_url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"


class RabbitMQ(Served):
    """The machine's, with a virtual host of the drills' own where its owner runs them."""

    name = "RabbitMQ"

    def __enter__(self) -> Self:
        place = urlsplit(RABBITMQ)
        port = place.port or 5672
        if not answers(port):
            lacking("RabbitMQ", install="apt-get install rabbitmq-server, or set TEST_RABBITMQ_URL")
        self._who = f"{place.username}:{place.password}"
        self._port, self._host = port, self._own_host(str(place.username))
        self.url = f"amqp://{self._who}@127.0.0.1:{self._open_gate(port)}/{self._host}"
        self.lose_messages()
        return self

    def __exit__(self, *_: object) -> None:
        self.gate.die()
        if self._host != "/":
            _rabbitmqctl("delete_vhost", self._host)

    def _own_host(self, user: str) -> str:
        name = f"drills-{uuid.uuid4().hex[:12]}"
        if _rabbitmqctl("add_vhost", name) and _rabbitmqctl("set_permissions", "-p", name, user, ".*", ".*", ".*"):
            return name
        return "/"

    def _own_url(self) -> str:
        return f"amqp://{self._who}@127.0.0.1:{self._port}/{self._host}"


def _rabbitmqctl(*words: str) -> bool:
    with suppress(OSError):
        done: subprocess.CompletedProcess[Any] = subprocess.run(
            ["rabbitmqctl", "--quiet", *words], check=False, capture_output=True, timeout=60
        )
        return done.returncode == 0
    return False


def answers(port: int) -> bool:
    """Whether somebody listens there, on this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


BROKERS: dict[str, type[Broker]] = {one.name: one for one in (Embedded, Redis, RabbitMQ)}
