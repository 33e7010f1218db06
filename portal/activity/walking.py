"""One entry after the other, each judged by its seal and by the one before."""

from collections.abc import Iterator

from portal.activity.chain import sealed_part
from portal.activity.findings import Fault, Finding
from portal.activity.models import Checkpoint, Entry
from portal.activity.rows import Row, is_number, stream_rows
from portal.activity.seals import ENTRY, Seals


def stream_entries() -> Iterator[Row]:
    """All entries by number; what is numbered by something else than a number comes last."""
    return stream_rows(Entry.objects.order_by("number"))


class Walk:
    """Where a walk along the chain stands: ``number`` and ``mac`` of the entry before; no MAC where it is missing."""

    def __init__(self, seals: Seals, start: Checkpoint | None) -> None:
        self._seals = seals
        self.start = start.number if start else 0
        self.number = self.start
        self.mac: str | None = start.mac if start else ""
        self._is_sound = True

    def step(self, row: Row) -> Iterator[Finding]:
        """What is wrong with the next entry, and with what should stand between it and the one before."""
        number = row["number"]
        if not is_number(number):
            yield Finding(Fault.NUMBERLESS, text=str(number))
            return
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
        try:
            return self._judge_values(row)
        except Exception:  # noqa: BLE001 - no row may keep the others from being judged, and the portal wrote none such
            return False

    def _judge_values(self, row: Row) -> bool | None:
        return self._seals.judge(ENTRY, sealed_part(row), key_id=row["key_id"], seal=row["mac"])
