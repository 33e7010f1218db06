"""One drill of table reads: a press, what befalls the portal then, and what has to have come of it in the end."""

import time
from collections import Counter
from concurrent.futures import Future

from tests.drills.engine.course import RESULTS, STATES, Course
from tests.drills.engine.portal import Portal
from tests.drills.engine.reads import Read, reads_of

__all__ = ["AT_ONCE", "READS", "RESULTS", "STATES", "TABLES", "Drill"]

READS = 6  # one peering, two paths, three tables
# The addresses under which Azure is asked for a table.
TABLES = "/peerings/"
# With these Azure says that it began. Where tables come at once, a drill says so.
ACCEPTED, AT_ONCE = 202, 200
MOST_SECONDS_TO_PRESS = 10


class Drill(Course):
    """Its circuit was never read; ``lost`` are reads, ``asked twice`` tables that Azure began more than once."""

    about = "table reads"

    def __init__(self, name: str, portal: Portal, seed: int) -> None:
        super().__init__(name, portal, seed)
        self.begins_with = ACCEPTED
        self._said = len(portal.worker.said())

    def press(self) -> None:
        """Read tables now; it is acknowledged, and nobody waits for that whatever befalls the portal."""
        start = time.monotonic()
        self.portal.press(self.key)
        self.mended()
        assert time.monotonic() - start < MOST_SECONDS_TO_PRESS

    def pressing(self) -> Future[None]:
        """The same without waiting for it."""
        return self.portal.pressing(self.key)

    def until_azure_has_all(self) -> None:
        """Azure has accepted all six tables; some may be read by then."""
        self.until(lambda: sum(map(self.states().__getitem__, ("running", "succeeded"))) == READS, "Azure has all")

    def until_some_are(self, state: str) -> None:
        """At least one of the reads is."""
        self.until(lambda: state in self.states(), f"some {state}")

    def reads(self) -> list[Read]:
        """As their rows stand."""
        return reads_of(self.database, self.key)

    def states(self) -> Counter[str]:
        """How many of the reads are in which state."""
        return Counter(one.state for one in self.reads())

    def begun(self) -> Counter[str]:
        """How often Azure began to read each table of this circuit: path and table."""
        mine = [one for one in self.requests() if self.key in one["path"] and one["method"] == "POST"]
        return Counter("/".join(one["path"].split("/")[-2:]) for one in mine if one["status"] == self.begins_with)

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
            self.note_outcome(lost=lost, asked_twice=twice)
        assert lost == 0, wrong
        assert may_ask_twice or self._an_answer_was_too_late() or not twice, self.begun()

    def calls(self) -> int:
        """How many calls for this circuit the ledger has."""
        [[count]] = self.database.ask("SELECT count(*) FROM crossconnections_armcall WHERE service_key = ?", self.key)
        return int(count)

    def _an_answer_was_too_late(self) -> bool:
        """On a busy machine a second may be too short: then nobody can know either whether Azure had the question."""
        lines = self.worker.said(after=self._said).splitlines()
        return any("gave no whole answer" in line and '"state": "submitting"' in line for line in lines)
