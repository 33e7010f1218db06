"""The tables of docs/diagnosis.md, read, and written anew for review."""

from collections.abc import Iterable
from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "diagnosis.md"


def read_table(name: str) -> list[tuple[str, ...]]:
    """The rows that stand between the marks of that name."""
    _, table, _ = _parts(name)
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()[2:]]


def write_table(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """The table in place of the one that is there."""
    before, _, after = _parts(name)
    names = tuple(heads)
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    DOCUMENT.write_text(before + "\n".join(lines) + "\n" + after)


def _parts(name: str) -> tuple[str, str, str]:
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = DOCUMENT.read_text().partition(start)
    table, _, after = rest.partition(end)
    return before + start, table, end + after
