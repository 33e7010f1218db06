import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.harmless import harmless_lines
from portal.spreadsheets import kept_cell, read_cell, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "|cmd", "%0a=1", "\u200b=1", "\ufeff @1"]
)
def test_a_text_that_starts_a_formula_is_marked(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(-5, "-5"), (None, ""), ("", ""), ("er-ams", "er-ams"), ("a=b", "a=b")])
def test_numbers_and_plain_texts_stay_as_they_are(value: object, text: str) -> None:
    assert safe_cell(value) == text


@given(st.text())
def test_no_text_comes_out_as_a_formula_and_every_text_survives_the_file(text: str) -> None:
    cell, seen = safe_cell(text), harmless_lines(text)
    assert cell in {seen, f"'{seen}"}
    assert cell.strip()[:1] not in set("=+-@＝＋－＠|%") - {""}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cell)
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell, "end"])
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)) == [cell, "end"]


def test_what_a_terminal_would_obey_is_seen_and_a_line_end_stays() -> None:
    assert safe_cell("a\x1b[31m\r\nb\u202ec") == "a\ufffd[31m\nb\ufffdc"
    assert [safe_cell(text) for text in ("\r=1", "\0=1")] == ["'\ufffd=1", "'\ufffd=1"]


@given(st.text())
def test_a_cell_that_is_to_come_back_is_as_harmless_and_gives_back_its_text(text: str) -> None:
    cell = kept_cell(text)
    assert read_cell(cell) == text
    assert safe_cell(cell) == harmless_lines(cell)
