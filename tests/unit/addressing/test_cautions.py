"""What is worth knowing before a peering is sent (P1, P2, P6, V14, V15, M2, M3, M6, M8, M11 to M13)."""

import pytest

from crossconnections.addressing import Judgement, sentence_of
from tests.unit.addressing.proposals import IPV6_LINKS, microsoft, private


def _rules(found: Judgement) -> list[str]:
    return [one.rule for one in found.cautions]


def _sentence(found: Judgement, rule: str) -> str:
    return next(sentence_of(one) for one in found.cautions if one.rule == rule)


def test_a_plain_private_peering_asks_only_for_the_virtual_networks():
    found = private()
    assert _rules(found) == ["P1"]
    assert _sentence(found, "P1") == (
        "Azure does not show the customer's virtual networks here. Ask whether any of them overlaps 172.16.18.0/30 and "
        "172.16.18.4/30."
    )


def test_all_links_are_named():
    assert "172.16.18.0/30, 172.16.18.4/30, 2a0c:4dc0::/126 and 2a0c:4dc0::4/126." in _sentence(
        private(**IPV6_LINKS), "P1"
    )


def test_without_a_link_that_can_be_read_nobody_is_asked():
    assert _rules(private(primary_prefix="x", secondary_prefix="")) == []


def test_a_plain_microsoft_peering_tells_of_the_internet_and_the_route_filter():
    assert _rules(microsoft()) == ["M12", "M11"]


def test_without_advertised_prefixes_the_route_filter_alone_is_told():
    assert _rules(microsoft(advertised_prefixes="")) == ["M11"]


@pytest.mark.parametrize("asn", ["64496", "64511", "65536", "65551"])
def test_a_documentation_asn_is_a_caution_on_private_peering(asn: str):
    found = private(peer_asn=asn)
    assert found.breaches == ()
    assert _rules(found) == ["V14", "P1"]


def test_on_microsoft_peering_those_of_two_bytes_are_refused_and_those_of_four_a_caution():
    assert _rules(microsoft(peer_asn="64496")) == ["M12", "M11"]
    assert _rules(microsoft(peer_asn="65536")) == ["V14", "M12", "M11"]


@pytest.mark.parametrize("asn", ["64495", "64512", "65534", "65552"])
def test_the_numbers_around_them_are_not_for_documentation(asn: str):
    assert "V14" not in _rules(private(peer_asn=asn))


def test_microsofts_public_asn_is_asked_about_on_both_peerings():
    assert _rules(private(peer_asn="8075")) == ["V15", "P1"]
    assert _rules(microsoft(peer_asn="8075")) == ["V15", "M12", "M11"]


@pytest.mark.parametrize(
    ("asn", "is_public"), [("3320", True), ("65010", False), ("4200000000", False), ("65552", True)]
)
def test_a_public_asn_on_private_peering_is_the_customers_own(asn: str, is_public: bool):
    assert ("P2" in _rules(private(peer_asn=asn))) is is_public
    assert "P2" not in _rules(microsoft(peer_asn=asn))


@pytest.mark.parametrize("asn", ["12076", "65515", "23456", "4294967296", "x", ""])
def test_a_peer_asn_that_is_refused_gets_no_caution_as_well(asn: str):
    assert _rules(private(peer_asn=asn)) == ["P1"]


@pytest.mark.parametrize(
    ("prefix", "space"),
    [
        ("169.254.0.0/30", "link-local space"),
        ("127.0.0.0/30", "loopback space"),
        ("0.0.0.0/30", "space for the network itself"),
        ("224.0.0.0/30", "multicast space"),
        ("240.0.0.0/30", "reserved space"),
        ("255.255.255.252/30", "reserved space"),
    ],
)
def test_unusual_space_for_a_link_of_private_peering_is_a_caution(prefix: str, space: str):
    found = private(primary_prefix=prefix)
    assert found.breaches == ()
    assert _rules(found) == ["P6", "P1"]
    assert _sentence(found, "P6").startswith(f"{prefix} is {space}")
    assert found.cautions[0].field == "primary_prefix"


@pytest.mark.parametrize("prefix", ["10.0.0.0/30", "100.64.0.0/30", "192.168.0.0/30", "45.12.8.0/30", "198.18.0.0/30"])
def test_other_space_is_usual(prefix: str):
    assert _rules(private(primary_prefix=prefix)) == ["P1"]


def test_ipv6_has_unusual_space_too():
    assert _rules(private(**{**IPV6_LINKS, "ipv6_primary_prefix": "fe80::/126"})) == ["P6", "P1"]
    assert _rules(private(**{**IPV6_LINKS, "ipv6_primary_prefix": "fd00::/126"})) == ["P1"]


def test_6to4_is_told_once_of_each_field():
    links = {**IPV6_LINKS, "ipv6_primary_prefix": "2002::/126"}
    found = microsoft(**links, advertised_prefixes="45.12.9.0/24 2002:1::/48 2002:2::/48")
    assert found.breaches == ()
    told = [(one.rule, one.field, one.values["prefix"]) for one in found.cautions if one.rule == "M2"]
    assert told == [("M2", "ipv6_primary_prefix", "2002::/126"), ("M2", "advertised_prefixes", "2002:1::/48")]


def test_an_advertised_prefix_in_another_is_told():
    found = microsoft(advertised_prefixes="45.12.9.128/25\n45.12.10.0/24\n45.12.9.0/24")
    assert found.breaches == ()
    assert _sentence(found, "M3").startswith("45.12.9.128/25 lies in 45.12.9.0/24, and both count")


def test_several_in_others_are_told_once():
    found = microsoft(advertised_prefixes="45.12.9.0/24 45.12.9.128/25 45.12.9.192/26 9.0.0.0/8 9.9.0.0/16")
    assert [one.rule for one in found.cautions].count("M3") == 1
    assert _sentence(found, "M3").startswith("3 advertised prefixes lie in others, as 9.9.0.0/16 in 9.0.0.0/8")


def test_prefixes_beside_each_other_are_no_caution():
    assert "M3" not in _rules(microsoft(advertised_prefixes="45.12.9.0/25 45.12.9.128/25 45.12.9.0/25"))


@pytest.mark.parametrize(
    ("advertised", "is_told"), [("45.12.8.0/22", True), ("45.12.8.5/32", True), ("45.12.9.0/24", False)]
)
def test_links_among_the_advertised_prefixes_are_told(advertised: str, is_told: bool):
    assert ("M13" in _rules(microsoft(advertised_prefixes=advertised))) is is_told


@pytest.mark.parametrize(
    ("peer", "customer", "rules"),
    [
        ("3320", "", []),
        ("3320", "0", []),
        ("3320", "3320", []),
        ("3320", "174", ["M6"]),
        ("65010", "", ["M8"]),
        ("65010", "174", ["M8"]),
        ("4200000000", "174", ["M8"]),
        ("3320", "12076", []),
        ("3320", "4000000000", []),
        ("12076", "174", []),
    ],
)
def test_what_microsoft_validates_by_hand_is_told_once(peer: str, customer: str, rules: list[str]):
    found = microsoft(peer_asn=peer, customer_asn=customer)
    assert [rule for rule in _rules(found) if rule in {"M6", "M8"}] == rules


def test_what_is_refused_gets_no_cautions_of_its_own():
    found = microsoft(advertised_prefixes="45.12.9.0/24 10.0.0.0/8 10.1.0.0/16 0.0.0.0/0")
    assert _rules(found) == ["M12", "M11"]


def test_each_caution_is_short_and_says_what_to_do():
    links = {
        **IPV6_LINKS,
        "ipv6_primary_prefix": "2002::/126",
        "advertised_prefixes": "45.12.8.0/22 45.12.9.0/24 2002::/32",
    }
    shown = [*private(peer_asn="8075", primary_prefix="127.0.0.0/30").cautions, *microsoft(peer_asn="65536").cautions]
    shown += [*microsoft(**links, customer_asn="174").cautions, *microsoft(peer_asn="65010").cautions]
    assert {one.rule for one in shown} == {"P1", "P6", "V14", "V15", "M2", "M3", "M6", "M8", "M11", "M12", "M13"}
    assert all(len(sentence_of(one)) < 200 for one in shown)
