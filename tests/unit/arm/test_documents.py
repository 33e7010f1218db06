"""Azure's document beside the fields of a get."""

import json

import pytest

from crossconnections.arm.reading import LONGEST_DOCUMENT, Fields
from crossconnections.arm.resources import read_cross_connection, read_whole_cross_connection
from tests.unit.arm import answers

MARKER = "Marker0Key"


def document(entry: object) -> str:
    return read_whole_cross_connection(Fields.parse(json.dumps(entry).encode())).document


def test_the_document_is_all_that_azure_told() -> None:
    entry = answers.load("trace_get")
    assert json.loads(document(entry)) == entry


def test_an_entry_of_a_list_brings_none() -> None:
    assert read_cross_connection(Fields.parse(json.dumps(answers.load("trace_get")).encode())).document == ""


@pytest.mark.parametrize("name", ["sharedKey", "SHAREDKEY", "sharedkey", "authorizationKey"])
@pytest.mark.parametrize("depth", [0, 1, 3, 40])
def test_a_key_is_in_no_document_however_it_is_spelled_and_however_deep_it_stands(name: str, depth: int) -> None:
    hidden: object = {name: MARKER, "vlanId": 7}
    for level in range(depth):
        hidden = [hidden] if level % 2 else {"inner": hidden}
    shown = document(answers.load("trace_get") | {"unheard": hidden})
    assert MARKER not in shown
    assert '"vlanId": 7' in shown


def test_a_key_that_is_no_text_is_dropped_as_well() -> None:
    assert MARKER not in document(answers.load("trace_get") | {"sharedKey": {"value": MARKER}})


def test_what_no_database_takes_is_spelled_otherwise() -> None:
    shown = document(answers.load("trace_get") | {"odd": "\x00 and \ud800"})
    assert shown.isascii()
    assert "\x00" not in shown


def test_one_that_is_far_too_large_is_kept_to_a_length() -> None:
    shown = document(answers.load("trace_get") | {"odd": "x" * 3_000_000})
    assert len(shown) == LONGEST_DOCUMENT
