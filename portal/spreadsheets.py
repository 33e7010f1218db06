"""CSV files that a spreadsheet can open without running what is in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from portal.harmless import harmless_lines

# Without the mark, spreadsheets take UTF-8 for something older.
START = "\ufeff"
# A spreadsheet runs a cell that begins with one of these, after blanks and in full width too (OWASP, CSV Injection).
_STARTS_A_FORMULA = frozenset("=+-@|%＝＋－＠")  # noqa: RUF001 - these look alike on purpose
_BREAKS = frozenset("\t\r\n")
# Blanks, and what takes no room: whoever looks at the cell, and maybe the spreadsheet, sees what comes after it first.
_UNSEEN = re.compile(r"^[\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def safe_cell(value: object) -> str:
    """A value as text that no terminal obeys; one that would start a formula gets an apostrophe before it.

    Numbers stay numbers.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = "" if value is None else harmless_lines(str(value))
    return f"'{text}" if isinstance(value, str) and _is_formula(value) else text


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
    """Whether a spreadsheet would run it; an export asks that of 100,000 cells, most of which begin with a letter."""
    if text[:1].isalnum():
        return False
    seen = _UNSEEN.sub("", text)
    return bool(seen) and (seen[:1] in _STARTS_A_FORMULA or text[:1] in _BREAKS)
