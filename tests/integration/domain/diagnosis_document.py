"""The tables of docs/diagnosis.md, read, and written anew for review."""

from collections.abc import Iterable

from tests import documents

DOCUMENT = documents.DOCS / "diagnosis.md"


def read_table(name: str) -> list[tuple[str, ...]]:
    """The rows that stand between the marks of that name."""
    return documents.read_table(DOCUMENT, name)


def write_table(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """The table in place of the one that is there."""
    documents.write_table(DOCUMENT, name, heads, rows)
