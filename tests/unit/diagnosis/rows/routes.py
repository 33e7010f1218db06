"""The routes that came over a link, and those of the VNets."""

from typing import Any

from crossconnections.diagnosis.case import Absence
from tests.unit.diagnosis.cases import (
    IPV6_TOO,
    LAYER_3,
    M1,
    M1_V6,
    M2,
    MICROSOFT,
    P1,
    P1_V6,
    P2,
    SECONDARY,
    a_case,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.cases import LAYER_2 as LAYER_2_SERVICE
from tests.unit.diagnosis.rows.row import CUSTOMER, HIGH, INFO, ROUTES, US, WARNING, Holds, HoldsNot

_FOR_IPV6: dict[str, Any] = {"ipv6_primary_prefix": M1_V6.prefix}
_IDLE = {"summary": (P1.session("Idle"),)}


def _private(*more, **changes):
    """Healthy, with more routes on the primary."""
    return a_case(private(primary=P1.tables(routes=P1.routes(*more))), **changes)


def _microsoft(*more, **changes):
    return a_case(microsoft(primary=M1.tables(routes=M1.routes(*more)), **_FOR_IPV6), **changes)


def _from_microsoft(network, path="8075"):
    """A route that did not come from the edge."""
    return M1.route(network, path, next_hop=M1.microsoft)


def _one(network, count=1):
    return {"networks": (network,), "count": count}


def _vnets(count, version=4):
    """So many networks of VNets, and no other routes."""
    made = (f"10.{n >> 8}.{n & 255}.0/24" if version == 4 else f"fd00:{n:x}::/64" for n in range(count))
    return tuple(map(P1.vnet_route, made))


def _only(*routes, **changes):
    return a_case(private(primary=P1.tables(routes=routes), **changes))


HOLDS = (
    Holds("R38", ROUTES, "of RFC 1918", _microsoft(M1.route("10.0.0.0/8")), HIGH, US, MICROSOFT,
          evidence=_one("10.0.0.0/8")),
    Holds("R38", ROUTES, "of IPv6", _microsoft(M1_V6.route("fd00::/8")), HIGH, US, MICROSOFT,
          evidence=_one("fd00::/8")),
    Holds("R38", ROUTES, "which has it twice, and its next hop a star",
          _microsoft(M1.route("10.0.0.0/8"), M1.route("10.0.0.0/8", next_hop=f"{M1.edge}*")), HIGH, US, MICROSOFT,
          evidence=_one("10.0.0.0/8")),
    Holds("R38", ROUTES, "half of all, in which private ones lie", _microsoft(M1.route("0.0.0.0/1")), HIGH, US,
          MICROSOFT, evidence=_one("0.0.0.0/1")),
    Holds("R38", ROUTES, "two, on the secondary", a_case(microsoft(secondary=M2.tables(routes=M2.routes(
          M2.route("10.0.0.0/8"), M2.route("192.168.0.0/16"))))), HIGH, US, MICROSOFT, SECONDARY,
          evidence={"networks": ("10.0.0.0/8", "192.168.0.0/16"), "count": 2}),
    *(
        Holds("R39", ROUTES, text, _microsoft(side.route(text)), HIGH, US, MICROSOFT, evidence=_one(text))
        for text, side in (("0.0.0.0/0", M1), ("::/0", M1_V6))
    ),
    Holds("R40", ROUTES, "a default route", _private(P1.route("0.0.0.0/0")), WARNING, US,
          evidence={"networks": ("0.0.0.0/0",)}),
    Holds("R40", ROUTES, "both halves", _private(P1.route("0.0.0.0/1"), P1.route("128.0.0.0/1")), WARNING, US,
          evidence={"networks": ("0.0.0.0/1", "128.0.0.0/1")}),
    *(
        Holds("R44", ROUTES, f"{asn}", _microsoft(M1.route("150.10.18.0/24", f"65001 {asn}"), record=LAYER_2_SERVICE),
              WARNING, CUSTOMER, MICROSOFT, evidence=_one("150.10.18.0/24"))
        for asn in (64_496, 64_511)
    ),
    Holds("R45", ROUTES, "the edge's own", a_case(microsoft()), INFO, US, MICROSOFT,
          evidence={"networks": ("150.10.16.0/24", "150.10.17.0/24"), "count": 2}),
    Holds("R46", ROUTES, "a VNet's", _private(P1.route("172.16.0.0/16")), HIGH, CUSTOMER,
          evidence=_one("172.16.0.0/16")),
    Holds("R46", ROUTES, "in a VNet's", _private(P1.route("172.16.255.255/32")), HIGH, CUSTOMER,
          evidence=_one("172.16.255.255/32")),
    Holds("R46", ROUTES, "the other path's link of the other peering",
          a_case(private(primary=P1.tables(routes=P1.routes(P1.route(M2.prefix)))), microsoft()), HIGH, CUSTOMER,
          evidence=_one(M2.prefix)),
    Holds("R46", ROUTES, "an IPv6 link's", a_case(private(primary=P1.tables(routes=P1.routes(P1_V6.route(
          P1_V6.microsoft))), **IPV6_TOO)), HIGH, CUSTOMER, evidence=_one(P1_V6.microsoft)),
    Holds("R47", ROUTES, "than the configured one", _private(P1.route("10.3.0.0/16", "65002 65001"), record=LAYER_3),
          WARNING, US, evidence=_one("10.3.0.0/16") | {"peer_asn": 65001}),
    Holds("R48", ROUTES, "behind the edge's own", _private(P1.route("10.3.0.0/16", "65001 12076 8075")), HIGH, US,
          evidence=_one("10.3.0.0/16")),
    Holds("R49", ROUTES, "one network, by both instances of its gateway", _private(P1.vnet_route()), INFO, CUSTOMER,
          evidence=_one("172.16.0.0/16")),
    Holds("R49", ROUTES, "two networks", _private(P1.vnet_route("172.17.0.0/16")), INFO, CUSTOMER,
          evidence={"networks": ("172.16.0.0/16", "172.17.0.0/16"), "count": 2}),
    Holds("R50", ROUTES, "BGP is up", _only(P1.route("10.1.0.0/16")), WARNING, CUSTOMER),
    Holds("R51", ROUTES, "801 of IPv4", _only(*_vnets(801)), WARNING, CUSTOMER,
          evidence={"count": 801, "limit": 1_000, "version": 4}),
    Holds("R51", ROUTES, "81 of IPv6, and few of IPv4", _only(*_vnets(81, 6), *_vnets(800)), WARNING, CUSTOMER,
          evidence={"count": 81, "limit": 100, "version": 6}),
    Holds("R62", ROUTES, "of one network", _private(P1.route("10.1.0.0/16", next_hop="10.9.9.9")), WARNING, US,
          evidence=_one("10.1.0.0/16")),
    Holds("R62", ROUTES, "on a layer-2 service",
          _private(P1.route("10.2.0.0/16", next_hop="10.9.9.9"), P1.route("10.1.0.0/16", next_hop="10.9.9.9"),
                   record=LAYER_2_SERVICE), WARNING, CUSTOMER,
          evidence={"networks": ("10.1.0.0/16", "10.2.0.0/16"), "count": 2}),
    Holds("R63", ROUTES, "a local preference of 101", _private(P1.route("10.3.0.0/16", loc_prf="101")), INFO, US,
          evidence=_one("10.3.0.0/16")),
    Holds("R63", ROUTES, "a weight of 1", _private(P1.route("10.3.0.0/16", weight=1)), INFO, US,
          evidence=_one("10.3.0.0/16")),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R50", ROUTES, "what a gateway passes on for somebody behind it",
             _only(P1.route("10.1.0.0/16", "65515 65001"))),
    HoldsNot("R38", ROUTES, "public ones", a_case(microsoft())),
    HoldsNot("R38", ROUTES, "on private peering", a_case(private())),
    HoldsNot("R38", ROUTES, "a default route: that is R39", _microsoft(M1.route("0.0.0.0/0"), M1_V6.route("::/0"))),
    HoldsNot("R38", ROUTES, "not from the edge", _microsoft(_from_microsoft("10.0.0.0/8"))),
    HoldsNot("R39", ROUTES, "half of all", _microsoft(M1.route("0.0.0.0/1"))),
    HoldsNot("R39", ROUTES, "on private peering: that is R40", _private(P1.route("0.0.0.0/0"))),
    HoldsNot("R39", ROUTES, "not from the edge", _microsoft(_from_microsoft("0.0.0.0/0"))),
    HoldsNot("R40", ROUTES, "one half", _private(P1.route("0.0.0.0/1"))),
    HoldsNot("R40", ROUTES, "the other half, twice",
             _private(P1.route("128.0.0.0/1"), P1.route("128.0.0.0/1", next_hop=f"{P1.edge}*"))),
    HoldsNot("R40", ROUTES, "quarters", _private(P1.route("0.0.0.0/2"), P1.route("128.0.0.0/2"))),
    HoldsNot("R40", ROUTES, "on Microsoft peering: that is R39", _microsoft(M1.route("0.0.0.0/0"))),
    HoldsNot("R40", ROUTES, "not from the edge", _private(P1.vnet_route("0.0.0.0/0"))),
    *(
        HoldsNot("R44", ROUTES, f"{asn}", _microsoft(M1.route("150.10.18.0/24", f"65001 {asn}")))
        for asn in (64_495, 64_512)
    ),
    HoldsNot("R44", ROUTES, "on private peering", _private(P1.route("10.3.0.0/16", "64496"))),
    HoldsNot("R44", ROUTES, "not from the edge", _microsoft(_from_microsoft("150.10.18.0/24", "64496"))),
    HoldsNot("R45", ROUTES, "on private peering", a_case(private())),
    HoldsNot("R45", ROUTES, "a public one", a_case(microsoft(
        primary=M1.tables(routes=(M1.route("150.10.16.0/24", "3320"), _from_microsoft("150.10.18.0/24", "65001"))),
        secondary=M2.tables(routes=(M2.route("150.10.16.0/24", "3320"),))))),
    HoldsNot("R46", ROUTES, "beside a VNet's", _private(P1.route("172.17.0.0/16"))),
    HoldsNot("R46", ROUTES, "wider than a VNet's", _private(P1.route("172.16.0.0/15"))),
    HoldsNot("R46", ROUTES, "the same numbers in the other family", _private(P1.route("ac10::/16"))),
    HoldsNot("R46", ROUTES, "not from the edge", _private(P1.vnet_route("172.16.1.0/24"))),
    HoldsNot("R47", ROUTES, "the configured one", _private(P1.route("10.3.0.0/16", "65001 65002"))),
    HoldsNot("R47", ROUTES, "no AS was told", _private(P1.route("10.3.0.0/16", "i"))),
    *(
        HoldsNot("R47", ROUTES, f"{asn} is configured", a_case(private(peer_asn=asn))) for asn in (None, 0)
    ),
    HoldsNot("R47", ROUTES, "not from the edge", _private(P1.route("10.3.0.0/16", "65002", next_hop="10.9.9.9"))),
    HoldsNot("R48", ROUTES, "numbers that only contain it", _private(P1.route("10.3.0.0/16", "65001 120760 112076"))),
    HoldsNot("R48", ROUTES, "not from the edge", _microsoft(_from_microsoft("150.10.18.0/24", "12076"))),
    HoldsNot("R49", ROUTES, "on Microsoft peering", _microsoft(_from_microsoft("172.16.0.0/16", "65515"))),
    HoldsNot("R49", ROUTES, "there is none",
             a_case(private(primary=P1.tables(routes=()), secondary=P2.tables(routes=())))),
    HoldsNot("R50", ROUTES, "there is one", a_case(private())),
    HoldsNot("R50", ROUTES, "with blanks around its path", _only(P1.route("172.16.0.0/16", " 65515 "))),
    HoldsNot("R50", ROUTES, "on Microsoft peering", a_case(microsoft())),
    HoldsNot("R50", ROUTES, "the routes were not read", a_case(private(primary=P1.tables(routes=Absence.FAILED)))),
    HoldsNot("R50", ROUTES, "nobody knows whether BGP is up",
             a_case(private(primary=P1.tables(summary=Absence.AWAITED, routes=())))),
    HoldsNot("R50", ROUTES, "BGP is down", a_case(private(primary=P1.down()))),
    HoldsNot("R51", ROUTES, "800 of IPv4 and 80 of IPv6", _only(*_vnets(800), *_vnets(80, 6))),
    HoldsNot("R51", ROUTES, "600, by both instances of the gateway", _only(*_vnets(600), *_vnets(600))),
    HoldsNot("R51", ROUTES, "the edge's", _only(*(P1.route(one.network) for one in _vnets(801)))),
    HoldsNot("R62", ROUTES, "both instances of a gateway",
             _private(P1.route("172.16.0.0/16", "65515", next_hop="10.17.17.141"))),
    HoldsNot("R62", ROUTES, "a gateway with blanks around its path",
             _private(P1.route("172.16.0.0/16", " 65515 ", next_hop="10.17.17.141"))),
    HoldsNot("R62", ROUTES, "the same one with a star", _private(P1.route("10.1.0.0/16", next_hop=f"{P1.edge}*"))),
    HoldsNot("R62", ROUTES, "a gateway announces it too", _private(P1.vnet_route("10.1.0.0/16"))),
    *(
        HoldsNot("R63", ROUTES, f"{told!r}", _private(P1.route("10.3.0.0/16", loc_prf=told)))
        for told in ("", "100", " 100 ")
    ),
    *(
        HoldsNot("R63", ROUTES, f"a weight of {weight}", _private(P1.route("10.3.0.0/16", weight=weight)))
        for weight in (None, 0, 32_768)
    ),
    HoldsNot("R63", ROUTES, "not from the edge", _private(P1.route("10.3.0.0/16", loc_prf="7", next_hop="10.9.9.9"))),
)  # fmt: skip
