"""A peering on one path."""

import pytest

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.legs import Leg, Link, has_mac, is_same
from tests.unit.diagnosis.cases import (
    IPV6_ONLY,
    IPV6_TOO,
    P1,
    P1_V6,
    P2,
    PRIMARY,
    SECONDARY,
    a_case,
    after,
    microsoft,
    private,
)  # fmt: skip


def _leg(case=None, path=PRIMARY, **changes) -> Leg:
    made = case or a_case(private(primary=P1.tables(**changes), **IPV6_TOO))
    return Leg(made, made.peerings[0], path)


def test_a_leg_ends_at_its_port_and_knows_the_other_one() -> None:
    leg = _leg()
    assert (leg.port, leg.other.port, leg.other.path, leg.other.other.path) == ("AMS-A", "AMS-B", SECONDARY, PRIMARY)
    assert leg.other.peering is leg.peering


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({}, (Link(4, P1.prefix, P1.edge, P1.microsoft),)),
        (IPV6_TOO, (Link(4, P1.prefix, P1.edge, P1.microsoft), Link(6, P1_V6.prefix, P1_V6.edge, P1_V6.microsoft))),
        (IPV6_ONLY, (Link(6, P1_V6.prefix, P1_V6.edge, P1_V6.microsoft),)),
        ({"primary_prefix": ""}, ()),
        ({"primary_prefix": "10.255.0.1/30"}, ()),
        ({"primary_prefix": "10.255.0.0/31"}, ()),
        ({"primary_prefix": "Resting"}, ()),
    ],
)
def test_a_leg_has_a_link_for_each_family_whose_prefix_is_one(changes, links) -> None:
    leg = _leg(a_case(private(**changes)))
    assert leg.links == links
    assert leg.ipv4 == next((link for link in links if link.version == 4), None)


def test_the_rows_of_arp_are_told_apart_by_their_end() -> None:
    rows = (P1.edge_row(interface=" ON-PREM "), P1.microsoft_row(interface="microsoft"), P1.edge_row(interface="X"))
    leg = _leg(arp=rows)
    assert (leg.on_prem, leg.microsoft) == (rows[:1], rows[1:2])


def test_a_table_that_was_not_read_is_none_and_not_empty() -> None:
    unread, empty = _leg(arp=Absence.FAILED, routes=Absence.FAILED), _leg(arp=(), routes=())
    assert (unread.on_prem, unread.microsoft, unread.routes) == (None, None, None)
    assert (empty.on_prem, empty.microsoft, empty.routes) == ((), (), ())
    assert (unread.from_edge, unread.from_vnets, unread.has_edge_mac) == ((), (), False)


@pytest.mark.parametrize(
    ("rows", "is_so"),
    [
        ((P1.edge_row(),), True),
        ((P1.silent_row(), P1.edge_row()), True),
        ((P1.silent_row(),), False),
        ((P1.microsoft_row(),), False),
        ((), False),
    ],
)
def test_layer_2_stands_once_the_edge_has_told_a_mac_address(rows, is_so: bool) -> None:
    assert _leg(arp=rows).has_edge_mac is is_so


@pytest.mark.parametrize(
    ("told", "is_so"),
    [("aaaa.0000.0001", True), ("x", True), ("Incomplete", False), (" INCOMPLETE ", False), ("", False), ("  ", False)],
)
def test_a_mac_address_is_any_text_but_the_word_for_none(told: str, is_so: bool) -> None:
    assert has_mac(P1.edge_row(mac_address=told)) is is_so


@pytest.mark.parametrize(
    ("summary", "is_up"),
    [
        (("7",), True),
        (("0",), True),
        (("Idle", "7"), True),
        (("Resting", "7"), True),
        (("Idle",), False),
        (("Idle", "Active"), False),
        (("Idle", "Resting"), None),
        (("Resting",), None),
        ((), False),
    ],
)
def test_a_leg_is_up_when_any_session_stands_and_down_when_none_may(summary, is_up) -> None:
    assert _leg(summary=tuple(map(P1.session, summary))).is_up is is_up


def test_nobody_knows_whether_a_leg_is_up_whose_summary_was_not_read_or_has_nothing_to_list() -> None:
    assert _leg(summary=Absence.FAILED).is_up is None
    assert _leg(a_case(private(primary=P1.tables(summary=()), primary_prefix=""))).is_up is None


def test_a_leg_without_links_is_what_its_session_says() -> None:
    assert _leg(a_case(private(primary=P1.down(), primary_prefix=""))).is_up is False


def test_the_routes_of_the_edge_are_those_with_its_address_as_next_hop() -> None:
    of_edge = (P1.route("10.1.0.0/16"), P1.route("10.2.0.0/16", next_hop=f"{P1.edge}*"), P1_V6.route("2a00::/32"),
               P1.route("10.3.0.0/16", next_hop=f" {P1.edge}"))  # fmt: skip
    others = (P1.vnet_route(), P1.route("10.4.0.0/16", next_hop=P1.microsoft), P1.route("10.5.0.0/16", next_hop=""),
              P1.route("10.6.0.0/16", next_hop=P2.edge), P1.route("no network"))  # fmt: skip
    leg = _leg(routes=of_edge + others)
    assert [one.row for one in leg.from_edge] == list(of_edge)
    assert [one.row for one in leg.from_vnets] == [P1.vnet_route()]
    assert len(leg.routes or ()) == len(of_edge + others) - 1


def test_a_session_belongs_to_the_link_of_its_family() -> None:
    leg = _leg(summary=(P1.session(), P1_V6.session(), P1.session(neighbor="10.9.9.9")))
    assert [one.version for one in leg.sessions] == [4, 6, 4]
    assert [one.link and one.link.edge for one in leg.sessions] == [P1.edge, P1_V6.edge, P1.edge]
    only = _leg(a_case(private(primary=P1.tables(summary=(P1.session(),)), **IPV6_ONLY)))
    assert only.sessions[0].link is None


def test_a_session_is_found_again_in_the_reading_before_by_its_neighbour() -> None:
    before = a_case(private(primary=P1.tables(summary=(P1.session("1", neighbor="10.9.9.9"), P1.session("7")))))
    earlier = _leg(after(before, a_case(private()))).sessions[0].earlier
    assert earlier
    assert earlier.session.prefixes == 7
    assert _leg().sessions[0].earlier is None


def test_a_leg_of_a_peering_that_is_new_has_no_reading_before() -> None:
    assert _leg(after(a_case(microsoft()), a_case(private()))).earlier is None
    assert _leg(a_case(private())).earlier is None
    now = after(a_case(microsoft(), private()), a_case(private()))
    earlier = _leg(now, SECONDARY).earlier
    assert earlier
    assert (earlier.case, earlier.peering, earlier.path) == (now.earlier, private(), SECONDARY)


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        (" 10.0.0.1", "10.0.0.1 ", True),
        ("2a00:0::1", "2A00::1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "10.0.0.1/30", False),
        ("", "", False),
        ("x", "x", False),
        ("10.0.0.1", "", False),
    ],
)
def test_two_texts_are_one_address_however_it_is_written(one: str, other: str, is_so: bool) -> None:
    assert is_same(one, other) is is_so
