import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.addressing.macs import spell_mac


@pytest.mark.parametrize(
    "text",
    ["0c86.10f4.7a21", "0C86.10F4.7A21", "0c:86:10:f4:7a:21", "0C-86-10-F4-7A-21", "0c8610f47a21", "0c86-10f4-7a21",
     "0c8610-f47a21", " 0c86:10f4:7a21 "],
)  # fmt: skip
def test_any_usual_spelling_becomes_that_of_the_tables(text: str):
    assert spell_mac(text) == "0c86.10f4.7a21"


@pytest.mark.parametrize(
    "text",
    ["", "Incomplete", "0c86.10f4", "0c86.10f4.7a21.0000", "0c:86:10:f4:7a", "0c:86-10:f4:7a:21", "0c86.10f4-7a21",
     "gc86.10f4.7a21", "0000.0000.0000", "ff:ff:ff:ff:ff:ff", "\u0660c86.10f4.7a21"],
)  # fmt: skip
def test_what_is_no_address_of_a_device_is_none(text: str):
    assert spell_mac(text) is None


@given(st.text())
def test_whatever_is_spelled_is_spelled_so_already(text: str):
    spelled = spell_mac(text)
    assert spelled is None or spell_mac(spelled) == spelled
