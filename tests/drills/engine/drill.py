"""One drill: a press, what befalls the portal then, and what has to have come of it in the end."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.drills.engine.portal import Portal
from tests.drills.engine.reads import Read

READS = 6  # one peering, two paths, three tables
# Of the addresses under which Azure is asked: the tables, what came of them, and in words how far they are.
TABLES, RESULTS, STATES = "/peerings/", "/operationResults/", "/operations/"
# With these Azure says that it began. Where tables come at once, a drill says so.
ACCEPTED, AT_ONCE = 202, 200
SECONDS_TO_THE_END = 100
MOST_SECONDS_TO_PRESS = 10


@dataclass(slots=True)
class Outcome:
    """A line of the table: reads lost, tables begun at Azure more than once, seconds from the mend to the end."""

    drill: str
    broker: str
    lost: int
    asked_twice: int
    seconds: float


class Drill:
    """A circuit that nobody else reads, and the portal around it."""

    def __init__(self, name: str, portal: Portal, seed: int) -> None:
        self.portal, self.azure, self.broker, self.database = portal, portal.azure, portal.broker, portal.database
        self.worker, self.clock, self.background, self.web = portal.parts
        self.key = portal.circuit()
        self._said = len(portal.worker.said())
        self.outcome: Outcome | None = None
        self.begins_with = ACCEPTED
        self._name = name
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._mended_at = time.monotonic()
        self._earlier: list[dict[str, object]] = []
        self._after = portal.count_requests()

    def press(self) -> None:
        """Read tables now; it is acknowledged, and nobody waits for that whatever befalls the portal."""
        start = time.monotonic()
        self.portal.press(self.key)
        self.mended()
        assert time.monotonic() - start < MOST_SECONDS_TO_PRESS

    def pressing(self) -> Future[None]:
        """The same without waiting for it."""
        return self.portal.pressing(self.key)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it, while the supervisor goes about its work."""
        wait_for(condition, what, seconds=SECONDS_TO_THE_END, meanwhile=self.portal.watch)

    def until_azure_has_all(self) -> None:
        """Azure has accepted all six tables; some may be read by then."""
        self.until(lambda: sum(map(self.states().__getitem__, ("running", "succeeded"))) == READS, "Azure has all")

    def until_some_are(self, state: str) -> None:
        """At least one of the reads is."""
        self.until(lambda: state in self.states(), f"some {state}")

    def until_asked(self, where: str, *, times: int = 1, status: int | None = None) -> None:
        """Azure has got so many requests at such addresses, answered with ``status`` where one is given."""

        def found() -> int:
            return sum(where in str(one["path"]) and status in {None, one["status"]} for one in self.requests())

        self.until(lambda: found() >= times, f"{times} of {where} asked for")

    def until_struck(self) -> None:
        """Every fault that was to strike has struck."""
        self.until(lambda: not self.azure.faults(), "no fault is left")

    def linger(self, most_seconds: float = 0.3) -> None:
        """A moment, another one with each seed: what befalls the portal comes at no set time."""
        self.for_seconds(self._chance.uniform(0, most_seconds))

    def for_seconds(self, seconds: float) -> None:
        """As long as it takes to come between a call and its lease, or a message and its end."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end, f"{seconds} seconds")

    def freeze(self, part: Part) -> None:
        """Stop a part where it is, but not while it writes: then nobody else could."""
        part.freeze()
        while not self.database.is_free():
            part.thaw()
            self.linger(0.05)
            part.freeze()

    def mended(self) -> None:
        """What befell the portal is over: from now on it recovers."""
        self._mended_at = time.monotonic()

    def reads(self) -> list[Read]:
        """As their rows stand."""
        return self.database.reads(self.key)

    def states(self) -> Counter[str]:
        """How many of the reads are in which state."""
        return Counter(one.state for one in self.reads())

    def requests(self) -> list[dict[str, object]]:
        """What Azure was asked for since the drill began, in order."""
        return [*self._earlier, *self.azure.requests(after=self._after)]

    def begun(self) -> Counter[str]:
        """How often Azure began to read each table of this circuit: path and table."""
        mine = [one for one in self.requests() if self.key in str(one["path"]) and one["method"] == "POST"]
        return Counter("/".join(str(one["path"]).split("/")[-2:]) for one in mine if one["status"] == self.begins_with)

    @contextmanager
    def azure_away(self) -> Iterator[None]:
        """Azure is not there, and has forgotten what it had begun when it comes back."""
        self._earlier, self._after = self.requests(), 0
        with self.portal.azure_that_is_away():
            yield

    def restart_azure(self) -> None:
        """It forgets what it had begun."""
        with self.azure_away():
            pass

    def ends_well(self, *, may_ask_twice: bool = False) -> None:
        """All six tables are read and right, and Azure began each once, unless nobody can know that it had."""
        self.ends_with({}, may_ask_twice=may_ask_twice)

    def ends_with(self, failures: dict[tuple[str, str], str], *, may_ask_twice: bool = False) -> None:
        """The same, but for the tables (by path and table) that had to fail, each with its code."""
        wait_for_end = f"the reading ends: {self.reads()}"
        try:
            self.until(lambda: self.reads() and all(one.finished_at for one in self.reads()), wait_for_end)
        finally:
            found = {(one.path, one.table): one for one in self.reads()}
            wrong = [
                read
                for which, read in found.items()
                if not (read.has_failed(failures[which]) if which in failures else read.is_right())
            ]
            lost = len(wrong) + READS - len(found)
            twice = sum(times > 1 for times in self.begun().values())
            seconds = time.monotonic() - self._mended_at
            self.outcome = Outcome(self._name, self.broker.name, lost, twice, round(seconds, 2))
        assert lost == 0, wrong
        assert may_ask_twice or self._an_answer_was_too_late() or not twice, self.begun()

    def calls(self) -> int:
        """How many calls for this circuit the ledger has."""
        return self.database.count("crossconnections_armcall", service_key=self.key)

    def _an_answer_was_too_late(self) -> bool:
        """On a busy machine a second may be too short: then nobody can know either whether Azure had the question."""
        lines = self.worker.said(after=self._said).splitlines()
        return any("gave no whole answer" in line and '"state": "submitting"' in line for line in lines)

    def told(self) -> str:
        """Its line of the table, as text."""
        return json.dumps(asdict(self.outcome)) if self.outcome else ""
