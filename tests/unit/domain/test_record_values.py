"""What people write into a record, and what the record keeps of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.record_values import (
    LONGEST_LINE,
    NAMES,
    READERS,
    Unreadable,
    as_text,
    read_contacts,
    read_date,
    read_line,
    read_macs,
    read_service,
    read_tier,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("2026-12-03 00:00:00", date(2026, 12, 3)),
        ("03.12.2026", date(2026, 12, 3)),
        ("3.12.2026", date(2026, 12, 3)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("05/05/2026", date(2026, 5, 5)),
        (" ", None),
    ],
)
def test_a_date_is_read_as_spreadsheets_write_it(text: str, day: date | None):
    assert read_date(text) == day


def test_a_date_that_can_be_read_in_two_ways_is_refused_with_both():
    with pytest.raises(Unreadable, match=r"can be read in two ways. Write 2026-03-04 or 2026-04-03"):
        read_date("03/04/2026")


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "31.02.2026", "32/13/2026", "46000", "03.12.26", "1999-12-31"])
def test_what_is_no_date_is_refused_and_says_how_to_write_one(text: str):
    with pytest.raises(Unreadable, match=r"is no date. Write it as in 2026-12-03"):
        read_date(text)


@pytest.mark.parametrize("text", ["layer2", "Layer 2", "LAYER-2", "l2", "2"])
def test_a_service_is_known_in_any_usual_spelling(text: str):
    assert read_service(text) == "layer2"


def test_another_word_is_no_service_and_no_tier():
    with pytest.raises(Unreadable, match=r"“layer4” is not known. Say layer2 or layer3"):
        read_service("layer4")
    with pytest.raises(Unreadable, match=r"“Local” is not known. Say Standard or Premium"):
        read_tier("Local")
    assert (read_service(" "), read_tier("premium")) == ("", "Premium")


def test_mac_addresses_are_kept_once_each_as_the_tables_spell_them():
    assert read_macs("AA:BB:CC:00:11:22\r\naabb.cc00.1122, 00-11-22-33-44-55") == ["aabb.cc00.1122", "0011.2233.4455"]
    assert read_macs(" ") == []


def test_each_word_that_is_no_mac_address_has_its_sentence():
    with pytest.raises(Unreadable) as refused:
        read_macs("aabb.cc00.1122\nrouter-1\nxyz")
    assert str(refused.value) == "“router-1” is no MAC address of a device. “xyz” is no MAC address of a device."


def test_more_mac_addresses_than_two_edges_can_have_are_refused():
    with pytest.raises(Unreadable, match=r"At most 32 MAC addresses are kept; these are 33"):
        read_macs(" ".join(f"aabb.cc00.{number:04x}" for number in range(33)))


def test_of_many_words_that_are_no_mac_addresses_a_few_are_told():
    with pytest.raises(Unreadable, match=r"“x4” is no MAC address of a device. Nor are 39,995 more.$"):
        read_macs(" ".join(f"x{number}" for number in range(40_000)))


def test_what_turns_the_direction_of_writing_is_left_out():
    assert read_contacts("\u202a+49 69 1234567\u202c\nNOC \u2066x\u2069") == "+49 69 1234567\nNOC x"
    assert read_line("שלום \u200f(1)") == "שלום \u200f(1)"


def test_a_line_is_one_line_and_no_longer_than_the_record_has_room_for():
    assert read_line(" Contoso\r\nRail ") == "Contoso Rail"
    with pytest.raises(Unreadable, match=r"at most 120 characters, not 121"):
        read_line("x" * (LONGEST_LINE + 1))


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\u2028b"])
def test_control_characters_are_refused(text: str):
    with pytest.raises(Unreadable, match=r"control character"):
        read_contacts(text)


@given(
    st.sampled_from(NAMES), st.one_of(st.text(), st.dates().map(str), st.from_regex("([0-9a-f]{4}[.]){2}[0-9a-f]{4}"))
)
def test_what_was_kept_is_read_back_as_it_is(name: str, text: str):
    try:
        kept = READERS[name](text)
    except Unreadable:
        return
    assert READERS[name](as_text(name, kept)) == kept
