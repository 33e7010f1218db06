"""Customers' records as the lines of a spreadsheet: the columns, and what a file says of each. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from crossconnections.record_values import NAMES, READERS, Unreadable
from portal.spreadsheets import START, read_cell

MOST_BYTES = 1_000_000
MOST_LINES = 5_000
KEY = "service_key"
# Written for whoever reads the file, and passed over when it comes back.
READ_ALONG = ("circuit_name", "peering_location")
COLUMNS = (KEY, *READ_ALONG, *NAMES)
_DELIMITERS = ",;\t"
_MOST_SHOWN = 40


class NotASheet(ValueError):  # noqa: N818 - reads as what it says
    """The file as a whole cannot be read; the text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one line asks for, and where in the file it begins; ``wrong`` are sentences, none where all is well."""

    number: int
    service_key: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        NotASheet: it is too large, or not in UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise NotASheet(f"It is larger than {MOST_BYTES // 1_000_000} MB. Split it, or leave out columns.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotASheet("It is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.") from None


def read_sheet(text: str) -> list[Line]:
    """The lines under the head, in their order; blank ones are passed over.

    Raises:
        NotASheet: the head is not one of ours, a quotation does not end, or there are too many lines.
    """
    rows = _rows(text.removeprefix(START))
    head = _read_head(next(rows, (0, []))[1])
    lines = [_line(number, head, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not lines:
        raise NotASheet("There is no line under the head.")
    if len(lines) > MOST_LINES:
        raise NotASheet(f"At most {MOST_LINES:,} lines are taken at once; these are {len(lines):,}. Split the file.")
    return _without_doubles(lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line in which it begins."""
    first, _, rest = text.partition("\n")
    is_told = first.strip().lower() in {f"sep={one}" for one in ",;"}  # spreadsheets write such a line
    body, start = (rest, 2) if is_told else (text, 1)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_delimiter(body), strict=True)
    number = start
    try:
        for cells in reader:
            yield number, cells
            number = start + reader.line_num
    except csv.Error:
        raise NotASheet(f"From line {number} on it cannot be read: a quotation mark is wrong or missing.") from None


def _delimiter(body: str) -> str:
    """The one that the head has most of; cells that are pasted have tabs."""
    head = body.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _read_head(cells: Sequence[str]) -> tuple[str, ...]:
    head = tuple(cell.strip().lower() for cell in cells)
    while head and not head[-1]:
        head = head[:-1]
    if KEY not in head:
        raise NotASheet(f"The first line has to name the columns, and one of them is {KEY}.")
    unknown = [cell for cell in head if cell not in COLUMNS]
    if unknown:
        names = ", ".join(f"“{cell[:_MOST_SHOWN]}”" for cell in dict.fromkeys(unknown))
        raise NotASheet(f"Nobody knows the column {names}. Known are {', '.join(COLUMNS)}.")
    if doubles := [name for name, count in Counter(head).items() if count > 1]:
        raise NotASheet(f"The column {', '.join(doubles)} is there twice.")
    if not set(head) & set(NAMES):
        raise NotASheet(f"There is no column to keep. Those are {', '.join(NAMES)}.")
    return head


def _line(number: int, head: Sequence[str], cells: Sequence[str]) -> Line:
    told = len(cells)
    while told > len(head) and not cells[told - 1].strip():
        told -= 1
    given = dict(zip_longest(head, cells[: len(head)], fillvalue=""))
    key = given[KEY].strip().strip("{}").lower()
    if told != len(head):
        return Line(number, key, wrong=(f"It has {told} cells, and the head has {len(head)} columns.",))
    if not key:
        return Line(number, key, wrong=("There is no service key in it.",))
    if not key.isprintable():  # NUL among them, which no database takes
        return Line(number, "", wrong=("Its service key has a control character in it.",))
    return _read_fields(number, key, {name: read_cell(given[name]) for name in head if name in READERS})


def _read_fields(number: int, key: str, texts: Mapping[str, str]) -> Line:
    fields: dict[str, Any] = {}
    wrong = []
    for name, text in texts.items():
        try:
            fields[name] = READERS[name](text)
        except Unreadable as reason:
            wrong.append(f"{name}: {reason}")
    return Line(number, key, {} if wrong else fields, tuple(wrong))


def _without_doubles(lines: Sequence[Line]) -> list[Line]:
    """Of several lines for one service key none is taken: nobody knows which was meant."""
    numbers: dict[str, list[int]] = {}
    for line in lines:
        numbers.setdefault(line.service_key, []).append(line.number)
    return [_without_double(line, [one for one in numbers[line.service_key] if one != line.number]) for line in lines]


def _without_double(line: Line, others: Sequence[int]) -> Line:
    if not others or not line.service_key:
        return line
    where = f"line {others[0]}" if len(others) == 1 else f"{len(others)} other lines"
    return Line(line.number, line.service_key, wrong=(*line.wrong, f"The same service key is in {where} too."))
