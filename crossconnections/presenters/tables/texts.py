"""Tables as plain text for a ticket: aligned by blanks, with a line above that says what it is and of when."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from crossconnections.models import TableRead
from crossconnections.presenters.tables.words import full_read_name
from portal.harmless import harmless

_GAP = "  "
_LONGEST_CELL = 4_000


def as_text(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The title, the heads and the rows, each column as wide as its widest cell."""
    lines = [tuple(heads), *(tuple(harmless(cell, longest=_LONGEST_CELL) for cell in row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    cells = (_GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join([title, *(line.rstrip() for line in cells)])


def title_of(read: TableRead, service_key: str) -> str:
    """``Primary ARP table of Azure private peering, 5b2f…, read 26 Nov 2026, 14:02:31 UTC``."""
    when = f", read {in_full(read.finished_at)}" if read.finished_at else ""
    return f"{full_read_name(read)}, {service_key}{when}"


def in_full(when: datetime) -> str:
    """``26 Nov 2026, 14:02:31 UTC``."""
    utc = when.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M:%S} UTC"
