"""Tables in documents that are made of what the code says: read, and written anew for review.

A table stands between ``<!-- its name -->`` and ``<!-- end of its name -->``.
"""

from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
Rows = Iterable[Iterable[str]]


def read_part(document: Path, name: str) -> str:
    """What stands between the marks of that name."""
    return _parts(document, name)[1]


def read_table(document: Path, name: str) -> list[tuple[str, ...]]:
    """The rows that stand there, without the head."""
    lines = read_part(document, name).splitlines()[2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def write_table(document: Path, name: str, heads: Iterable[str], rows: Rows) -> None:
    """The table in place of the one that is there."""
    before, _, after = _parts(document, name)
    document.write_text(before + table_of(heads, rows) + after)


def table_of(heads: Iterable[str], rows: Rows) -> str:
    """Its text."""
    names = tuple(heads)
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def _parts(document: Path, name: str) -> tuple[str, str, str]:
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = document.read_text().partition(start)
    part, _, after = rest.partition(end)
    return before + start, part, end + after
