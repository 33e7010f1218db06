from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.diagnosis.advertised import AdvertisedComparison, compare_advertised
from crossconnections.diagnosis.presence import Presence
from tests.unit.diagnosis.networks import Net, as_network, close, close_v4, route


def compared(
    advertised: Iterable[str], primary: Iterable[str] | None, secondary: Iterable[str] | None
) -> AdvertisedComparison:
    first, second = (None if one is None else [route(network) for network in one] for one in (primary, secondary))
    return compare_advertised(advertised, first, second)


@pytest.mark.parametrize(
    ("primary", "secondary", "presence"),
    [
        (["198.51.100.0/24"], ["198.51.100.0/24"], Presence.BOTH),
        (["198.51.100.0/24"], [], Presence.PRIMARY_ONLY),
        ([], ["198.51.100.128/25"], Presence.SECONDARY_ONLY),
        (["198.51.100.7/32"], ["198.51.100.0/25", "198.51.100.128/25"], Presence.BOTH),
        (["198.51.0.0/16"], ["0.0.0.0/0"], Presence.NEITHER),
        (["198.51.101.0/24"], ["::/0", "odd"], Presence.NEITHER),
        (["198.51.100.0/24"], None, Presence.UNKNOWN),
        (None, [], Presence.UNKNOWN),
        (None, None, Presence.UNKNOWN),
    ],
)
def test_a_prefix_is_seen_where_it_or_a_part_of_it_is_received(
    primary: list[str] | None, secondary: list[str] | None, presence: Presence
):
    [prefix] = compared(["198.51.100.0/24"], primary, secondary).prefixes
    assert prefix.presence == presence


def test_what_one_path_shows_is_told_although_the_other_was_not_read():
    [prefix] = compared(["198.51.100.0/24"], None, ["198.51.100.0/24"]).prefixes
    assert (prefix.primary, prefix.secondary) == (None, True)


def test_prefixes_stand_as_they_are_listed():
    found = compared(["203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24"], [], [])
    assert [one.text for one in found.prefixes] == ["203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24"]


def test_a_prefix_that_is_no_network_is_never_said_to_be_unseen():
    [prefix] = compared(["all of ours"], ["198.51.100.0/24"], []).prefixes
    assert (prefix.network, prefix.primary, prefix.secondary) == (None, None, None)
    assert prefix.presence == Presence.UNKNOWN


def test_a_network_in_two_prefixes_shows_both():
    found = compared(["198.51.0.0/16", "198.51.100.0/24"], ["198.51.100.0/25"], ["198.51.1.0/24"])
    assert [one.presence for one in found.prefixes] == [Presence.BOTH, Presence.PRIMARY_ONLY]


def test_a_received_network_in_no_prefix_is_a_stranger_on_the_paths_that_have_it():
    found = compared(["198.51.100.0/24"], ["10.9.0.0/16", "198.51.100.0/25"], ["198.51.0.0/16", "10.9.0.0/16"])
    assert [(one.text, one.presence) for one in found.strangers] == [
        ("10.9.0.0/16", Presence.BOTH),
        ("198.51.0.0/16", Presence.SECONDARY_ONLY),
    ]
    assert found.strangers[0].network == as_network("10.9.0.0/16")


def test_strangers_stand_in_the_order_of_their_networks():
    texts = ["9.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/9", "12.0.0.0/8", "13.0.0.0/8", "2001:db8::/32"]
    assert [one.text for one in compared([], texts[::-2], texts[::-1]).strangers] == texts


def test_a_network_that_only_two_prefixes_together_hold_is_a_stranger():
    found = compared(["198.51.100.0/25", "198.51.100.128/25"], ["198.51.100.0/24"], [])
    assert [one.text for one in found.strangers] == ["198.51.100.0/24"]


@pytest.mark.parametrize(("primary", "secondary"), [(["10.9.0.0/16"], None), (None, ["10.9.0.0/16"])])
def test_a_stranger_on_one_path_may_be_on_the_other_that_was_not_read(
    primary: list[str] | None, secondary: list[str] | None
):
    [stranger] = compared([], primary, secondary).strangers
    assert {stranger.primary, stranger.secondary} == {True, None}


def test_a_stranger_is_told_as_the_primary_wrote_it():
    [stranger] = compared([], ["2001:DB8::/32"], ["2001:db8::/32"]).strangers
    assert (stranger.text, stranger.presence) == ("2001:DB8::/32", Presence.BOTH)


def test_a_text_that_is_no_network_is_told_once_and_is_no_stranger():
    found = compared(["10.0.0.0/8"], ["odd", "10.9.0.0/33", "10.9.0.0/16"], ["odder", "odd"])
    assert (found.unreadable, found.strangers) == (("odd", "10.9.0.0/33", "odder"), ())


def _within(network: Net, prefix: Net) -> bool:
    return network.version == prefix.version and network.subnet_of(prefix)  # type: ignore[arg-type]


@given(st.lists(close), st.sets(close), st.sets(close_v4))
def test_ipaddress_finds_the_same_strangers_and_prefixes(advertised: list[Net], primary: set[Net], secondary: set[Net]):
    found = compared(map(str, advertised), map(str, primary), map(str, secondary))
    assert [(one.primary, one.secondary) for one in found.prefixes] == [
        (any(_within(one, prefix) for one in primary), any(_within(one, prefix) for one in secondary))
        for prefix in advertised
    ]
    assert {(one.network, one.primary, one.secondary) for one in found.strangers} == {
        (as_network(str(one)), one in primary, one in secondary)
        for one in primary | secondary
        if not any(_within(one, prefix) for prefix in advertised)
    }


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_text_is_too_odd_to_be_compared_with_what_is_advertised(advertised: list[str], received: list[str]):
    assert len(compared(advertised, received, received).prefixes) == len(advertised)
