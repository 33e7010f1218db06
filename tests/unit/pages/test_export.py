import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.spreadsheets import kept_cell, read_cell, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "|cmd", "%0a=1"])
def test_a_text_that_starts_a_formula_is_marked(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(-5, "-5"), (None, ""), ("", ""), ("er-ams", "er-ams"), ("a=b", "a=b")])
def test_numbers_and_plain_texts_stay_as_they_are(value: object, text: str) -> None:
    assert safe_cell(value) == text


@given(st.text())
def test_no_text_comes_out_as_a_formula_and_every_text_survives_the_file(text: str) -> None:
    cell = safe_cell(text)
    assert cell in {text, f"'{text}"}
    assert cell.strip()[:1] not in set("=+-@＝＋－＠|%") - {""}
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell, "end"])
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)) == [cell, "end"]


@given(st.text())
def test_a_cell_that_is_to_come_back_is_as_harmless_and_gives_back_its_text(text: str) -> None:
    cell = kept_cell(text)
    assert read_cell(cell) == text
    assert safe_cell(cell) == cell
