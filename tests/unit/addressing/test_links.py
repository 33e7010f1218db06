"""A peering's links (V3, V4, V5) and whose else they are (V7, M1)."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.addressing import Neighbour, judge, read_link, sentence_of
from crossconnections.addressing.networks import Network
from tests.unit.addressing.proposals import IPV6_LINKS, PRIVATE, microsoft, names, offers, private

_NO_IPV4 = {"primary_prefix": "", "secondary_prefix": ""}


def test_links_of_one_family_or_of_both_are_enough():
    assert private().breaches == ()
    assert private(**_NO_IPV4, **IPV6_LINKS).breaches == ()
    assert private(**IPV6_LINKS).breaches == ()


def test_without_any_link_it_is_told_once():
    assert names(private(**_NO_IPV4).breaches) == [("V3", "link_missing", "primary_prefix")]
    assert names(judge({}, peering_type="AzurePrivatePeering", others=()).breaches) == [
        ("V11", "peer_asn_missing", "peer_asn"),
        ("V8", "vlan_missing", "vlan_id"),
        ("V3", "link_missing", "primary_prefix"),
    ]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        (" 172.16.18.8/30\n", "172.16.18.8/30"),
        ("\u00a0172.16.18.8/30\u2003", "172.16.18.8/30"),
    ],
)
def test_white_space_around_a_prefix_is_fine(typed: str, canonical: str):
    found = private(primary_prefix=typed)
    assert found.breaches == ()
    assert found.values["primary_prefix"] == canonical


@pytest.mark.parametrize("typed", ["2A0C:4DC0::8/126", "2a0c:4dc0:0:0:0:0:0:8/126", "2a0c:4dc0::0.0.0.8/126"])
def test_the_same_ipv6_prefix_in_any_spelling_becomes_one_text(typed: str):
    found = private(**{**IPV6_LINKS, "ipv6_primary_prefix": typed})
    assert found.breaches == ()
    assert found.values["ipv6_primary_prefix"] == "2a0c:4dc0::8/126"


@pytest.mark.parametrize("field", ["primary_prefix", "secondary_prefix"])
@pytest.mark.parametrize("other", ["", "172.16.99.0/30", "junk"])
@pytest.mark.parametrize("typed", ["10.1.0.8/29", "10.1.0.11/29", "10.1.0.12/29"])
def test_a_slash_29_in_either_field_is_split_for_both(field: str, other: str, typed: str):
    fields = {"primary_prefix": other, "secondary_prefix": other, field: typed}
    (breach,) = (one for one in private(**fields).breaches if one.key == "link_doubled")
    (repair,) = breach.repairs
    assert breach.field == field
    assert repair.fills == {"primary_prefix": "10.1.0.8/30", "secondary_prefix": "10.1.0.12/30"}
    assert repair.words == "Use 10.1.0.8/30 and 10.1.0.12/30"
    assert private(**repair.fills).breaches == ()


def test_a_slash_125_is_split_likewise():
    found = private(ipv6_secondary_prefix="2A0C:4DC0::8/125")
    assert names(found.breaches) == [("V4", "link_doubled", "ipv6_secondary_prefix")]
    assert offers(found.breaches) == [
        {"ipv6_primary_prefix": "2a0c:4dc0::8/126", "ipv6_secondary_prefix": "2a0c:4dc0::c/126"}
    ]


@given(st.integers(0, 2**29 - 1))
def test_both_halves_of_each_slash_29_are_clean_links(number: int):
    first, second = ipaddress.ip_network((number * 8, 29)).subnets()
    assert private(primary_prefix=str(first), secondary_prefix=str(second)).breaches == ()


@given(st.integers(0, 2**125 - 1))
def test_both_halves_of_each_slash_125_are_clean_links(number: int):
    first, second = ipaddress.IPv6Network((number * 8, 125)).subnets()
    found = private(**_NO_IPV4, ipv6_primary_prefix=str(first), ipv6_secondary_prefix=str(second))
    assert found.breaches == () or ipaddress.IPv6Address(number * 8).ipv4_mapped


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("172.16.18.13", "172.16.18.12/30"),
        ("172.16.18.13/31", "172.16.18.12/30"),
        ("172.16.18.13/32", "172.16.18.12/30"),
        ("172.16.18.13/30", "172.16.18.12/30"),
        ("172.16.18.16/28", "172.16.18.16/30"),
        ("172.16.18.13/24", "172.16.18.12/30"),
        ("172.16.18.12 / 30", "172.16.18.12/30"),
        ("172.16.18.13 255.255.255.252", "172.16.18.12/30"),
        ("172.16.18.12/255.255.255.252", "172.16.18.12/30"),
    ],
)
def test_what_is_surely_meant_is_offered(typed: str, offered: str):
    breaches = private(primary_prefix=typed).breaches
    assert offers(breaches) == [{"primary_prefix": offered}]
    assert breaches[0].repairs[0].words == f"Use {offered}"


@pytest.mark.parametrize(
    "typed",
    ["172.16.18.13/23", "172.16.0.0/16", "172.16.18.012/30", "172.16.18.8 255.255.255.0", "172.16.18", "x"],
)  # fmt: skip
def test_what_may_mean_several_links_is_refused_without_an_offer(typed: str):
    breaches = private(primary_prefix=typed).breaches
    assert len(breaches) == 1
    assert offers(breaches) == []


def test_no_net_is_offered_that_the_other_path_has():
    breaches = private(secondary_prefix="172.16.18.2/30").breaches
    assert names(breaches) == [("V5", "host_bits", "secondary_prefix"), ("V5", "same_link", "secondary_prefix")]
    assert offers(breaches) == []


def test_both_ends_of_one_link_are_one_net_and_the_primary_path_may_have_it():
    breaches = private(primary_prefix="10.0.0.1/30", secondary_prefix="10.0.0.2/30").breaches
    assert names(breaches) == [
        ("V5", "host_bits", "primary_prefix"),
        ("V5", "host_bits", "secondary_prefix"),
        ("V5", "same_link", "secondary_prefix"),
    ]
    assert offers(breaches) == [{"primary_prefix": "10.0.0.0/30"}]


def test_a_pair_in_the_other_familys_fields_is_moved_together():
    typed = {
        "primary_prefix": IPV6_LINKS["ipv6_primary_prefix"],
        "secondary_prefix": IPV6_LINKS["ipv6_secondary_prefix"],
    }
    breach, second = private(**typed).breaches
    (repair,) = breach.repairs
    assert repair == second.repairs[0]
    assert repair.words == "Move to IPv6"
    assert repair.fills == {**_NO_IPV4, **IPV6_LINKS}
    assert private(**{**typed, **repair.fills}).breaches == ()


def test_two_pairs_that_were_mixed_up_change_places():
    typed = {
        "primary_prefix": "2a0c:4dc0::/126",
        "secondary_prefix": "2a0c:4dc0::4/126",
        "ipv6_primary_prefix": "10.0.0.0/30",
        "ipv6_secondary_prefix": "10.0.0.4/30",
    }
    found = private(**typed).breaches
    assert [one.key for one in found] == ["wrong_family"] * 4
    assert private(**found[0].repairs[0].fills).breaches == ()


def test_nothing_is_moved_over_what_stands_there_rightly():
    assert offers(private(primary_prefix="2a0c:4dc0::8/126", **IPV6_LINKS).breaches) == []


@pytest.mark.parametrize(
    ("text", "version", "network"),
    [
        ("10.0.0.0/30", 4, Network(4, 10 << 24, 30)),
        (" 10.0.0.0/30 ", 4, Network(4, 10 << 24, 30)),
        ("2001:DB8::/126", 6, Network(6, 0x20010DB8 << 96, 126)),
        ("10.0.0.1/30", 4, None),
        ("10.0.0.0/29", 4, None),
        ("10.0.0.0", 4, None),
        ("10.0.0.0/30", 6, None),
        ("2001:db8::/126", 4, None),
        ("2001:db8::/125", 6, None),
        ("", 4, None),
    ],
)
def test_a_link_is_read_when_it_is_exact(text: str, version: int, network: Network | None):
    assert read_link(text, version) == network


@pytest.mark.parametrize("theirs", ["172.16.18.0/30", " 172.16.18.0/30 ", "172.16.18.2/30"])
def test_a_net_of_another_peering_is_taken_and_the_peering_is_named(theirs: str):
    (breach,) = private(Neighbour("MicrosoftPeering", None, ("", theirs))).breaches
    assert (breach.rule, breach.key, breach.field) == ("V7", "link_taken", "primary_prefix")
    assert (
        sentence_of(breach) == "172.16.18.0/30 is already used by Microsoft peering of this circuit. Take another /30."
    )


@pytest.mark.parametrize("theirs", ["172.16.18.0/29", "172.16.18.5", "0.0.0.0/0"])
def test_a_net_that_overlaps_one_of_another_peering_is_taken_too(theirs: str):
    found = private(Neighbour("azurepublicpeering", None, (theirs,))).breaches
    assert {(one.rule, one.key) for one in found} == {("V7", "link_overlaps")}
    assert sentence_of(found[0]).endswith(
        f" overlaps {theirs}, which public peering of this circuit uses. Take another /30."
    )


def test_a_host_in_a_net_of_another_peering_is_told_both_things():
    found = private(Neighbour("MicrosoftPeering", None, ("172.16.18.8/30",)), primary_prefix="172.16.18.9/30")
    assert names(found.breaches) == [("V5", "host_bits", "primary_prefix"), ("V7", "link_taken", "primary_prefix")]


@pytest.mark.parametrize("odd", ["", "junk", "10.0.0.0/99", "\0", "\ud800", "x" * 9999, "172.16.18.8/30", "::/0"])
def test_odd_texts_of_other_peerings_take_nothing_of_ours(odd: str):
    assert private(Neighbour("Odd", -5, (odd,))).breaches == ()


@pytest.mark.parametrize("spelling", ["AzurePrivatePeering", "azureprivatepeering"])
def test_a_peering_is_no_neighbour_of_itself(spelling: str):
    itself = Neighbour(spelling, 200, tuple(PRIVATE.values())[2:])
    assert private(itself).breaches == ()


def test_private_links_of_private_peering_may_be_public():
    assert private(primary_prefix="45.12.8.0/30", secondary_prefix="45.12.8.4/30").breaches == ()


@pytest.mark.parametrize(
    ("prefix", "space"),
    [
        ("10.20.0.0/30", "private address space"),
        ("100.64.0.0/30", "shared address space (CGNAT)"),
        ("203.0.113.0/30", "documentation space"),
        ("169.254.1.0/30", "link-local space"),
        ("127.0.0.0/30", "loopback space"),
        ("224.0.0.0/30", "multicast space"),
        ("198.18.0.0/30", "space for benchmarks"),
        ("192.0.0.0/30", "space for protocols of the IETF"),
        ("0.0.0.0/30", "space for the network itself"),
        ("255.255.255.252/30", "reserved space"),
    ],
)
def test_a_link_of_microsoft_peering_that_is_not_public_is_told_what_it_is(prefix: str, space: str):
    (breach,) = microsoft(primary_prefix=prefix).breaches
    assert sentence_of(breach) == f"{prefix} is {space}. Microsoft peering takes public prefixes only."


@pytest.mark.parametrize(
    ("prefix", "space"),
    [
        ("fd00::/126", "private address space"),
        ("fe80::/126", "link-local space"),
        ("ff02::/126", "multicast space"),
        ("::/126", "loopback space"),
        ("2001:db8::/126", "documentation space"),
        ("4000::/126", "outside of IPv6's public space, 2000::/3"),
    ],
)
def test_an_ipv6_link_of_microsoft_peering_is_told_likewise(prefix: str, space: str):
    typed = {**IPV6_LINKS, "ipv6_primary_prefix": prefix, "advertised_prefixes": "45.12.9.0/24 2a0c:4dc0:1::/48"}
    (breach,) = microsoft(**typed).breaches
    assert (breach.rule, breach.field) == ("M1", "ipv6_primary_prefix")
    assert f" {space}. " in sentence_of(breach) or f" {space} in it, " in sentence_of(breach)
