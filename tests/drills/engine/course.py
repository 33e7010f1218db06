"""The course of any drill: what befalls a portal, what is waited for, and what Azure was asked meanwhile."""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from tests.drills.engine.circuits import ORDERED, Circuit
from tests.drills.engine.part import Part
from tests.drills.engine.patience import wait_for
from tests.drills.engine.portal import Portal

# Of the addresses under which Azure is asked: what came of an operation, and in words how far it is.
RESULTS, STATES = "/operationResults/", "/operations/"
SECONDS_TO_THE_END = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the table: ``counts`` by the words over their columns, and seconds from the mend to the end."""

    about: str
    drill: str
    broker: str
    counts: Mapping[str, int]
    seconds: float


class Course:
    """A circuit that nobody else is at, and the portal around it; ``about`` is what kind of drills it is one of."""

    about: str

    def __init__(self, name: str, portal: Portal, seed: int, *, circuit: Circuit = ORDERED) -> None:
        self.portal, self.azure, self.broker, self.database = portal, portal.azure, portal.broker, portal.database
        self.worker, self.clock, self.background, self.web = portal.parts
        self.key = portal.circuit(circuit)
        self.outcome: Outcome | None = None
        self._name = name
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._mended_at, self._recovered_at = time.monotonic(), 0.0
        self._earlier: list[dict[str, Any]] = []
        self._after = portal.count_requests()

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it, while the supervisor goes about its work."""
        wait_for(condition, what, seconds=SECONDS_TO_THE_END, meanwhile=self.portal.watch)

    def until_asked(self, where: str, *, times: int = 1, status: int | None = None, method: str = "") -> None:
        """Azure has got so many requests at such addresses, answered with ``status`` where one is given."""

        def is_meant(one: dict[str, Any]) -> bool:
            return where in one["path"] and status in {None, one["status"]} and method in {"", one["method"]}

        self.until(lambda: sum(map(is_meant, self.requests())) >= times, f"{times} of {method} {where} asked for")

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

    def recovered(self) -> None:
        """What follows is only looked at."""
        self._recovered_at = time.monotonic()

    def requests(self) -> list[dict[str, Any]]:
        """What Azure was asked for since the drill began, in order."""
        return [*self._earlier, *self.azure.requests(after=self._after)]

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

    def note_outcome(self, **counts: int) -> None:
        """Its line of the table; the seconds end now, if they have not ended yet."""
        seconds = round((self._recovered_at or time.monotonic()) - self._mended_at, 2)
        named = {name.replace("_", " "): count for name, count in counts.items()}
        self.outcome = Outcome(self.about, self._name, self.broker.name, named, seconds)

    def told(self) -> str:
        """Its line, as text."""
        return json.dumps(asdict(self.outcome)) if self.outcome else ""

    def end(self) -> None:
        """Nothing that it began goes on."""
