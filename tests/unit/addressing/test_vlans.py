"""VLAN IDs (V8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.addressing import FIRST_VLAN, LAST_VLAN, Neighbour, next_free_vlan, sentence_of
from tests.unit.addressing.proposals import names, offers, private

_ALL = range(FIRST_VLAN, LAST_VLAN + 1)


def _neighbour(vlan: int | None, peering_type: str = "MicrosoftPeering") -> Neighbour:
    return Neighbour(peering_type, vlan, ())


@pytest.mark.parametrize(("typed", "vlan"), [("1", 1), ("4094", 4094), (" 200\r\n", 200), ("\u00a0200", 200)])
def test_each_whole_number_from_1_to_4094_will_do(typed: str, vlan: int):
    found = private(vlan_id=typed)
    assert found.breaches == ()
    assert found.values["vlan_id"] == vlan


def test_the_peering_that_has_it_is_named_and_the_next_free_one_offered():
    others = [_neighbour(300), _neighbour(301, "AzurePublicPeering")]
    (breach,) = private(*others, vlan_id="300").breaches
    assert sentence_of(breach) == "VLAN 300 is already used by Microsoft peering of this circuit. Free next: 299."
    assert offers([breach]) == [{"vlan_id": "299"}]


def test_the_example_of_the_design_reads_as_it_does_there():
    (breach,) = private(_neighbour(300), vlan_id="300").breaches
    assert sentence_of(breach) == "VLAN 300 is already used by Microsoft peering of this circuit. Free next: 301."
    assert breach.repairs[0].words == "Use 301"


@pytest.mark.parametrize("vlan", [None, 0, -1, 4095, 10**20])
def test_what_another_peering_has_for_a_vlan_id_takes_none(vlan: int | None):
    assert private(_neighbour(vlan), vlan_id="200").breaches == ()


def test_a_peering_of_an_unknown_type_is_named_as_it_came():
    (breach,) = private(_neighbour(200, "AzureMoonPeering")).breaches
    assert "used by AzureMoonPeering of this circuit" in sentence_of(breach)
    (breach,) = private(_neighbour(200, "x" * 500)).breaches
    assert "x" * 61 not in repr(breach)
    (breach,) = private(_neighbour(200, "")).breaches
    assert "used by another peering of this circuit" in sentence_of(breach)


@pytest.mark.parametrize(
    ("taken", "near", "free"),
    [
        ([], 300, 300),
        ([300], 300, 301),
        ([300, 301], 300, 299),
        ([299, 300, 301], 300, 302),
        ([1], 1, 2),
        ([4094], 4094, 4093),
        ([], 0, 1),
        ([], 9999, 4094),
        ([None, 0, 4095], 300, 300),
        (_ALL, 300, None),
        ([one for one in _ALL if one != 4094], 1, 4094),
        ([one for one in _ALL if one != 1], 4094, 1),
    ],
)
def test_the_nearest_free_one_is_the_higher_of_two(taken, near: int, free: int | None):
    assert next_free_vlan(taken, near=near) == free


@given(st.sets(st.integers(-2, 4100) | st.none(), max_size=20), st.integers(-2, 4100))
def test_no_free_one_is_nearer_than_the_one_that_is_offered(taken, near: int):
    free = next_free_vlan(taken, near=near)
    assert free is not None
    assert free not in taken
    inside = min(max(near, FIRST_VLAN), LAST_VLAN)
    nearer = (one for one in _ALL if abs(one - inside) < abs(free - inside))
    assert all(one in taken for one in nearer)


def test_where_all_are_taken_nothing_is_offered():
    found = private(*(_neighbour(one) for one in _ALL), vlan_id="7").breaches
    assert names(found) == [("V8", "vlans_used_up", "vlan_id")]
    assert offers(found) == []
    assert sentence_of(found[0]).endswith("so are all the others.")


@pytest.mark.parametrize(("typed", "offered"), [("+5", "5"), ("0200", "200"), ("2 00", "200"), ("２００", "200")])
def test_a_number_that_is_not_written_plainly_is_offered_plainly(typed: str, offered: str):
    assert offers(private(vlan_id=typed).breaches) == [{"vlan_id": offered}]


@pytest.mark.parametrize("typed", ["+5000", "00", "03 00"])
def test_no_number_is_offered_that_would_be_refused(typed: str):
    assert offers(private(_neighbour(300), vlan_id=typed).breaches) == []
