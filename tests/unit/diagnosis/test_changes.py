import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.changes import Change, compare_times
from tests.unit.diagnosis.networks import Net, as_network, close, route, vnet

NETWORK = "10.1.0.0/16"


def kinds(before: list[RouteRow], after: list[RouteRow]) -> list[Change]:
    return [kind for one in compare_times(before, after).networks for kind in one.kinds]


def one_row(path: str = "65020 65031", hop: str = "172.16.0.1", pref: str = "", weight: int | None = 0):
    return [route(NETWORK, path, hop, pref, weight)]


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ([], Change.GONE),
        (one_row(path="65020 65031 65031"), Change.PATH_LONGER),
        (one_row(path="65020"), Change.PATH_SHORTER),
        (one_row(path="65020 65032"), Change.OTHER_PATH),
        (one_row(path=""), Change.OTHER_PATH),
        (one_row(hop="172.16.0.5"), Change.OTHER_NEXT_HOP),
        (one_row(pref="200"), Change.OTHER_PREFERENCE),
        (one_row(weight=100), Change.OTHER_WEIGHT),
        (one_row(weight=None), Change.OTHER_WEIGHT),
    ],
)
def test_a_network_changes_in_one_way(after: list[RouteRow], kind: Change):
    assert kinds(one_row(), after) == [kind]


def test_a_network_is_added():
    assert kinds([], one_row()) == [Change.ADDED]


def test_a_network_may_change_in_several_ways_at_once():
    assert kinds(one_row(), one_row("65020", "172.16.0.5", "200", 100)) == [
        Change.OTHER_NEXT_HOP,
        Change.PATH_SHORTER,
        Change.OTHER_PREFERENCE,
        Change.OTHER_WEIGHT,
    ]


@pytest.mark.parametrize(
    "after",
    [
        one_row(),
        one_row(path=" 65020  65031"),
        one_row(hop="172.16.0.1*"),
        one_row(hop=" 172.16.0.1 "),
        one_row() * 2,
    ],
)
def test_what_is_as_it_was_is_left_out(after: list[RouteRow]):
    found = compare_times(one_row(), after)
    assert found.networks == ()
    assert not found.counts


def test_the_same_routes_in_another_order_are_the_same():
    assert kinds(vnet(NETWORK), vnet(NETWORK)[::-1]) == []


def test_the_asterisk_may_move_from_one_next_hop_to_the_other():
    before = [route(NETWORK, hop="10.0.0.4*"), route(NETWORK, hop="10.0.0.5")]
    assert kinds(before, [route(NETWORK, hop="10.0.0.4"), route(NETWORK, hop="10.0.0.5*")]) == []


def test_one_of_two_next_hops_that_goes_is_another_next_hop():
    assert kinds(vnet(NETWORK), vnet(NETWORK)[:1]) == [Change.OTHER_NEXT_HOP]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("65020", "", 0), ("65021", "", 0), Change.OTHER_PATH),
        (("65020", "100", 0), ("65020", "200", 0), Change.OTHER_PREFERENCE),
        (("65020", "", 0), ("65020", "", 5), Change.OTHER_WEIGHT),
    ],
)
def test_two_next_hops_that_swap_something_are_seen(
    before: tuple[str, str, int], after: tuple[str, str, int], kind: Change
):
    def rows(one: tuple[str, str, int], other: tuple[str, str, int]) -> list[RouteRow]:
        return [
            RouteRow(NETWORK, hop, pref, weight, path)
            for hop, (path, pref, weight) in zip(("172.16.0.1", "172.16.0.3"), (one, other), strict=True)
        ]

    assert kinds(rows(before, after), rows(after, before)) == [kind]


def test_the_length_is_that_of_the_shortest_path():
    before = [route(NETWORK, "65020"), route(NETWORK, "65020 65031 65032")]
    assert kinds(before, [route(NETWORK, "65020 65031")]) == [Change.PATH_LONGER]


def test_the_routes_then_and_now_are_told_by_network():
    before = [route("odd"), *vnet("10.2.0.0/16"), route("10.1.0.0/16"), route("10.3.0.0/16")]
    after = [route("10.1.0.0/16", "65020 65020"), *vnet("10.2.0.0/16")[:1], route("10.3.0.0/16")]
    found = compare_times(before, after)
    assert [one.text for one in found.networks] == ["10.1.0.0/16", "10.2.0.0/16", "odd"]
    assert found.networks[1].network == as_network("10.2.0.0/16")
    assert found.networks[1].before == tuple(vnet("10.2.0.0/16"))
    assert found.networks[1].after == (vnet("10.2.0.0/16")[0],)


def test_each_change_is_counted():
    before = [route("10.1.0.0/16"), route("10.2.0.0/16"), route("10.3.0.0/16")]
    after = [route("10.1.0.0/16", weight=1, hop="172.16.0.5"), route("10.4.0.0/16")]
    found = compare_times(before, after)
    assert found.counts == {Change.OTHER_NEXT_HOP: 1, Change.OTHER_WEIGHT: 1, Change.GONE: 2, Change.ADDED: 1}
    assert found.counts[Change.PATH_LONGER] == 0


routes_of = st.lists(
    st.builds(
        RouteRow,
        close.map(str),
        st.sampled_from(["172.16.0.1", "172.16.0.3"]),
        st.sampled_from(["", "100"]),
        st.sampled_from([0, 1]),
        st.sampled_from(["65020", "65021", "65020 65031"]),
    ),
    max_size=12,
)


@given(routes_of, routes_of)
def test_a_network_is_told_exactly_where_its_set_of_routes_is_another(before: list[RouteRow], after: list[RouteRow]):
    networks = {row.network for row in [*before, *after]}
    others = {
        as_network(one)
        for one in networks
        if {row for row in before if row.network == one} != {row for row in after if row.network == one}
    }
    assert {one.network for one in compare_times(before, after).networks} == others


@given(st.sets(close), st.sets(close))
def test_what_was_added_and_what_is_gone_are_the_differences_of_the_sets(before: set[Net], after: set[Net]):
    found = compare_times([route(str(one)) for one in before], [route(str(one)) for one in after])
    assert found.counts[Change.ADDED] == len(after - before)
    assert found.counts[Change.GONE] == len(before - after)
    assert len(found.networks) == len(before ^ after)


odd_rows = st.lists(st.builds(RouteRow, st.text(), st.text(), st.text(), st.none() | st.integers(), st.text()))


@given(odd_rows, odd_rows)
def test_no_text_of_azures_is_too_odd_for_a_change(before: list[RouteRow], after: list[RouteRow]):
    assert compare_times(before, before).networks == ()
    there, back = compare_times(before, after), compare_times(after, before)
    assert there.counts[Change.ADDED] == back.counts[Change.GONE]
