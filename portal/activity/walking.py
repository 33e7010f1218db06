"""One entry after the other, each judged by its seal and by the one before."""

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from portal.activity.chain import FIELDS, is_sealed, sealed_part
from portal.activity.findings import Fault, Finding
from portal.activity.models import Checkpoint, Entry
from portal.activity.seals import ENTRY, Seals

Row = dict[str, Any]
_AT_ONCE = 2_000


def stream_rows() -> Iterator[Row]:
    """All entries by number, the time as the database's text: what is no time any more must not stop the reading."""
    columns = [name for name in FIELDS if name != "at"]
    rows = Entry.objects.order_by("number").annotate(at_text=Cast("at", TextField())).values(*columns, "at_text")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        row["at"] = row.pop("at_text")
        yield row


class Walk:
    """Where a walk along the chain stands: ``number`` and ``mac`` of the entry before; no MAC where it is missing."""

    def __init__(self, seals: Seals, start: Checkpoint | None) -> None:
        self._seals = seals
        self.start = start.number if start else 0
        self.number = self.start
        self.mac: str | None = start.mac if start else ""
        self._is_sound = True

    def judge_start(self, start: Checkpoint | None) -> Iterator[Finding]:
        """What is wrong with the checkpoint that it starts from."""
        verdict = is_sealed(start, self._seals) if start else True
        if start and not verdict:
            fault = Fault.CHECKPOINT_UNKNOWN_KEY if verdict is None else Fault.CHECKPOINT_FORGED
            yield Finding(fault, start.number, start.number, start.key_id if verdict is None else "")

    def step(self, row: Row) -> Iterator[Finding]:
        """What is wrong with the next entry, and with what should stand between it and the one before."""
        number = row["number"]
        if number <= self.start:
            yield Finding(Fault.FOREIGN, number, number)
            return
        if number > self.number + 1:
            yield Finding(Fault.MISSING, self.number + 1, number - 1)
            self.mac = None
        fault = self._fault(row)
        if fault:
            yield Finding(fault, number, number, row["key_id"] if fault is Fault.UNKNOWN_KEY else "")
        self.number, self.mac, self._is_sound = number, row["mac"], fault in {None, Fault.UNKNOWN_KEY}

    @property
    def is_sound(self) -> bool:
        """Whether the entry before is as it was written, as far as can be told."""
        return self._is_sound

    def _fault(self, row: Row) -> Fault | None:
        verdict = self._judge(row)
        follows = self.mac is None or row["previous_mac"] == self.mac
        if verdict is None:
            return Fault.UNKNOWN_KEY
        if verdict:
            return None if follows or not self._is_sound else Fault.UNLINKED
        # Somebody may have changed nothing but what it follows.
        is_here = follows or self._judge(row | {"previous_mac": self.mac})
        return Fault.CHANGED if is_here else Fault.FOREIGN

    def _judge(self, row: Row) -> bool | None:
        return self._seals.judge(ENTRY, sealed_part(row), key_id=row["key_id"], seal=row["mac"])
