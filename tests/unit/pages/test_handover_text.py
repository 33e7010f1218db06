"""The sheet as text: no wider than a mail, nothing lost, nothing that a terminal would obey."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crossconnections.presenters.handover.sheet import Sheet, Steps, facts, grid, listing, section, words
from crossconnections.presenters.handover.text import WIDTH, as_text

ANY = st.text(max_size=200)


def sheet_of(*blocks) -> Sheet:
    return Sheet("Sheet", facts(("Customer", "Contoso")), (section("Part", *blocks),))


def lines_of(*blocks) -> list[str]:
    return as_text(sheet_of(*blocks)).splitlines()[7:]


@given(ANY, ANY, ANY, ANY)
def test_whatever_is_on_it_no_line_is_wider_and_no_character_is_a_command(one: str, two: str, three: str, four: str):
    told = as_text(
        sheet_of(
            facts((one or "-", two)),
            grid(three, ("Primary", "Secondary"), [(four, (one, two), True)]),
            listing(two, [three, four], most=1),
            words(one, four),
        )
    )
    assert all(len(line) <= WIDTH for line in told.split("\n"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


@given(st.lists(st.from_regex(r"[!-~]{1,40}", fullmatch=True), min_size=1, max_size=30))
def test_what_is_no_longer_than_a_line_is_never_cut(texts: list[str]):
    told = as_text(sheet_of(listing("Prefixes", texts, most=100), words(*texts)))
    assert not [text for text in texts if text not in told]


def test_a_long_value_goes_on_below_itself():
    assert lines_of(facts(("Service", "word " * 14))) == [
        "Service:                      word word word word word word word word word",
        "                              word word word word word",
    ]


def test_a_word_that_does_not_fit_beside_its_name_begins_below_it_and_is_whole():
    word = "x" * 74
    assert lines_of(facts(("Circuit", word))) == ["Circuit:", f"    {word}"]


def test_what_has_no_value_has_no_line():
    assert lines_of(facts(("Reference", ""), ("SKU", "Standard"))) == ["SKU:                          Standard"]
    assert grid("Link", ("A", "B"), [("Port", ("", ""), False)]).rows == ()


def test_a_table_stands_side_by_side_where_it_fits():
    assert lines_of(grid("Link", ("Primary", "Secondary"), [("VLAN ID", ("200", ""), True)])) == [
        "Link     Primary  Secondary",
        "VLAN ID  200",
    ]


def test_a_table_that_is_too_wide_stands_link_by_link():
    wide = "x" * 48
    rows = [("Number of it", (wide, "yyyyyyyyyyyyyyyy"), True), ("Tag", ("", "7"), True)]
    assert lines_of(grid("Link", ("Primary", "Secondary"), rows)) == [
        "Link",
        "Primary",
        f"  Number of it:               {wide}",
        "Secondary",
        "  Number of it:               yyyyyyyyyyyyyyyy",
        "  Tag:                        7",
    ]


def test_of_a_long_list_the_rest_is_counted():
    assert lines_of(listing("Prefixes", map(str, range(1_052)), most=3)) == [
        "Prefixes (1,052):",
        "  0, 1, 2, and 1,049 more",
    ]
    assert lines_of(listing("Prefixes", "ab", most=2)) == ["Prefixes (2):", "  a, b"]


def test_steps_are_numbered():
    assert lines_of(Steps((("Call us.", "By phone."), ("Wait.", "x " * 40)))) == [
        "1. Call us. By phone.",
        "2. Wait. " + "x " * 34 + "x",
        "   x x x x x",
    ]
