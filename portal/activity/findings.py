"""What can be wrong with the trail, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from portal.harmless import harmless

_LONGEST_TEXT = 40


class Fault(Enum):
    """A kind of finding, and its words for one entry (``{n}``) and for several (``{n}`` and ``{m}``).

    ``{text}`` is the id of a key, or what stands in place of a number.
    """

    CHANGED = "Entry {n} was changed.", "Entries {n} to {m} were changed."
    FOREIGN = (
        "Entry {n} does not belong there: it was inserted, moved or replaced.",
        "Entries {n} to {m} do not belong there: they were inserted, moved or replaced.",
    )
    NUMBERLESS = ("There is an entry numbered {text}, which is no number: it was inserted or changed.",) * 2
    UNLINKED = ("Entry {n} does not follow the one before it.",) * 2
    MISSING = "Entry {n} is missing.", "Entries {n} to {m} are missing."
    UNKNOWN_KEY = (
        "Entry {n} is sealed with the key {text}, which is not configured: it may have been changed.",
        "Entries {n} to {m} are sealed with the key {text}, which is not configured: they may have been changed.",
    )
    TAIL = (
        "The tail of the chain is cut off: entry {n} is missing.",
        "The tail of the chain is cut off: entries {n} to {m} are missing.",
    )
    HEAD_MISSING = ("The head of the chain is missing: where it ends cannot be told.",) * 2
    HEAD_FORGED = ("The head of the chain was forged: where it ends cannot be told.",) * 2
    HEAD_UNKNOWN_KEY = (
        "The head of the chain is sealed with the key {text}, which is not configured: where it ends cannot be told.",
    ) * 2
    HEAD_SUPERFLUOUS = (
        "The row {n} of the head does not belong there: it was inserted or moved.",
        "The rows {n} to {m} of the head do not belong there: they were inserted or moved.",
    )
    HEAD_ELSEWHERE = ("The head of the chain names another entry {n} than the one that is there.",) * 2
    CHECKPOINT_FORGED = ("The checkpoint {n} was forged: what came before it cannot be told.",) * 2
    CHECKPOINT_NUMBERLESS = ("There is a checkpoint numbered {text}, which is no number: it was forged.",) * 2
    CHECKPOINT_UNKNOWN_KEY = (
        "The checkpoint {n} is sealed with the key {text}, which is not configured: it may have been forged.",
    ) * 2
    ANCHOR_BEYOND = ("The head that was given, {n}, lies beyond the end of the chain: its tail is cut off.",) * 2
    ANCHOR_ELSEWHERE = ("Entry {n} is not the one that the head that was given names: the chain was rewritten.",) * 2
    ANCHOR_FORGOTTEN = ("Entry {n}, which the head that was given names, is older than what is kept.",) * 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Something is wrong with the entries from ``first`` to ``last``."""

    fault: Fault
    first: int = 0
    last: int = 0
    text: str = ""

    @property
    def words(self) -> str:
        """A sentence, fit for a terminal whatever somebody wrote into the database."""
        one, many = self.fault.value
        text = harmless(str(self.text), longest=_LONGEST_TEXT)
        words = one if self.first == self.last else many
        return words.format(n=f"{self.first:,}", m=f"{self.last:,}", text=text)


def in_runs(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same with what is wrong with one entry after the other told at once."""
    run: Finding | None = None
    for one in findings:
        if run and (one.fault, one.text, one.first) == (run.fault, run.text, run.last + 1):
            run = replace(run, last=one.last)
            continue
        if run:
            yield run
        run = one
    if run:
        yield run
