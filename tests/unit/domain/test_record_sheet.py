"""Customers' records as the lines of a file, and a file's way out and back."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.presenters.record_imports import as_record_cells
from crossconnections.record_sheet import COLUMNS, MOST_BYTES, MOST_LINES, Line, NotASheet, decode, read_sheet
from crossconnections.record_values import EMPTY, READERS, Unreadable
from portal.spreadsheets import START, as_lines

KEY = "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"
OTHER = "6b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", START])
def test_commas_semicolons_and_tabs_are_taken(delimiter: str, start: str):
    text = f"{start}service_key{delimiter}customer\r\n{KEY.upper()}{delimiter}Contoso\r\n"
    assert read_sheet(text) == [Line(2, KEY, {"customer": "Contoso"})]


def test_a_first_line_that_tells_the_mark_is_passed_over():
    assert read_sheet(f"sep=;\r\nservice_key;customer\r\n{KEY};Contoso")[0] == Line(3, KEY, {"customer": "Contoso"})


def test_a_column_that_is_not_there_is_no_field_and_an_empty_cell_is_an_empty_one():
    assert read_sheet(f"service_key,customer,planned_on\n{KEY},,")[0].fields == {"customer": "", "planned_on": None}


def test_lines_are_numbered_as_an_editor_does_though_a_cell_has_several():
    lines = read_sheet(f'service_key,contacts\n{KEY},"Anna\nBert"\n\n{OTHER},Carl\n')
    assert [(line.number, line.fields["contacts"]) for line in lines] == [(2, "Anna\nBert"), (5, "Carl")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first line has to name the columns"),
        (f"{KEY},Contoso", "The first line has to name the columns"),
        (f"service_key,customer,phone\n{KEY},a,b", "Nobody knows the column “phone”"),
        (f"service_key,customer,customer\n{KEY},a,b", "The column customer is there twice"),
        (f"service_key,circuit_name\n{KEY},a", "There is no column to keep"),
        ("service_key,customer\n,\n\n", "There is no line under the head"),
        (f'service_key,customer\n{KEY},"open', "From line 2 on it cannot be read"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(text: str, sentence: str):
    with pytest.raises(NotASheet, match=sentence):
        read_sheet(text)


def test_more_lines_than_are_taken_at_once_are_refused():
    lines = "\n".join(f"{number:036d},x" for number in range(MOST_LINES + 1))
    with pytest.raises(NotASheet, match=r"At most 5,000 lines are taken at once; these are 5,001"):
        read_sheet(f"service_key,customer\n{lines}")


def test_a_file_that_is_too_large_or_in_another_encoding_is_refused():
    with pytest.raises(NotASheet, match=r"larger than 1 MB"):
        decode(b"x" * (MOST_BYTES + 1))
    with pytest.raises(NotASheet, match=r"not in UTF-8"):
        decode("Zürich".encode("latin-1"))
    assert decode("\ufeffZürich".encode()) == "Zürich"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"{KEY},Contoso,soon", "planned_on: “soon” is no date. Write it as in 2026-12-03."),
        (f"{KEY},Contoso", "It has 2 cells, and the head has 3 columns."),
        (f"{KEY},Contoso,,more", "It has 4 cells, and the head has 3 columns."),
        (",Contoso,", "There is no service key in it."),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, sentence: str):
    assert read_sheet(f"service_key,customer,planned_on\n{line}")[0].wrong == (sentence,)


def test_empty_cells_behind_the_last_column_are_passed_over():
    assert read_sheet(f"service_key,customer,,\n{KEY},Contoso,,")[0].fields == {"customer": "Contoso"}


def test_of_two_lines_for_one_key_none_is_taken():
    lines = read_sheet(f"service_key,customer\n{KEY},a\n{OTHER},b\n{KEY.upper()},c")
    assert [line.wrong for line in lines] == [
        ("The same service key is in line 4 too.",),
        (),
        ("The same service key is in line 2 too.",),
    ]


def kept(name: str, text: str) -> Any:
    try:
        return READERS[name](text)
    except Unreadable:
        return EMPTY[name]


texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("'=+-@\t\r\n\",; ")))
records = st.fixed_dictionaries({name: st.builds(kept, st.just(name), texts) for name in READERS})


@given(records)
def test_what_was_taken_out_is_read_as_what_is_on_record(record: dict[str, Any]):
    row = {"service_key": KEY, "circuit_name": "=er", "peering_location": "Zürich", **record}
    text = START + as_lines([COLUMNS, as_record_cells(row)])
    assert read_sheet(decode(text.encode())) == [Line(2, KEY, record)]


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str):
    with suppress(NotASheet):
        read_sheet(text)


@given(st.text())
def test_any_line_is_read_or_refused_with_sentences(text: str):
    try:
        lines = read_sheet(f"service_key,customer,known_macs,planned_on\n{text}")
    except NotASheet:
        return
    assert all(bool(line.fields) != bool(line.wrong) for line in lines)
