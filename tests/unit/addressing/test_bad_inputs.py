"""A bad text in one field of a clean peering, and the rule that refuses it."""

import pytest

from crossconnections.addressing import judge_shared_key, sentence_of
from crossconnections.addressing.sentences import BREACHES
from tests.unit.addressing.proposals import IPV6_LINKS, OTHERS, microsoft, names, private

_FIRST, _SECOND, _V6 = "primary_prefix", "secondary_prefix", "ipv6_primary_prefix"
_LIST, _TAGS, _PEER, _OWNER = "advertised_prefixes", "advertised_communities", "peer_asn", "customer_asn"

# Peering, field, text; rule and key.
BAD_TEXTS = [
    # Numbers that are none, or not plainly so
    ("private", "vlan_id", "", "V8", "vlan_missing"),
    ("private", "vlan_id", " \t ", "V8", "vlan_missing"),
    ("private", "vlan_id", "abc", "V8", "no_number"),
    ("private", "vlan_id", "-5", "V8", "no_number"),
    ("private", "vlan_id", "2.5", "V8", "no_number"),
    ("private", "vlan_id", "0x10", "V8", "no_number"),
    ("private", "vlan_id", "²", "V8", "no_number"),
    ("private", "vlan_id", "VLAN 200", "V8", "no_number"),
    ("private", "vlan_id", "1" * 5000, "V8", "no_number"),
    ("private", "vlan_id", "2 00", "V8", "digits_only"),
    ("private", "vlan_id", "+5", "V8", "digits_only"),
    ("private", "vlan_id", "0200", "V8", "digits_only"),
    ("private", "vlan_id", "00", "V8", "digits_only"),
    ("private", "vlan_id", "２００", "V8", "digits_only"),
    ("private", "vlan_id", "٢٠٠", "V8", "digits_only"),
    ("private", "vlan_id", "0", "V8", "vlan_range"),
    ("private", "vlan_id", "4095", "V8", "vlan_range"),
    ("private", "vlan_id", "999999999999", "V8", "vlan_range"),
    ("private", "vlan_id", "300", "V8", "vlan_taken"),
    ("microsoft", "vlan_id", "200", "V8", "vlan_taken"),
    ("private", _PEER, "", "V11", "peer_asn_missing"),
    ("private", _PEER, "customer", "V11", "no_number"),
    ("private", _PEER, "AS", "V11", "no_number"),
    ("private", _PEER, "AS AS 5", "V11", "no_number"),
    ("private", _PEER, "-65010", "V11", "no_number"),
    ("private", _PEER, "65536.1", "V11", "no_number"),
    ("private", _PEER, "AS 65010", "V11", "digits_only"),
    ("private", _PEER, "65 010", "V11", "digits_only"),
    ("private", _PEER, "AS065010", "V11", "digits_only"),
    ("private", _PEER, "６５０１０", "V11", "digits_only"),
    ("private", _PEER, "1.10", "V11", "dotted_asn"),
    ("private", _PEER, "AS1.10", "V11", "dotted_asn"),
    ("private", _PEER, "4294967296", "V11", "asn_range"),
    ("private", _PEER, "65515", "V12", "asn_reserved"),
    ("private", _PEER, "AS65520", "V12", "asn_reserved"),
    ("microsoft", _PEER, "65517", "V12", "asn_reserved"),
    ("private", _PEER, "12076", "V13", "asn_microsofts"),
    ("private", _PEER, "0", "V14", "asn_zero"),
    ("private", _PEER, "23456", "V14", "asn_placeholder"),
    ("private", _PEER, "65535", "V14", "asn_last"),
    ("private", _PEER, "4294967295", "V14", "asn_last"),
    ("microsoft", _PEER, "64496", "V14", "documentation_asn_in_path"),
    ("microsoft", _PEER, "64511", "V14", "documentation_asn_in_path"),
    ("microsoft", _OWNER, "none", "M6", "no_number"),
    ("microsoft", _OWNER, "33 20", "M6", "digits_only"),
    ("microsoft", _OWNER, "0.5", "M6", "dotted_asn"),
    ("microsoft", _OWNER, "2147483648", "M6", "customer_asn_range"),
    ("microsoft", _OWNER, "4294967295", "M6", "customer_asn_range"),
    ("microsoft", _OWNER, "12076", "V13", "asn_microsofts"),
    ("microsoft", _OWNER, "64500", "V14", "documentation_asn_in_path"),
    # Links
    ("private", _FIRST, "", "V3", "link_half_missing"),
    ("private", _SECOND, "  ", "V3", "link_half_missing"),
    ("private", _FIRST, "router 1", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18/30", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.256/30", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0/33", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0/", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0/030", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0/３０", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0 /30", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0 255.255.255.252", "V3", "unreadable"),
    ("private", _FIRST, "172.16.18.0/30, 172.16.18.4/30", "V3", "unreadable"),
    ("private", _FIRST, "172.16.018.0/30", "V3", "leading_zeros"),
    ("private", _FIRST, "10.0.0.00/30", "V3", "leading_zeros"),
    ("private", _FIRST, "172.16.18.0", "V3", "link_without_length"),
    ("private", _FIRST, "172.16.18.0/29", "V3", "link_doubled"),
    ("private", _SECOND, "172.16.18.0/29", "V3", "link_doubled"),
    ("private", _FIRST, "172.16.18.0/31", "V3", "link_length"),
    ("private", _FIRST, "172.16.18.1/32", "V3", "link_length"),
    ("private", _FIRST, "172.16.18.0/24", "V3", "link_length"),
    ("private", _FIRST, "0.0.0.0/0", "V3", "link_length"),
    ("private", _FIRST, "2a0c:4dc0::/126", "V3", "wrong_family"),
    ("private", _FIRST, "172.16.18.9/30", "V5", "host_bits"),
    ("private", _SECOND, "172.16.18.0/30", "V5", "same_link"),
    ("private", _V6, "2a0c::x/126", "V4", "unreadable"),
    ("private", _V6, "fe80::1%eth0/126", "V4", "zone"),
    ("private", _V6, "fe80::%4", "V4", "zone"),
    ("private", _V6, "::ffff:10.0.0.0/126", "V4", "mapped"),
    ("private", _V6, "::ffff:a00:0", "V4", "mapped"),
    ("private", _V6, "2a0c:4dc0::8", "V4", "link_without_length"),
    ("private", _V6, "2a0c:4dc0::8/125", "V4", "link_doubled"),
    ("private", _V6, "2a0c:4dc0::8/127", "V4", "link_length"),
    ("private", _V6, "2a0c:4dc0::8/64", "V4", "link_length"),
    ("private", _V6, "172.16.18.8/30", "V4", "wrong_family"),
    ("private", _V6, "2A0C:4DC0::9/126", "V5", "host_bits"),
    ("private", "ipv6_secondary_prefix", "2A0C:4DC0:0::/126", "V5", "same_link"),
    ("private", _V6, "", "V4", "link_half_missing"),
    ("private", _FIRST, "45.12.8.4/30", "V7", "link_taken"),
    ("microsoft", _FIRST, "10.20.0.0/30", "M1", "not_public"),
    ("microsoft", _FIRST, "203.0.113.4/30", "M1", "not_public"),
    ("microsoft", _FIRST, "100.64.0.0/30", "M1", "not_public"),
    ("microsoft", _FIRST, "169.254.0.0/30", "M1", "not_public"),
    ("microsoft", _V6, "fd00::/126", "M1", "not_public"),
    ("microsoft", _V6, "2001:db8::/126", "M1", "not_public"),
    # What is announced
    ("microsoft", _LIST, "", "M3", "advertised_missing"),
    ("microsoft", _LIST, " ,\n, ", "M3", "advertised_missing"),
    ("microsoft", _LIST, "45.12.9.0/24; 45.12.10.0/24", "M3", "advertised_unreadable"),
    ("microsoft", _LIST, "45.12.9.0/240", "M3", "advertised_unreadable"),
    ("microsoft", _LIST, "45.12.09.0/24", "M3", "leading_zeros"),
    ("microsoft", _LIST, "2a0c::1%1", "M3", "zone"),
    ("microsoft", _LIST, "::ffff:45.12.9.0/120", "M3", "mapped"),
    ("microsoft", _LIST, "45.12.9.0", "M3", "advertised_without_length"),
    ("microsoft", _LIST, "45.12.9.7/24", "M3", "host_bits"),
    ("microsoft", _LIST, "0.0.0.0/0", "M3", "default_route"),
    ("microsoft", _LIST, "45.12.9.0/0", "M3", "default_route"),
    ("microsoft", _LIST, "0.0.0.0/1", "M3", "partly_public"),
    ("microsoft", _LIST, "8.0.0.0/5", "M3", "partly_public"),
    ("microsoft", _LIST, "192.168.0.0/16", "M3", "not_public"),
    ("microsoft", _LIST, "45.12.9.0/24 2a0c:4dc0:1::/48", "M3", "advertised_without_link"),
    ("microsoft", _LIST, "45.12.9.0/24 " * 6000, "M4", "list_too_long"),
    ("microsoft", _LIST, "\n".join(f"45.12.{one}.0/24" for one in range(201)), "M4", "advertised_count"),
    ("microsoft", _TAGS, "12076", "2.5", "community"),
    ("microsoft", _TAGS, "12076:65536", "2.5", "community"),
    ("microsoft", _TAGS, "12076:5010:1", "2.5", "community"),
    ("microsoft", _TAGS, "no-export", "2.5", "community"),
    ("microsoft", _TAGS, "12076:05010", "2.5", "community"),
    ("microsoft", _TAGS, "１:2", "2.5", "community"),
    ("microsoft", _TAGS, "1:2 " * 20_000, "2.5", "list_too_long"),
    ("microsoft", "routing_registry", "RIPE", "M7", "registry"),
    ("microsoft", "routing_registry", "IRR", "M7", "registry"),
]  # fmt: skip
# Those that take more than one text, or no peering's.
_ELSEWHERE = {
    "peering_type", "link_missing", "link_overlaps", "vlans_used_up", "more_lines", "key_length", "key_characters",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "text", "rule", "key"), BAD_TEXTS)
def test_a_bad_text_is_refused_at_its_field_by_the_first_rule_that_it_breaks(kind, field, text, rule, key):
    judged = {"private": private, "microsoft": microsoft}[kind]
    links = IPV6_LINKS if field in IPV6_LINKS else {}
    found = judged(*OTHERS[kind], **{**links, field: text})
    assert names(found.breaches)[:1] == [(rule, key, field)]


def test_the_table_has_each_key_of_the_sentences_but_a_few():
    assert {key for *_, key in BAD_TEXTS} == set(BREACHES) - _ELSEWHERE


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("x" * 26, "26 characters"),
        ("k" * 500, "500 characters"),
        ("abc def", "blank"),
        ("abc\n", "blank"),
        (" abc", "blank"),
        ("paßwort", "letter"),
        ("пароль", "letter"),
        ("abc-def", "sign"),
        ("abc\0", "sign"),
        ("p@ss", "sign"),
        ("１２３", "digit"),
        ("😀", "sign"),
        ("\ud800", "sign"),
    ],
)
def test_a_shared_key_that_azure_refuses_is_told_without_itself(key: str, word: str):
    breach = judge_shared_key(key)
    assert breach is not None
    assert (breach.rule, breach.field, breach.repairs) == ("V16", "shared_key", ())
    assert word in sentence_of(breach)
    assert key not in repr(breach)
    assert key not in sentence_of(breach)


@pytest.mark.parametrize("key", ["", "a", "A1b2C3", "0" * 25, "abcdefghijklmnopqrstuvwxy"])
def test_up_to_25_letters_and_digits_are_a_shared_key_and_none_is_needed(key: str):
    assert judge_shared_key(key) is None
