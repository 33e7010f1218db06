from collections.abc import Sequence

import pytest

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.presence import Presence
from crossconnections.diagnosis.route_lines import merge_routes
from crossconnections.diagnosis.ways import Directions, Ways, find_ways
from tests.unit.diagnosis.networks import as_network, route, vnet

EDGE, VNET = [route("10.1.0.0/16")], vnet("10.2.0.0/16")


def ways(
    primary: Sequence[RouteRow] | None,
    secondary: Sequence[RouteRow] | None,
    first: str = "10.1.0.9",
    second: str = "10.2.0.9",
) -> Ways:
    return find_ways(
        merge_routes(primary or (), secondary or ()),
        as_network(first),
        as_network(second),
        is_primary_read=primary is not None,
        is_secondary_read=secondary is not None,
    )


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        ([*EDGE, *VNET], Directions.BOTH),
        ([route("0.0.0.0/0"), *VNET], Directions.BOTH),
        (EDGE, Directions.FIRST_ONLY),
        (VNET, Directions.SECOND_ONLY),
        ([], Directions.NEITHER),
        ([route("10.0.0.0/8")], Directions.SAME_SIDE),
        (vnet("10.0.0.0/8"), Directions.SAME_SIDE),
        ([route("10.1.0.0/16", ""), *VNET], Directions.UNKNOWN),
        ([*EDGE, *vnet("10.1.0.0/16"), *VNET], Directions.UNKNOWN),
        (None, Directions.UNKNOWN),
    ],
)
def test_each_path_has_both_directions_or_not(rows: list[RouteRow] | None, directions: Directions):
    assert ways(rows, None).primary == directions
    assert ways(None, rows).secondary == directions


def test_the_way_is_the_same_from_both_ends():
    found = ways([*EDGE, *VNET], EDGE, first="10.2.0.9", second="10.1.0.9")
    assert (found.primary, found.secondary) == (Directions.BOTH, Directions.SECOND_ONLY)


def test_both_matches_are_told():
    found = ways([*EDGE, *VNET], EDGE)
    assert found.first.primary.network == as_network("10.1.0.0/16")
    assert found.second.primary.network == as_network("10.2.0.0/16")
    assert (found.first.presence, found.second.presence) == (Presence.BOTH, Presence.PRIMARY_ONLY)


def test_a_network_that_is_covered_in_parts_is_not_routed():
    rows = [*VNET, route("10.1.0.0/17"), route("10.1.128.0/17")]
    assert ways(rows, rows, first="10.1.0.0/16").primary == Directions.SECOND_ONLY


@pytest.mark.parametrize(
    ("primary", "secondary", "presence"),
    [
        ([*EDGE, *VNET], [*EDGE, *VNET], Presence.BOTH),
        ([*EDGE, *VNET], EDGE, Presence.PRIMARY_ONLY),
        (VNET, [*EDGE, *VNET], Presence.SECONDARY_ONLY),
        (EDGE, [route("10.0.0.0/8")], Presence.NEITHER),
        ([*EDGE, *VNET], None, Presence.UNKNOWN),
        ([route("10.0.0.0/8", "")], EDGE, Presence.UNKNOWN),
    ],
)
def test_both_directions_stand_on_both_paths_on_one_or_on_neither(
    primary: list[RouteRow] | None, secondary: list[RouteRow] | None, presence: Presence
):
    assert ways(primary, secondary).presence == presence
