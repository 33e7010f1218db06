import ipaddress
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.aggregation import Aggregate, Covered, Savings, find_savings
from tests.unit.diagnosis.networks import Net, as_network, close, close_v4, close_v6, route, vnet


def savings(*networks: str) -> Savings:
    return find_savings([route(network) for network in networks])


def aggregate(network: str, *replaced: str) -> Aggregate:
    return Aggregate(as_network(network), tuple(as_network(one) for one in replaced))


def test_two_halves_become_one():
    found = savings("10.0.1.0/24", "10.0.0.0/24")
    assert found.aggregates == (aggregate("10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24"),)
    assert (found.aggregates[0].saves, found.saved_by_aggregates, found.saved) == (1, 1, 1)


@pytest.mark.parametrize(
    "networks",
    [
        ("10.0.1.0/24", "10.0.2.0/24"),
        ("10.0.0.0/24", "10.0.1.0/25"),
        ("10.0.0.0/24", "10.0.0.0/24"),
        ("10.0.0.0/24", "2001:db8::/24"),
        ("odd", "odder"),
        (),
    ],
)
def test_what_makes_no_whole_stays(networks: tuple[str, ...]):
    assert savings(*networks) == Savings((), ())


def test_halves_of_different_lengths_become_one_step_by_step():
    found = savings("10.0.0.0/24", "10.0.1.0/25", "10.0.1.128/25", "10.0.2.0/23")
    assert found.aggregates == (aggregate("10.0.0.0/22", "10.0.0.0/24", "10.0.1.0/25", "10.0.1.128/25", "10.0.2.0/23"),)
    assert found.saved == 3


def test_the_biggest_saving_comes_first_then_the_lower_network():
    found = savings(
        *("10.9.0.0/24", "10.9.1.0/24", "10.2.0.0/24", "10.2.1.0/24"),
        *("2001:db8::/34", "2001:db8:4000::/34", "2001:db8:8000::/34", "2001:db8:c000::/34"),
    )
    assert [one.network.text for one in found.aggregates] == ["2001:db8::/32", "10.2.0.0/23", "10.9.0.0/23"]
    assert (found.saved_by_aggregates, found.saved) == (5, 5)


@pytest.mark.parametrize(
    "second",
    [
        route("10.0.1.0/24", "65020 65031"),
        route("10.0.1.0/24", hop="172.16.0.3"),
        *vnet("10.0.1.0/24"),
    ],
)
def test_networks_that_go_different_ways_stay(second: RouteRow):
    assert find_savings([route("10.0.0.0/24"), second]) == Savings((), ())


def test_vnets_are_nobodys_to_aggregate():
    assert find_savings([*vnet("10.0.0.0/24"), *vnet("10.0.1.0/24"), *vnet("10.0.0.0/16")]) == Savings((), ())


def test_networks_with_the_same_two_next_hops_become_one():
    hops = ("172.16.0.1", "172.16.0.3*")
    rows = [route(network, hop=hop) for network in ("10.0.0.0/24", "10.0.1.0/24") for hop in hops]
    assert find_savings(rows).aggregates == (aggregate("10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24"),)
    assert find_savings(rows[:3]) == Savings((), ())


def test_networks_of_which_one_next_hop_is_the_same_stay():
    hops = (("10.0.0.0/24", ".1"), ("10.0.0.0/24", ".3"), ("10.0.1.0/24", ".1"), ("10.0.1.0/24", ".5"))
    assert find_savings([route(network, hop=f"172.16.0{hop}") for network, hop in hops]) == Savings((), ())


def test_a_network_within_a_wider_one_is_saved_but_told_apart():
    found = savings("10.0.0.0/16", "10.0.4.0/24", "10.0.5.0/24")
    by = as_network("10.0.0.0/16")
    assert found.aggregates == ()
    assert found.covered == (Covered(as_network("10.0.4.0/24"), by), Covered(as_network("10.0.5.0/24"), by))
    assert (found.saved_by_aggregates, found.saved) == (0, 2)


def test_the_next_wider_network_covers():
    found = savings("10.0.0.0/8", "10.0.0.0/16", "10.0.4.0/24")
    assert [(one.network.text, one.by.text) for one in found.covered] == [
        ("10.0.0.0/16", "10.0.0.0/8"),
        ("10.0.4.0/24", "10.0.0.0/16"),
    ]


def test_a_network_behind_another_path_that_lies_between_is_not_covered():
    rows = [route("10.0.0.0/8"), route("10.0.0.0/16", "65020 65031"), route("10.0.4.0/24")]
    assert find_savings(rows) == Savings((), ())


def test_both_kinds_of_saving_add_up():
    found = savings("10.0.0.0/24", "10.0.1.0/24", "10.0.1.7/32")
    assert (len(found.aggregates), len(found.covered), found.saved_by_aggregates, found.saved) == (1, 1, 1, 2)


def test_an_aggregate_that_is_announced_already_by_another_path_would_not_be_the_same():
    rows = [route("10.0.0.0/23", "65020 65031"), route("10.0.0.0/24"), route("10.0.1.0/24")]
    assert find_savings(rows) == Savings((), ())


def test_an_aggregate_leaves_alone_what_is_covered_by_another_path():
    """10.0.0.0/23 may be left out, but whoever keeps it must be able to do so."""
    rows = [route("10.0.0.0/16", "65031"), route("10.0.0.0/23", "65031"), route("10.0.0.0/24"), route("10.0.1.0/24")]
    found = find_savings(rows)
    assert (found.aggregates, [one.network.text for one in found.covered]) == ((), ["10.0.0.0/23"])


def test_nothing_becomes_the_default_route_or_a_half_of_it():
    quarters = ("0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2")
    assert savings(*quarters) == Savings((), ())
    assert savings("0.0.0.0/1", "128.0.0.0/1") == Savings((), ())
    sixteenths = ("64.0.0.0/4", "80.0.0.0/4", "96.0.0.0/4", "112.0.0.0/4")
    assert [one.network.text for one in savings(*sixteenths).aggregates] == ["64.0.0.0/2"]


def test_the_default_route_and_its_halves_cover_nothing():
    assert savings("0.0.0.0/0", "10.0.0.0/8", "::/0", "2001:db8::/32") == Savings((), ())
    assert savings("0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8") == Savings((), ())
    assert savings("0.0.0.0/2", "10.0.0.0/8").saved == 1


def _announced(networks: Iterable[Net], found: Savings, *, is_covered_kept: bool) -> set[str]:
    gone = {network for one in found.aggregates for network in one.replaces}
    if not is_covered_kept:
        gone |= {one.network for one in found.covered}
    left = {str(one) for one in networks if as_network(str(one)) not in gone}
    return left | {one.network.text for one in found.aggregates}


@given(st.sets((close_v4 | close_v6).filter(lambda one: one.prefixlen > 3)))
def test_networks_behind_one_path_become_what_ipaddress_makes_of_them(networks: set[Net]):
    found = savings(*map(str, networks))
    families = ([one for one in networks if one.version == version] for version in (4, 6))
    collapsed = {str(one) for family in families for one in ipaddress.collapse_addresses(family)}  # type: ignore[type-var]
    assert _announced(networks, found, is_covered_kept=False) == collapsed
    assert found.saved == len(networks) - len(collapsed)


def _way(address: ipaddress.IPv4Address, ways: dict[Net, str]) -> str | None:
    """The path that an address takes, by ipaddress."""
    covering = [one for one in ways if address in one]
    return ways[max(covering, key=lambda one: one.prefixlen)] if covering else None


ADDRESSES = [
    ipaddress.IPv4Address(high << 28 | middle | low)
    for high in range(16)
    for middle in (0, 1 << 20)
    for low in range(8)
]
some_ways = st.dictionaries(close_v4, st.sampled_from(["65020", "65031"]), max_size=20)


@given(some_ways, st.booleans())
def test_no_address_goes_another_way_than_before(ways: dict[Net, str], is_covered_kept: bool):
    found = find_savings([route(str(network), path) for network, path in ways.items()])
    paths = {str(network): path for network, path in ways.items()}
    paths |= {one.network.text: paths[one.replaces[0].text] for one in found.aggregates}
    announced = _announced(ways, found, is_covered_kept=is_covered_kept)
    after = {ipaddress.ip_network(one): paths[one] for one in announced}
    assert [_way(one, after) for one in ADDRESSES] == [_way(one, ways) for one in ADDRESSES]


def _slowly(ways: dict[Net, str]) -> set[Net]:
    """Pairs become one until no two are left that may; what lies in the next wider one of its path goes before."""
    wide = [one for one in ways if one.prefixlen > 1]
    left = dict(ways)
    for network in wide:
        around = [one for one in wide if one != network and network.subnet_of(one)]  # type: ignore[arg-type]
        if around and ways[max(around, key=lambda one: one.prefixlen)] == ways[network]:
            del left[network]
    while pair := _pair(left, ways):
        left[pair[0].supernet()] = left.pop(pair[0])
        del left[pair[1]]
    return set(left)


def _pair(left: dict[Net, str], ways: dict[Net, str]) -> tuple[Net, Net] | None:
    longer = [one for one in left if one.prefixlen > 2]
    pairs = (pair for pair in combinations(longer, 2) if pair[0].prefixlen == pair[1].prefixlen)
    siblings = (pair for pair in pairs if pair[0].supernet() == pair[1].supernet() not in ways)
    return next((pair for pair in siblings if left[pair[0]] == left[pair[1]]), None)


@given(some_ways)
def test_nothing_that_may_become_one_is_left(ways: dict[Net, str]):
    found = find_savings([route(str(network), path) for network, path in ways.items()])
    assert _announced(ways, found, is_covered_kept=False) == {str(one) for one in _slowly(ways)}


@given(st.lists(st.builds(route, st.text() | close.map(str), st.text())))
def test_no_text_of_azures_is_too_odd_to_be_aggregated(rows: list[RouteRow]):
    assert find_savings(rows).saved >= 0
