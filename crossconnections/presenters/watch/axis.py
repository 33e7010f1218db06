"""The time axis: where a moment stands, and which moments are written below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS = [timedelta(minutes=one) for one in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360)]


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``begin`` at ``left`` to ``end`` at ``right``, in the units of the picture."""

    begin: datetime
    end: datetime
    left: float
    right: float

    def place(self, at: datetime) -> float:
        """Within the axis, whatever the moment."""
        share = (at - self.begin) / (self.end - self.begin)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def marks(self, *, most: int) -> Iterator[tuple[float, str]]:
        """At most so many full moments, each with its words; a new day is named."""
        step = next((one for one in _STEPS if (self.end - self.begin) / one <= most), _STEPS[-1])
        at = self.begin - (self.begin - _EPOCH) % step
        while (at := at + step) <= self.end:
            utc = at.astimezone(UTC)
            is_midnight = (utc.hour, utc.minute) == (0, 0)
            yield self.place(at), f"{utc.day} {utc:%b}" if is_midnight else f"{utc:%H:%M}"
