"""Whatever is typed: no error, a sentence for each breach, a repair that repairs, values that hold."""

import string
from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crossconnections.addressing import Breach, Judgement, Neighbour, judge, judge_shared_key, sentence_of
from crossconnections.addressing.sentences import BREACHES, CAUTIONS
from tests.unit.addressing.proposals import IPV6_LINKS, MICROSOFT, PRIVATE
from tests.unit.diagnosis.words import patient

_FIELDS = (
    "peer_asn", "vlan_id", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix",
    "advertised_prefixes", "advertised_communities", "customer_asn", "routing_registry",
)  # fmt: skip
_TYPES = st.sampled_from(("AzurePrivatePeering", "MicrosoftPeering", "microsoftpeering"))
_ADDRESSES = st.one_of(
    st.sampled_from(("45.12.8.", "45.12.9.", "10.0.0.", "224.0.0.")).flatmap(
        lambda net: st.integers(0, 17).map(lambda host: f"{net}{host}")
    ),
    st.integers(0, 9).map(lambda host: f"2A0C:4dc0::{host}"),
    st.ip_addresses().map(str),
    st.sampled_from(("::ffff:1.2.3.4", "fe80::1%eth0", "010.0.0.0", "0.0.0.0", "::", "2002::8")),  # noqa: S104 - texts
)
_ENDS = st.sampled_from(
    ("", "/", "/0", "/8", "/24", "/28", "/29", "/30", "/30", "/30", "/31", "/32", "/33", "/64", "/125", "/126", "/126",
     "/127", "/128", "/129", "/030", " /30", " 255.255.255.252", "/255.255.255.0", "/٣٠"),
)  # fmt: skip
_PREFIXES = st.builds(lambda address, end: address + end, _ADDRESSES, _ENDS)
_NUMBERS = st.builds(
    lambda before, number, after: f"{before}{number}{after}",
    st.sampled_from(("", "", "", "AS", "AS ", "as", "+", "-", "0", " ", "1.")),
    st.sampled_from((0, 1, 200, 300, 4094, 4095, 8075, 12076, 23456, 64500, 65010, 65515, 65535, 65540, 2**31))
    | st.integers(2**32 - 2, 2**32),
    st.sampled_from(("", "", "", " ", " 0", ".5", "٣", "\n")),
)  # fmt: skip
_COMMUNITIES = st.builds(lambda one, other: f"{one}:{other}", st.integers(0, 70_000), st.sampled_from((5010, "05", "")))
_GAPS = st.sampled_from(("\n", "\r\n", ", ", " ", "\n\n", ",,"))
_ANY = st.text(max_size=30)


def _lists(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(words, _GAPS), max_size=6).map(lambda pairs: "".join(map("".join, pairs)))


_LIKELY = {
    "peer_asn": _NUMBERS, "vlan_id": _NUMBERS, "customer_asn": _NUMBERS, "advertised_prefixes": _lists(_PREFIXES),
    "advertised_communities": _lists(_COMMUNITIES), "routing_registry": st.sampled_from(("", "ripe", "RADB", "none")),
}  # fmt: skip
_FOUND_THERE = st.sampled_from(({}, PRIVATE, MICROSOFT, {**MICROSOFT, **IPV6_LINKS}))
_CHANGED = st.sampled_from(_FIELDS).flatmap(
    lambda name: st.tuples(st.just(name), st.one_of(_LIKELY.get(name, _PREFIXES), _LIKELY.get(name, _PREFIXES), _ANY))
)
# A few changes leave some proposals clean, many leave none.
_TYPED = st.builds(
    lambda base, changes: {**base, **dict(changes)},
    _FOUND_THERE,
    st.lists(_CHANGED, max_size=2) | st.lists(_CHANGED, max_size=10),
)
_OTHERS = st.lists(
    st.builds(
        Neighbour,
        st.sampled_from(("AzurePrivatePeering", "MicrosoftPeering", "AzurePublicPeering", "")) | _ANY,
        st.none() | st.sampled_from((200, 300, 301)) | st.integers(),
        st.lists(_PREFIXES | _ANY, max_size=4).map(tuple),
    ),
    max_size=3,
)
_PLACES = {
    key: {name for _, name, *_ in string.Formatter().parse(text) if name}
    for key, text in {**BREACHES, **CAUTIONS}.items()
}


def _all(found: Judgement) -> tuple[Breach, ...]:
    return found.breaches + found.cautions


def _count(breaches: tuple[Breach, ...]) -> Counter[str]:
    return Counter(f"{one.rule} {one.key} {one.field} {dict(one.values)}" for one in breaches)


def _as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    texts = {name: "\n".join(value) if isinstance(value, list) else value for name, value in values.items()}
    return {name: "" if value is None else str(value) for name, value in texts.items()}


@patient
@given(st.dictionaries(st.sampled_from(_FIELDS) | _ANY, st.text()), _TYPES | _ANY, _OTHERS)
def test_no_text_in_any_field_is_an_error(typed, peering_type, others):
    found = judge(typed, peering_type=peering_type, others=others)
    assert all(sentence_of(one) for one in _all(found))


@patient
@given(_TYPED, _TYPES, _OTHERS)
def test_each_breach_and_caution_has_a_sentence_that_lacks_nothing(typed, peering_type, others):
    for one in _all(judge(typed, peering_type=peering_type, others=others)):
        sentence, places = sentence_of(one), _PLACES[one.key]
        assert sentence[-1] == "."
        assert not any(f"{{{name}}}" in sentence for name in places)
        assert all(one.values[name] is not None for name in places & set(one.values))
        assert one.field in {*_FIELDS, ""}


@patient
@given(_TYPED, _TYPES, _OTHERS)
def test_a_repair_ends_its_breach(typed, peering_type, others):
    before = judge(typed, peering_type=peering_type, others=others).breaches
    for breach in before:
        for repair in breach.repairs:
            after = judge({**typed, **repair.fills}, peering_type=peering_type, others=others).breaches
            (name,) = _count((breach,))
            assert _count(after)[name] < _count(before)[name]
            assert repair.words.startswith(("Use ", "Move to IPv"))


@patient
@given(_TYPED, _TYPES, _OTHERS)
def test_values_are_read_anew_as_they_were_written(typed, peering_type, others):
    found = judge(typed, peering_type=peering_type, others=others)
    again = judge(_as_typed(found.values), peering_type=peering_type, others=others)
    assert {name: again.values[name] for name in found.values} == dict(found.values)
    if not found.breaches:
        assert (again.values, again.breaches) == (found.values, ())


@patient
@given(st.sampled_from(_FIELDS), st.sampled_from("x9 {/:,.%é\0"), st.integers(61, 2_000))
def test_no_more_than_sixty_characters_are_echoed(field, character, times):
    found = judge({**MICROSOFT, field: character * times}, peering_type="MicrosoftPeering", others=())
    assert all(character * 61 not in sentence_of(one) for one in _all(found) if character != " ")
    assert all(len(sentence_of(one)) < 250 for one in _all(found))


@given(st.text(min_size=3))
def test_a_shared_key_is_in_nothing_that_is_said_of_it(key):
    breach = judge_shared_key(key)
    assert breach is None or key not in repr(breach) + sentence_of(breach)
    assert (breach is None) == (key.isascii() and key.isalnum() and len(key) <= 25)
