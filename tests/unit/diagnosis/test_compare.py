import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.compare import Difference, PathDifference, compare_device_paths
from crossconnections.diagnosis.route_lines import merge_routes
from tests.unit.diagnosis.networks import Net, as_network, close, route, vnet

NETWORK = "10.1.0.0/16"


def difference(primary: list[RouteRow] | None, secondary: list[RouteRow] | None) -> PathDifference:
    lines = merge_routes(primary or (), secondary or ())
    found = compare_device_paths(lines, is_primary_read=primary is not None, is_secondary_read=secondary is not None)
    return found[as_network(NETWORK)]


def paths(*texts: str) -> list[RouteRow]:
    return [route(NETWORK, text) for text in texts]


@pytest.mark.parametrize(
    ("primary", "secondary", "kind", "by"),
    [
        (["65020 65031"], ["65020 65031"], Difference.SAME, 0),
        (["65020 65031"], [" 65020  65031 "], Difference.SAME, 0),
        (["65020 65031", "65020"], ["65020", "65020 65031"], Difference.SAME, 0),
        (["65515", "65515"], ["65515"], Difference.SAME, 0),
        (["65020"], [], Difference.PRIMARY_ONLY, 0),
        ([], ["65020"], Difference.SECONDARY_ONLY, 0),
        (["65020 65020 65020"], ["65020"], Difference.LONGER_ON_PRIMARY, 2),
        (["65020"], ["65020 65031"], Difference.LONGER_ON_SECONDARY, 1),
        (["65020", "65020 65031 65032"], ["65020 65031"], Difference.LONGER_ON_SECONDARY, 1),
        (["65020 65031"], ["65020 65032"], Difference.OTHER_PATH, 0),
        (["65020", "65020 65031"], ["65020"], Difference.OTHER_PATH, 0),
        (["65020"], ["65515"], Difference.OTHER_SIDE, 0),
        (["65020 65031"], ["65515"], Difference.OTHER_SIDE, 0),
        (["65020", "65515"], ["65515"], Difference.OTHER_SIDE, 0),
        (["65020"], [""], Difference.UNKNOWN, 0),
        (["65020", "?"], ["65020"], Difference.UNKNOWN, 0),
        ([""], [""], Difference.UNKNOWN, 0),
        ([""], [], Difference.PRIMARY_ONLY, 0),
    ],
)
def test_the_two_paths_differ_in_one_way(primary: list[str], secondary: list[str], kind: Difference, by: int):
    assert difference(paths(*primary), paths(*secondary)) == PathDifference(kind, by)


def test_next_hops_differ_by_nature():
    assert difference([route(NETWORK, hop="172.16.0.1")], [route(NETWORK, hop="172.16.0.5")]).kind == Difference.SAME


@pytest.mark.parametrize(("primary", "secondary"), [(None, ["65020"]), (["65020"], None)])
def test_nothing_is_missing_on_a_path_that_was_not_read(primary: list[str] | None, secondary: list[str] | None):
    first, second = (None if texts is None else paths(*texts) for texts in (primary, secondary))
    assert difference(first, second) == PathDifference(Difference.UNKNOWN)


def test_networks_are_compared_each_by_itself_in_their_order_and_odd_texts_last():
    primary = [route("odd"), *vnet("10.2.0.0/16"), route("10.1.0.0/16")]
    lines = merge_routes(primary, [route("2001:db8::/32"), route("10.1.0.0/16"), route("odd")])
    found = compare_device_paths(lines, is_primary_read=True, is_secondary_read=True)
    assert [one.kind for one in found.values()] == [
        Difference.SAME,
        Difference.PRIMARY_ONLY,
        Difference.SECONDARY_ONLY,
        Difference.SAME,
    ]


some_paths = st.dictionaries(close, st.sampled_from(["65020", "65020 65031", "65020 65032", "65020 65020 65020"]))


def _slowly(one: str | None, other: str | None) -> tuple[Difference, int]:
    if other is None:
        return Difference.PRIMARY_ONLY, 0
    if one is None:
        return Difference.SECONDARY_ONLY, 0
    more = one.count(" ") - other.count(" ")
    if more > 0:
        return Difference.LONGER_ON_PRIMARY, more
    if more < 0:
        return Difference.LONGER_ON_SECONDARY, -more
    return (Difference.SAME if one == other else Difference.OTHER_PATH), 0


@given(some_paths, some_paths)
def test_every_network_of_either_path_is_judged(primary: dict[Net, str], secondary: dict[Net, str]):
    rows = ([route(str(network), path) for network, path in side.items()] for side in (primary, secondary))
    found = compare_device_paths(merge_routes(*rows), is_primary_read=True, is_secondary_read=True)
    assert found == {
        as_network(str(network)): _slowly(primary.get(network), secondary.get(network))
        for network in primary.keys() | secondary.keys()
    }


@given(st.lists(st.builds(route, st.text(), st.text())), st.lists(st.builds(route, st.text(), st.text())))
def test_no_text_of_azures_is_too_odd_to_be_compared(primary: list[RouteRow], secondary: list[RouteRow]):
    lines = merge_routes(primary, secondary)
    found = compare_device_paths(lines, is_primary_read=True, is_secondary_read=True)
    assert found.keys() == {line.network for line in lines}
