import json

import pytest

from crossconnections.arm.paging import Page, PageReader
from crossconnections.arm.reading import Fields, MalformedError


def document(**values: object) -> Fields:
    return Fields.parse(json.dumps(values).encode())


def reader() -> PageReader[str]:
    return PageReader("https://azure/1", lambda entry: entry.text("name"))


def test_pages_are_numbered_and_the_last_knows_that_it_is() -> None:
    pages = reader()
    first = pages.read(document(value=[{"name": "a"}, {"name": "b"}], nextLink="https://azure/2"))
    assert (first, pages.next_link) == (Page(number=1, items=("a", "b"), is_last=False), "https://azure/2")
    assert pages.read(document(value=[], nextLink=None)) == Page(number=2, items=(), is_last=True)


def test_a_list_without_value_is_not_an_empty_list() -> None:
    for nothing in (document(), document(value=None), document(value={}), document(value="")):
        with pytest.raises(MalformedError, match="value"):
            reader().read(nothing)


def test_an_entry_that_cannot_be_read_fails_its_page() -> None:
    with pytest.raises(MalformedError, match=r"value\[1\]\.name is not a text"):
        reader().read(document(value=[{"name": "a"}, {"name": 1}]))


def test_a_link_back_to_a_page_that_was_read_is_refused() -> None:
    pages = reader()
    with pytest.raises(MalformedError, match="leads back"):
        pages.read(document(value=[], nextLink="https://azure/1"))


def test_a_longer_way_round_is_refused_too() -> None:
    pages = reader()
    pages.read(document(value=[], nextLink="https://azure/2"))
    with pytest.raises(MalformedError, match="leads back"):
        pages.read(document(value=[], nextLink="https://azure/1"))


def test_a_link_that_is_no_text_is_refused() -> None:
    with pytest.raises(MalformedError, match="nextLink is not a text"):
        reader().read(document(value=[], nextLink=2))
