"""A portal of real processes, as the supervisor starts them, with a sandbox and a broker of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from portal.supervisor.environment import for_sandbox
from tests.drills.engine.azure import Azure
from tests.drills.engine.brokers import Broker, answers
from tests.drills.engine.circuits import ORDERED, Circuit
from tests.drills.engine.database import Database
from tests.drills.engine.moments import PLACE, Wish
from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.drills.engine.person import OPERATORS, SUPPORT, Person
from tests.product import REPOSITORY, free_ports

CELERY = str(Path(sys.executable).with_name("celery"))
# A call ends within a second and a lease after two, and what is not done after ninety is given up; no sync is due.
TUNING = {
    "PORTAL_CALL_SECONDS": "1",
    "PORTAL_LEASE_SECONDS": "2",
    "PORTAL_GIVE_UP_SECONDS": "90",
    "PORTAL_SYNC_SECONDS": "100000",
}
CIRCUITS_AT_ONCE = 20
ON_A_GOOD_DAY = {
    "table_operation_header": False,
    "table_answers": "accepted",
    "parallel_table_reads": "allowed",
    "parallel_writes": "refused_429",
    "if_match": "ignored",
    "failed_write_leaves": "before",
    "shared_key_echoed": True,  # as in Microsoft's published trace; so a drill sees which key there is
}
# What prepares the portal is no drill, and may take its time.
PATIENT = {"PORTAL_CALL_SECONDS": "30", "PORTAL_LEASE_SECONDS": "60"}
OPERATION_SECONDS = "0.3"


class Portal:
    """A context: leaving it ends every process that it started.

    ``include`` names a module whose tasks people's worker knows besides.
    """

    def __init__(self, folder: Path, broker: Broker, database: Database, *, include: str = "") -> None:
        self.broker, self.database = broker, database
        self.azure = Azure(folder / "sandbox", size=2, arguments=["--operation-seconds", OPERATION_SECONDS])
        self._folder = folder
        self._include = ["--include", include] if include else []
        self._stack = ExitStack()
        self._circuits: dict[Circuit, list[str]] = {}
        self._asked = 0

    def __enter__(self) -> Self:
        with self._stack:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stack.enter_context(self.broker)
            self._stack.enter_context(self.azure)
            self._prepare()
            self._make_parts()
            self._stack.callback(self._end_parts)
            self.settle()
            self._let_people_in()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def circuit(self, wanted: Circuit = ORDERED) -> str:
        """The service key of such a one that nobody has read yet: at EUAP Test, and mirrored."""
        if not self._circuits.get(wanted):
            self._circuits[wanted] = self._order(wanted, CIRCUITS_AT_ONCE)
        return self._circuits[wanted].pop()

    def press(self, service_key: str) -> None:
        """Read tables now; returns when that is acknowledged."""
        self._supporter.press(service_key)

    def pressing(self, service_key: str) -> Future[None]:
        """The same without waiting for it."""
        return self.presses.submit(self.press, service_key)

    def count_requests(self) -> int:
        """The number of the last request that Azure has got."""
        self._asked += len(self.azure.requests(after=self._asked))
        return self._asked

    @contextmanager
    def azure_that_is_away(self) -> Iterator[None]:
        """Nobody listens there; afterwards it has forgotten what it had begun, and what it was asked."""
        self.azure.stop()
        try:
            yield
        finally:
            self.azure.start()
            self.azure.behave(**ON_A_GOOD_DAY)
            self._asked = 0

    @contextmanager
    def azure_that_hangs(self) -> Iterator[None]:
        """It takes connections, and says nothing."""
        self.azure.freeze()
        try:
            yield
        finally:
            self.azure.thaw()

    @contextmanager
    def web_server_with(self, **settings: str) -> Iterator[None]:
        """Pages are answered with these settings."""
        self._restart_the_web_server(settings)
        try:
            yield
        finally:
            self._restart_the_web_server({})

    def wait_for_the_web_server(self) -> None:
        """Until it listens."""
        wait_for(lambda: answers(self.port), "the web server answers", meanwhile=self.watch)

    def watch(self) -> None:
        """What the supervisor does all the time."""
        for part in self.parts:
            part.watch()

    def settle(self) -> None:
        """As on a good day: everything lives, and nothing is in its way."""
        self.broker.come_back()
        self.wish.drop()
        for part in self.parts:
            part.revive()
        self.spare.die()
        self.wait_for_the_web_server()
        self.azure.clear_faults()
        self.azure.behave(**ON_A_GOOD_DAY)

    def _restart_the_web_server(self, settings: Mapping[str, str]) -> None:
        self.web.die()
        # A process of its own holds the port for a moment longer than the one that was waited for.
        wait_for(lambda: not answers(self.port), "nobody listens any more")
        self.web.start_with(**settings)
        self.wait_for_the_web_server()

    def _prepare(self) -> None:
        self.port = free_ports(1)
        told = for_sandbox(self._folder, self.port, os.environ, self.azure.manifest)
        moment = self._folder / "moment"
        self.wish = Wish(moment)
        own = {"CELERY_BROKER_URL": self.broker.url, "DATABASE_URL": self.database.url, PLACE: str(moment)}
        self.environment = told | TUNING | own
        self._manage("migrate", "--verbosity", "0")
        self._manage("collectstatic", "--no-input", "--verbosity", "0")
        self._manage("enlist", self.azure.subscription("test")["id"], "--label", "test", "--kind", "test")

    def _let_people_in(self) -> None:
        self._supporter = self._let_in(SUPPORT)
        self.operators = [self._let_in(name) for name in OPERATORS]
        self.presses = self._stack.enter_context(ThreadPoolExecutor(2))

    def _let_in(self, name: str) -> Person:
        person = Person(f"http://localhost:{self.port}", name)
        self._stack.callback(person.leave)
        person.sign_in()
        return person

    def _make_parts(self) -> None:
        worker = [CELERY, "-A", "portal", "worker", "--queues"]
        people = [*worker, "people", "--pool", "threads", "--concurrency", "12", *self._include]
        self.worker, self.spare = self._part("worker", people), self._part("spare", people)
        self.background = self._part("background", [*worker, "background", "--concurrency", "1"])
        self.clock = self._part("clock", [CELERY, "-A", "portal", "beat"])
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn_config"]
        self.web = self._part("web", [*gunicorn, "--bind", f"127.0.0.1:{self.port}", "portal.wsgi"])
        self.parts = (self.worker, self.clock, self.background, self.web)

    def _part(self, name: str, command: list[str]) -> Part:
        return Part(name, command, self.environment, self._folder)

    def _end_parts(self) -> None:
        for part in (*self.parts, self.spare):
            part.die()

    def _order(self, wanted: Circuit, count: int) -> list[str]:
        test = self.azure.subscription("test")["id"]
        keys = [self.azure.order(peering_location="EUAP Test", subscription=test) for _ in range(count)]
        for key in keys:
            self.azure.edit(key, peerings=wanted.peerings)
        if wanted.is_provisioned:
            self._provision(keys)
        self._manage("sync")
        return keys

    def _provision(self, keys: list[str]) -> None:
        *_, last = [self.azure.provision(key) for key in keys]
        wait_for(lambda: "Updating" not in self.azure.get(last).text, "the last one is provisioned")

    def tell(self, words: str) -> None:
        """Python of the portal's own services, by ``manage.py shell``."""
        self._manage("shell", "-v", "0", "-c", words)

    def _manage(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=REPOSITORY, env=self.environment | PATIENT, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
