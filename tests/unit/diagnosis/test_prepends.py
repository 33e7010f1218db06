import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.prepends import Prepend, find_prepends
from tests.unit.diagnosis.networks import route


@pytest.mark.parametrize(
    ("path", "prepends"),
    [
        ("65020", []),
        ("", []),
        ("65020 65031 65020", []),
        ("65020 65020", [("65020", 2)]),
        ("65020 65020 65020 65031", [("65020", 3)]),
        ("65020 65031 65031", [("65031", 2)]),
        ("65020 65020 65031 65031 65031", [("65020", 2), ("65031", 3)]),
        ("65020 65020 65031 65020 65020 65020", [("65020", 3)]),
        ("65020 65020 65020 65031 65020 65020", [("65020", 3)]),
        ("? ? {1 {1", []),
    ],
)
def test_an_as_that_stands_more_than_once_on_end_is_prepended(path: str, prepends: list[tuple[str, int]]):
    found = find_prepends([route("10.1.0.0/16", path)])
    assert found == [Prepend("10.1.0.0/16", asn, times) for asn, times in prepends]


def test_of_several_routes_to_a_network_the_most_is_told():
    rows = [route("10.1.0.0/16", path) for path in ("65020 65020", "65020 65020 65020", "65020 65020")]
    assert find_prepends(rows) == [Prepend("10.1.0.0/16", "65020", 3)]


def test_networks_are_told_in_the_order_of_the_rows():
    rows = [route("10.2.0.0/16", "65020 65020"), route("10.1.0.0/16", "65020 65020"), route("10.3.0.0/16")]
    assert [one.network for one in find_prepends(rows)] == ["10.2.0.0/16", "10.1.0.0/16"]


@given(st.lists(st.builds(route, st.text(), st.text())))
def test_whatever_is_told_was_there_twice(rows: list[RouteRow]):
    assert all(one.times >= 2 for one in find_prepends(rows))
