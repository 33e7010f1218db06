"""Where the next circuit goes, and whether it fits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.port_pairs import PortPair, find_next, pair_name, squeeze


def pair(name: str = "LON-1", used: int | None = 10_000, left: int | None = 30_000) -> PortPair:
    return PortPair(1, "London", f"{name}-PRI-A", f"{name}-SEC-A", descriptor=name, used_mbps=used, left_mbps=left)


pairs = st.builds(
    pair,
    name=st.text("ABC123", min_size=1, max_size=3),
    used=st.none() | st.integers(0, 100_000),
    left=st.none() | st.integers(-1_000, 100_000),
)


def test_the_next_circuit_goes_where_the_most_is_left():
    roomy = pair("LON-2", used=0, left=40_000)
    assert find_next([pair("LON-1"), roomy, pair("LON-3", left=5_000)]) is roomy


def test_of_equals_the_first_by_name():
    assert find_next([pair("LON-2"), pair("LON-1")]) == pair("LON-1")


def test_where_it_does_not_fit_there_is_no_next_one():
    assert find_next([pair(left=900), pair("LON-2", left=999)], mbps=1_000) is None
    assert find_next([pair(left=1_000)], mbps=1_000) == pair(left=1_000)


def test_a_full_pair_is_none_for_a_circuit_of_any_bandwidth():
    assert find_next([pair(left=0)]) is None


def test_a_pair_of_which_azure_does_not_tell_is_never_recommended():
    assert find_next([pair(left=None, used=None)]) is None
    assert pair(left=None).fits(50) is None


@given(st.lists(pairs, max_size=6), st.integers(0, 120_000))
def test_the_next_one_has_room_and_no_other_has_more(some: list[PortPair], mbps: int):
    best = find_next(some, mbps=mbps)
    fitting = [one for one in some if one.fits(mbps)]
    assert (best is None) == (not fitting)
    assert best is None or all((best.left_mbps or 0) >= (one.left_mbps or 0) >= max(mbps, 1) for one in fitting)


@pytest.mark.parametrize(
    ("used", "left", "percent"),
    [(0, 40_000, 0), (32_000, 8_000, 80), (39_999, 1, 99), (40_000, 0, 100), (41_000, -1_000, 100), (0, 0, 100)],
)
def test_a_pair_is_full_only_where_nothing_is_left(used: int, left: int, percent: int):
    assert pair(used=used, left=left).percent == percent


@given(pairs)
def test_a_share_is_told_only_where_both_numbers_are(one: PortPair):
    assert (one.percent is None) == (one.used_mbps is None or one.left_mbps is None)
    assert one.percent is None or 0 <= one.percent <= 100


@pytest.mark.parametrize(
    ("primary", "secondary", "name"),
    [
        ("LON-06GMR-CIS-2-PRI-A", "LON-06GMR-CIS-2-SEC-A", "LON-06GMR-CIS-2"),
        ("bvtazureixp03a", "bvtazureixp03b", "bvtazureixp03"),
        ("EUAP-ARMTEST-06GMR-CIS-1-PRI-A", "EUAP-ARMTEST-06GMR-CIS-2-SEC-A", "EUAP-ARMTEST-06GMR-CIS-1-PRI-A"),
        ("LON-CIS-10-PRI-A", "LON-CIS-11-SEC-A", "LON-CIS-10-PRI-A"),
        ("LON-1", "FRA-1", "LON-1"),
        ("", "", ""),
    ],
)
def test_a_pair_is_called_after_what_its_ports_have_in_common(primary: str, secondary: str, name: str):
    assert pair_name(primary, secondary) == name


def test_azures_name_of_a_pair_goes_before_ours():
    assert pair("bvtazureixpportpair1").name == "bvtazureixpportpair1"
    assert replace(pair("LON-06GMR-CIS-2"), descriptor="").name == "LON-06GMR-CIS-2"


def test_a_location_is_the_same_with_spaces_and_without():
    assert squeeze("SiliconValley") == squeeze("Silicon Valley") == squeeze("silicon-valley")
    assert squeeze("Amsterdam") != squeeze("Amsterdam2")
