import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.sides import Side, common_side, is_asn, side_of


@pytest.mark.parametrize(
    ("path", "side"),
    [
        ("65515", Side.AZURE),
        (" 65515 ", Side.AZURE),
        ("65515 65515", Side.AZURE),
        ("65515 65010", Side.AZURE),
        ("65020", Side.CUSTOMER),
        ("65020 65515", Side.CUSTOMER),
        ("655150", Side.CUSTOMER),
        ("1.10 65020", Side.CUSTOMER),
        ("", Side.UNKNOWN),
        ("?", Side.UNKNOWN),
        ("{65515}", Side.UNKNOWN),
        ("x 65515", Side.UNKNOWN),
    ],
)
def test_a_route_leads_where_the_first_as_of_its_path_is(path: str, side: Side):
    assert side_of(path) == side


@pytest.mark.parametrize(
    ("word", "is_so"),
    [
        ("1", True),
        ("4294967295", True),
        ("42949672950", False),
        ("1.65535", True),
        ("1.655350", False),
        ("1.", False),
        ("٣", False),
        ("", False),
    ],
)
def test_an_as_number_is_decimal_or_dotted(word: str, is_so: bool):
    assert is_asn(word) is is_so


@pytest.mark.parametrize(
    ("paths", "side"),
    [
        ([], Side.UNKNOWN),
        (["65020", "65031"], Side.CUSTOMER),
        (["65515", "65515"], Side.AZURE),
        (["65515", "65020"], Side.MIXED),
        (["65020", ""], Side.MIXED),
    ],
)
def test_several_routes_lead_to_one_side_or_to_different_ones(paths: list[str], side: Side):
    assert common_side(paths) == side


@given(st.text())
def test_any_text_has_a_side(path: str):
    assert side_of(path) in Side
