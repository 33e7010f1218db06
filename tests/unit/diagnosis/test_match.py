import ipaddress
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.match import Coverage, Match, PathMatch, find_match
from crossconnections.diagnosis.presence import Presence
from crossconnections.diagnosis.route_lines import merge_routes
from crossconnections.diagnosis.sides import Side
from crossconnections.enums import DevicePath
from tests.unit.diagnosis.networks import Net, as_network, close, route, vnet


def match(target: str, primary: Sequence[RouteRow] | None, secondary: Sequence[RouteRow] | None = ()) -> Match:
    return find_match(
        merge_routes(primary or (), secondary or ()),
        as_network(target),
        is_primary_read=primary is not None,
        is_secondary_read=secondary is not None,
    )


def on_primary(target: str, *networks: str) -> PathMatch:
    return match(target, [route(network) for network in networks]).primary


def test_an_address_takes_the_longest_network_that_covers_it():
    found = on_primary("10.1.2.3", "0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24", "10.1.3.0/24", "10.1.2.4/32")
    assert found.network == as_network("10.1.2.0/24")
    assert found.routes == (route("10.1.2.0/24"),)
    assert (found.coverage, found.is_routed, found.is_default) == (Coverage.WHOLE, True, False)


def test_a_route_to_the_address_itself_covers_it():
    assert on_primary("10.1.2.3", "10.1.2.3/32", "10.1.2.0/24").network == as_network("10.1.2.3/32")


def test_all_next_hops_of_that_network_are_told():
    found = match("10.2.0.9", [*vnet("10.2.0.0/16"), route("10.0.0.0/8")], [route("10.2.0.0/16")])
    assert [row.next_hop for row in found.primary.routes] == ["10.9.9.13", "10.9.9.12*"]
    assert [row.next_hop for row in found.secondary.routes] == ["172.16.0.1"]


def test_an_address_without_a_route_has_none():
    found = on_primary("10.1.2.3", "10.1.3.0/24", "2001:db8::/32")
    assert (found.coverage, found.is_routed, found.network, found.routes) == (Coverage.NONE, False, None, ())
    assert (found.side, found.is_answered, found.is_default) == (None, None, False)


def test_a_table_that_was_not_read_is_not_a_table_without_a_route():
    found = match("10.1.2.3", None, [])
    assert (found.primary.coverage, found.primary.is_routed) == (Coverage.UNKNOWN, None)
    assert (found.secondary.coverage, found.secondary.is_routed) == (Coverage.NONE, False)
    assert match("10.1.2.3", [], None).secondary == PathMatch(Coverage.UNKNOWN, None, (), False, 0, 0, False)


def test_texts_that_are_no_network_cover_nothing():
    assert on_primary("10.1.2.3", "<b>none</b>", "", "10.1.2.0/33").coverage == Coverage.NONE


@pytest.mark.parametrize(
    ("target", "networks", "is_default"),
    [
        ("10.1.2.3", ["0.0.0.0/0"], True),
        ("2001:db8::1", ["::/0"], True),
        ("10.1.2.3", ["0.0.0.0/1", "128.0.0.0/1"], True),
        ("203.0.113.1", ["0.0.0.0/1", "128.0.0.0/1"], True),
        ("2001:db8::1", ["::/1", "8000::/1"], True),
        ("10.1.2.3", ["0.0.0.0/1"], False),
        ("203.0.113.1", ["128.0.0.0/1"], False),
        ("10.1.2.3", ["0.0.0.0/1", "8000::/1"], False),
        ("10.1.2.3", ["0.0.0.0/1", "192.0.0.0/2", "128.0.0.0/2"], False),
        ("10.1.2.3", ["0.0.0.0/2", "0.0.0.0/0"], False),
        ("0.0.0.0/0", ["0.0.0.0/0"], True),
    ],
)
def test_the_default_route_is_all_addresses_or_both_halves(target: str, networks: list[str], is_default: bool):
    found = on_primary(target, *networks)
    assert (found.coverage, found.is_default) == (Coverage.WHOLE, is_default)


def test_half_a_default_route_on_each_path_is_none():
    found = match("10.1.2.3", [route("0.0.0.0/1")], [route("0.0.0.0/1"), route("128.0.0.0/1")])
    assert (found.primary.is_default, found.secondary.is_default) == (False, True)


@pytest.mark.parametrize(
    ("networks", "coverage", "inside"),
    [
        (["10.0.0.0/8"], Coverage.WHOLE, 0),
        (["10.1.0.0/16"], Coverage.WHOLE, 0),
        (["10.0.0.0/8", "10.1.4.0/24", "10.1.5.0/24", "10.1.5.0/25"], Coverage.WHOLE, 3),
        (["10.1.0.0/17", "10.1.128.0/17"], Coverage.IN_PARTS, 2),
        (["10.1.0.0/17", "10.1.0.0/24", "10.1.64.0/24", "10.1.128.0/17"], Coverage.IN_PARTS, 4),
        (["10.1.0.0/17"], Coverage.PARTLY, 1),
        (["10.1.128.0/17"], Coverage.PARTLY, 1),
        (["10.1.0.0/18", "10.1.128.0/17"], Coverage.PARTLY, 2),
        (["10.1.255.255/32"], Coverage.PARTLY, 1),
        (["10.0.255.255/32", "10.2.0.0/32"], Coverage.NONE, 0),
    ],
)
def test_a_network_is_covered_by_one_route_or_in_parts(networks: list[str], coverage: Coverage, inside: int):
    found = on_primary("10.1.0.0/16", *networks)
    assert (found.coverage, found.networks_inside) == (coverage, inside)
    assert found.is_routed is (coverage == Coverage.WHOLE)


def test_several_routes_to_a_network_inside_are_one_network():
    assert match("10.2.0.0/15", vnet("10.2.0.0/16")).primary.networks_inside == 1


def test_what_lies_inside_on_the_other_path_is_not_this_ones():
    found = match("10.1.0.0/16", [route("10.1.0.0/17")], [route("10.1.128.0/17"), route("10.1.0.0/18")])
    assert (found.primary.networks_inside, found.secondary.networks_inside) == (1, 2)


@pytest.mark.parametrize(
    ("rows", "side"),
    [
        ([route("10.0.0.0/8", "65020 65031")], Side.CUSTOMER),
        (vnet("10.0.0.0/8"), Side.AZURE),
        ([route("10.0.0.0/8"), *vnet("10.0.0.0/8")], Side.MIXED),
        ([route("10.0.0.0/8", "")], Side.UNKNOWN),
        ([route("10.0.0.0/8"), route("10.0.0.0/8", "65020 65020")], Side.CUSTOMER),
        ([route("10.0.0.0/8"), *vnet("10.1.0.0/16")], Side.AZURE),
    ],
)
def test_the_side_is_where_the_chosen_routes_lead(rows: list[RouteRow], side: Side):
    assert match("10.1.2.3", rows).primary.side == side


def test_a_customers_address_is_answered_where_the_same_path_has_a_vnet_of_its_family():
    rows = [route("10.1.0.0/16"), *vnet("10.2.0.0/16"), *vnet("10.3.0.0/16")]
    found = match("10.1.2.3", rows, [route("10.1.0.0/16"), *vnet("2001:db8::/48")])
    assert (found.primary.azure_networks, found.primary.is_answered) == (2, True)
    assert (found.secondary.azure_networks, found.secondary.is_answered) == (0, False)


def test_one_vnet_is_enough_to_answer():
    found = match("10.1.2.3", [route("10.1.0.0/16"), *vnet("10.2.0.0/16")])
    assert (found.primary.azure_networks, found.primary.is_answered) == (1, True)


def test_an_address_in_azure_is_answered_where_the_same_path_has_a_network_of_the_customers():
    found = match("10.2.0.9", [*vnet("10.2.0.0/16"), route("10.1.0.0/16")], vnet("10.2.0.0/16"))
    assert (found.primary.has_customer_networks, found.primary.is_answered) == (True, True)
    assert (found.secondary.has_customer_networks, found.secondary.is_answered) == (False, False)


@pytest.mark.parametrize("rows", [[route("10.0.0.0/8"), *vnet("10.0.0.0/8")], [route("10.0.0.0/8", "?")]])
def test_where_it_is_not_clear_where_a_route_leads_nobody_knows_who_answers(rows: list[RouteRow]):
    assert match("10.1.2.3", rows).primary.is_answered is None


ROUTED, UNROUTED = [route("10.0.0.0/8")], [route("11.0.0.0/8")]


@pytest.mark.parametrize(
    ("primary", "secondary", "presence"),
    [
        (ROUTED, ROUTED, Presence.BOTH),
        (ROUTED, UNROUTED, Presence.PRIMARY_ONLY),
        (UNROUTED, ROUTED, Presence.SECONDARY_ONLY),
        (UNROUTED, UNROUTED, Presence.NEITHER),
        (ROUTED, None, Presence.UNKNOWN),
        (None, UNROUTED, Presence.UNKNOWN),
        (None, None, Presence.UNKNOWN),
    ],
)
def test_a_route_is_on_both_paths_on_one_on_neither_or_unknown(
    primary: list[RouteRow] | None, secondary: list[RouteRow] | None, presence: Presence
):
    assert match("10.1.2.3", primary, secondary).presence == presence


@pytest.mark.parametrize(
    ("primary", "secondary", "more_specific", "default_only"),
    [
        ("10.0.0.0/8", "10.0.0.0/8", None, None),
        ("10.1.0.0/16", "10.0.0.0/8", DevicePath.PRIMARY, None),
        ("10.0.0.0/8", "10.1.0.0/16", DevicePath.SECONDARY, None),
        ("0.0.0.0/0", "10.0.0.0/8", DevicePath.SECONDARY, DevicePath.PRIMARY),
        ("10.0.0.0/8", "0.0.0.0/0", DevicePath.PRIMARY, DevicePath.SECONDARY),
        ("0.0.0.0/0", "11.0.0.0/8", None, DevicePath.PRIMARY),
        ("11.0.0.0/8", "0.0.0.0/0", None, DevicePath.SECONDARY),
        ("0.0.0.0/0", "0.0.0.0/0", None, None),
        ("0.0.0.0/0", None, None, None),
        (None, "0.0.0.0/0", None, None),
        ("11.0.0.0/8", "11.0.0.0/8", None, None),
    ],
)
def test_the_paths_may_choose_different_networks(
    primary: str | None,
    secondary: str | None,
    more_specific: DevicePath | None,
    default_only: DevicePath | None,
):
    first, second = ([route(network)] if network else None for network in (primary, secondary))
    found = match("10.1.2.3", first, second)
    assert (found.more_specific_on, found.default_only_on) == (more_specific, default_only)


def _slowly(networks: set[Net], target: Net) -> tuple[Coverage, Net | None, int]:
    """The same by ipaddress, one network after the other."""
    same = [one for one in networks if one.version == target.version]
    covering = [one for one in same if target.subnet_of(one)]  # type: ignore[arg-type] # of one family
    inside = [one for one in same if one != target and one.subnet_of(target)]  # type: ignore[arg-type]
    if covering:
        return Coverage.WHOLE, max(covering, key=lambda one: one.prefixlen), len(inside)
    if not inside:
        return Coverage.NONE, None, 0
    is_whole = list(ipaddress.collapse_addresses(inside)) == [target]  # type: ignore[type-var]
    return Coverage.IN_PARTS if is_whole else Coverage.PARTLY, None, len(inside)


@given(st.sets(close), st.sets(close), close)
def test_ipaddress_finds_the_same(primary: set[Net], secondary: set[Net], target: Net):
    found = match(str(target), [route(str(one)) for one in primary], [route(str(one)) for one in secondary])
    for networks, path in ((primary, found.primary), (secondary, found.secondary)):
        coverage, longest, inside = _slowly(networks, target)
        assert (path.coverage, path.networks_inside) == (coverage, inside)
        assert path.network == (as_network(str(longest)) if longest else None)


@given(st.lists(st.builds(route, st.text() | close.map(str), st.text())), close)
def test_no_text_of_azures_is_too_odd(rows: list[RouteRow], target: Net):
    found = match(str(target), rows, rows)
    assert found.primary == found.secondary
