"""CSV files that a spreadsheet can open without running what is in them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

# Without the mark, spreadsheets take UTF-8 for something older.
START = "\ufeff"
# A spreadsheet runs a cell that begins with one of these, after blanks and in full width too (OWASP, CSV Injection).
_STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001 - these look alike on purpose
_BREAKS = frozenset("\t\r\n")


def safe_cell(value: object) -> str:
    """A value as text; one that would start a formula gets an apostrophe before it, numbers stay numbers."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and _is_formula(text) else text


def kept_cell(text: str) -> str:
    """A text for a file that is to come back: as :func:`safe_cell`, and ``read_cell`` gives exactly the text."""
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def read_cell(cell: str) -> str:
    """What ``kept_cell`` was given; a cell that somebody else wrote without an apostrophe stays as it is."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell.lstrip("'")) else cell


def as_lines(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as the lines of a file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would run it."""
    return bool(text.strip()) and (text.strip()[:1] in _STARTS_A_FORMULA or text[:1] in _BREAKS)
