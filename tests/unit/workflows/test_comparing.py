"""The order beside what Azure has."""

import pytest

from crossconnections.workflows.comparing import Difference, differences_of
from crossconnections.workflows.facts import Order, PeeringFacts
from tests.unit.workflows.facts_of import PRIVATE, facts, ordered


def test_the_same_differs_in_nothing():
    assert differences_of(facts(order=ordered())) == []


@pytest.mark.parametrize("spelled", ["amsterdam", "AMSTERDAM", " Amster dam"])
def test_spelling_is_no_difference(spelled: str):
    assert differences_of(facts(order=Order(spelled, 1000))) == []


def test_another_place_and_another_bandwidth_are():
    assert differences_of(facts(order=Order("London", 500))) == [
        Difference("location", "London", "Amsterdam"),
        Difference("bandwidth_mbps", 500, 1000),
    ]


def test_what_nobody_said_or_azure_does_not_tell_differs_from_nothing():
    assert differences_of(facts(order=Order())) == []
    assert differences_of(facts(order=ordered(), location="", bandwidth_mbps=None)) == []


def test_a_vlan_id_counts_once_the_peering_is_there():
    order = ordered(PRIVATE, vlan_ids={PRIVATE: 200})
    assert differences_of(facts(order=order)) == []
    there = {PRIVATE: PeeringFacts(is_enabled=True, vlan_id=300)}
    assert differences_of(facts(order=order, peerings=there)) == [Difference(PRIVATE, 200, 300)]
