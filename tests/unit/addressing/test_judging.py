"""All rules at once."""

import pytest

from crossconnections.addressing import Neighbour, judge, sentence_of
from tests.unit.addressing.proposals import IPV6_LINKS, MICROSOFT, PRIVATE, microsoft, names, private


def test_a_clean_private_peering_has_all_of_its_values_and_none_of_microsofts():
    assert private(peer_asn=" AS65010 ").values == {
        "peer_asn": 65010,
        "vlan_id": 200,
        "primary_prefix": "172.16.18.0/30",
        "secondary_prefix": "172.16.18.4/30",
        "ipv6_primary_prefix": "",
        "ipv6_secondary_prefix": "",
    }


def test_a_clean_microsoft_peering_has_all_of_its_values():
    typed = {**IPV6_LINKS, "advertised_prefixes": "2a0c:4dc0:1::/48, 45.12.9.0/24", "routing_registry": "ripencc"}
    found = microsoft(**typed, advertised_communities="12076:5010")
    assert found.breaches == ()
    assert found.values == {
        "peer_asn": 3320,
        "vlan_id": 300,
        "primary_prefix": "45.12.8.0/30",
        "secondary_prefix": "45.12.8.4/30",
        **IPV6_LINKS,
        "advertised_prefixes": ["45.12.9.0/24", "2a0c:4dc0:1::/48"],
        "advertised_communities": ["12076:5010"],
        "customer_asn": None,
        "routing_registry": "RIPENCC",
    }


def test_what_can_be_read_is_a_value_though_it_is_refused():
    found = microsoft(peer_asn="12076", vlan_id="5000", primary_prefix="10.0.0.0/30", advertised_prefixes="10.0.0.0/8")
    assert len(found.breaches) == 4
    assert found.values["peer_asn"] == 12076
    assert found.values["vlan_id"] == 5000
    assert found.values["primary_prefix"] == "10.0.0.0/30"
    assert found.values["advertised_prefixes"] == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("peer_asn", "1.10"),
        ("vlan_id", "0200"),
        ("primary_prefix", "45.12.8.1/30"),
        ("primary_prefix", "45.12.8.0/29"),
        ("advertised_prefixes", "45.12.9.0/24 45.12.9.1/24"),
        ("advertised_prefixes", "45.12.9.0/24 45.12.9.1"),
        ("advertised_communities", "1:01"),
        ("customer_asn", "x"),
        ("routing_registry", "RIPE"),
    ],
)
def test_what_cannot_be_read_is_no_value(field: str, typed: str):
    assert set(microsoft().values) - set(microsoft(**{field: typed}).values) == {field}


def test_what_is_wrong_is_told_in_the_order_of_the_form():
    other = Neighbour("AzurePrivatePeering", 300, ())
    found = microsoft(
        other, peer_asn="", secondary_prefix="", advertised_prefixes="x", customer_asn="x", routing_registry="x"
    )
    assert [one.field for one in found.breaches] == [
        "peer_asn",
        "vlan_id",
        "secondary_prefix",
        "advertised_prefixes",
        "customer_asn",
        "routing_registry",
    ]


@pytest.mark.parametrize("spelling", ["MicrosoftPeering", "microsoftpeering", "MICROSOFTPEERING"])
def test_the_peering_type_may_be_in_any_case(spelling: str):
    found = judge({**MICROSOFT, "routing_registry": "x"}, peering_type=spelling, others=())
    assert names(found.breaches) == [("M7", "registry", "routing_registry")]


@pytest.mark.parametrize("peering_type", ["AzurePublicPeering", "", "Odd", "x" * 500])
def test_a_peering_of_another_type_is_none_to_set_up(peering_type: str):
    found = judge(PRIVATE, peering_type=peering_type, others=())
    assert names(found.breaches) == [("V1", "peering_type", "")]
    assert len(sentence_of(found.breaches[0])) < 160
