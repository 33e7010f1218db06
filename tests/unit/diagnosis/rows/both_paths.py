"""What only both paths together tell."""

from crossconnections.diagnosis.case import Absence
from tests.unit.diagnosis.cases import (
    IPV6_TOO,
    M1,
    P1,
    P1_V6,
    P2,
    P2_V6,
    PRIMARY,
    SECONDARY,
    a_case,
    after,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.cases import LAYER_2 as LAYER_2_SERVICE
from tests.unit.diagnosis.rows.row import BOTH_PATHS, CRITICAL, CUSTOMER, HIGH, US, WARNING, Holds, HoldsNot
from tests.unit.diagnosis.rows.row import MICROSOFT as MICROSOFTS

_NO_ROUTES = {"routes": Absence.FAILED}


def _routes(first=(), second=(), **changes):
    """Healthy, with more routes on each path."""
    primary, secondary = P1.tables(routes=P1.routes(*first)), P2.tables(routes=P2.routes(*second))
    return a_case(private(primary=primary, secondary=secondary), **changes)


def _sessions(first, second, **changes):
    """Their routes were not read."""
    primary = P1.tables(summary=(P1.session(first),), **_NO_ROUTES)
    return a_case(private(primary=primary, secondary=P2.tables(summary=(P2.session(second),), **_NO_ROUTES)), **changes)


def _of_both_families(ipv4, ipv6, second):
    primary = P1.tables(summary=(P1.session(ipv4), P1_V6.session(ipv6)), **_NO_ROUTES)
    return a_case(
        private(primary=primary, secondary=P2.tables(summary=(P2.session(second),), **_NO_ROUTES), **IPV6_TOO)
    )


_DEFAULT_1, _DEFAULT_2 = P1.route("0.0.0.0/0"), P2.route("0.0.0.0/0")
_HALVES_1 = (P1.route("0.0.0.0/1"), P1.route("128.0.0.0/1"))

HOLDS = (
    Holds("R41", BOTH_PATHS, "only the primary has it", _routes([_DEFAULT_1]), HIGH, US, path=None,
          evidence={"has": (PRIMARY,), "gone": ()}),
    Holds("R41", BOTH_PATHS, "only the secondary has it", _routes([], [_DEFAULT_2], record=LAYER_2_SERVICE), HIGH,
          CUSTOMER, path=None, evidence={"has": (SECONDARY,), "gone": ()}),
    Holds("R41", BOTH_PATHS, "gone from both", after(_routes([_DEFAULT_1], [_DEFAULT_2]), _routes()), HIGH, US,
          path=None, evidence={"has": (), "gone": (PRIMARY, SECONDARY)}),
    Holds("R41", BOTH_PATHS, "gone from the secondary", after(_routes([], [_DEFAULT_2]), _routes([_DEFAULT_1])), HIGH,
          US, path=None, evidence={"has": (PRIMARY,), "gone": (SECONDARY,)}),
    Holds("R53", BOTH_PATHS, "one each", _routes([P1.route("10.3.0.0/16")], [P2.route("10.4.0.0/16")]), HIGH, US,
          path=None, evidence={"primary_only": ("10.3.0.0/16",), "secondary_only": ("10.4.0.0/16",), "count": 2}),
    Holds("R53", BOTH_PATHS, "two on the secondary",
          _routes([], [P2.route("10.3.0.0/16"), P2.route("10.4.0.0/16")], record=LAYER_2_SERVICE), HIGH, CUSTOMER,
          path=None, evidence={"primary_only": (), "secondary_only": ("10.3.0.0/16", "10.4.0.0/16"), "count": 2}),
    Holds("R54", BOTH_PATHS, "longer on the primary",
          _routes([P1.route("10.3.0.0/16", "65001 65001")], [P2.route("10.3.0.0/16")]), WARNING, US, path=None,
          evidence={"longer_on_primary": ("10.3.0.0/16",), "longer_on_secondary": (), "count": 1}),
    Holds("R54", BOTH_PATHS, "each way once",
          _routes([P1.route("10.3.0.0/16", "65001 65001"), P1.route("10.4.0.0/16")],
                  [P2.route("10.3.0.0/16"), P2.route("10.4.0.0/16", "65001 65001")], record=LAYER_2_SERVICE), WARNING,
          CUSTOMER, path=None, evidence={"longer_on_primary": ("10.3.0.0/16",), "longer_on_secondary": ("10.4.0.0/16",),
                                         "count": 2}),
    Holds("R54", BOTH_PATHS, "written in two ways",
          a_case(private(primary=P1.tables(routes=(P1_V6.route("2a00:0::/32", "65001 65001"),)),
                         secondary=P2.tables(routes=(P2_V6.route("2A00::/32"),)), **IPV6_TOO)), WARNING, US, path=None,
          evidence={"longer_on_primary": ("2a00:0::/32",), "longer_on_secondary": ()}),
    Holds("R55", BOTH_PATHS, "layer 2 fails: our turn", a_case(private(primary=P1.without_edge()),
          record=LAYER_2_SERVICE), HIGH, US, path=None, evidence={"down": PRIMARY}),
    Holds("R55", BOTH_PATHS, "the session fails: whoever speaks BGP",
          a_case(private(secondary=P2.down()), record=LAYER_2_SERVICE), HIGH, CUSTOMER, path=None,
          evidence={"down": SECONDARY}),
    Holds("R55", BOTH_PATHS, "Microsoft's router has no entry",
          a_case(private(primary=P1.without_edge(arp=())), record=LAYER_2_SERVICE), HIGH, MICROSOFTS, path=None,
          evidence={"down": PRIMARY}),
    Holds("R56", BOTH_PATHS, "the lowest layer that fails has the turn",
          a_case(private(primary=P1.down(), secondary=P2.without_edge()), record=LAYER_2_SERVICE), CRITICAL, US,
          path=None),
    Holds("R56", BOTH_PATHS, "both sessions fail", a_case(private(primary=P1.down(), secondary=P2.down("Connect")),
          record=LAYER_2_SERVICE), CRITICAL, CUSTOMER, path=None),
    Holds("R57", BOTH_PATHS, "by two of few", _sessions("1", "3"), WARNING, US, path=None,
          evidence={"primary": 1, "secondary": 3}),
    Holds("R57", BOTH_PATHS, "by more than two percent", _sessions("150", "146", record=LAYER_2_SERVICE), WARNING,
          CUSTOMER, path=None, evidence={"primary": 150, "secondary": 146}),
    Holds("R57", BOTH_PATHS, "by two percent and one", _sessions("1000", "979"), WARNING, US, path=None),
    Holds("R57", BOTH_PATHS, "of both families together", _of_both_families("2", "2", "2"), WARNING, US, path=None,
          evidence={"primary": 4, "secondary": 2}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R41", BOTH_PATHS, "both have it", _routes([_DEFAULT_1], [_DEFAULT_2])),
    HoldsNot("R41", BOTH_PATHS, "one has it in halves", _routes(_HALVES_1, [_DEFAULT_2])),
    HoldsNot("R41", BOTH_PATHS, "neither has it, nor had it", after(_routes(), _routes())),
    HoldsNot("R41", BOTH_PATHS, "both have it as before",
             after(_routes([_DEFAULT_1], [_DEFAULT_2]), _routes([_DEFAULT_1], [_DEFAULT_2]))),
    HoldsNot("R41", BOTH_PATHS, "it has come", after(_routes(), _routes([_DEFAULT_1], [_DEFAULT_2]))),
    HoldsNot("R41", BOTH_PATHS, "the other path's routes were not read",
             a_case(private(primary=P1.tables(routes=(_DEFAULT_1,)), secondary=P2.tables(**_NO_ROUTES)))),
    HoldsNot("R41", BOTH_PATHS, "the other path is down: that is R55",
             a_case(private(primary=P1.tables(routes=(_DEFAULT_1,)), secondary=P2.down()))),
    HoldsNot("R41", BOTH_PATHS, "on Microsoft peering: that is R39",
             a_case(microsoft(primary=M1.tables(routes=(M1.route("0.0.0.0/0"),))))),
    HoldsNot("R53", BOTH_PATHS, "the same", a_case(private())),
    HoldsNot("R53", BOTH_PATHS, "a wider route of the other path covers it",
             _routes([P1.route("10.3.0.0/16"), P1.route("10.0.0.0/8")], [P2.route("10.0.0.0/8")])),
    HoldsNot("R53", BOTH_PATHS, "the default route of the other path covers it",
             a_case(private(secondary=P2.tables(routes=(P2.route("0.0.0.0/0"),)),
                            primary=P1.tables(routes=(P1.route("10.3.0.0/16"), P1.route("0.0.0.0/0")))))),
    HoldsNot("R53", BOTH_PATHS, "written in two ways",
             a_case(private(primary=P1.tables(routes=(P1_V6.route("2a00:0::/32"),)),
                            secondary=P2.tables(routes=(P2_V6.route("2A00::/32"),)), **IPV6_TOO))),
    HoldsNot("R53", BOTH_PATHS, "only a VNet's is on one",
             a_case(private(primary=P1.tables(routes=P1.routes(P1.vnet_route("172.17.0.0/16")))))),
    HoldsNot("R53", BOTH_PATHS, "one path's routes were not read", a_case(private(secondary=P2.tables(**_NO_ROUTES)))),
    HoldsNot("R53", BOTH_PATHS, "one path is down: that is R55", a_case(private(secondary=P2.down()))),
    HoldsNot("R53", BOTH_PATHS, "nobody knows whether one path is up",
             a_case(private(secondary=P2.tables(summary=Absence.FAILED, routes=())))),
    HoldsNot("R54", BOTH_PATHS, "other numbers, as many",
             _routes([P1.route("10.3.0.0/16", "65001 1")], [P2.route("10.3.0.0/16", "65001 2 i")])),
    HoldsNot("R54", BOTH_PATHS, "the shortest of two is as long",
             _routes([P1.route("10.3.0.0/16", "65001 1 1"), P1.route("10.3.0.0/16", "65001 1")],
                     [P2.route("10.3.0.0/16", "65001 1"), P2.route("10.3.0.0/16", "65001 1 1")])),
    HoldsNot("R54", BOTH_PATHS, "another network", _routes([P1.route("10.3.0.0/16", "65001 1")])),
    HoldsNot("R54", BOTH_PATHS, "a VNet's",
             _routes([], [P2.route("172.16.0.0/16", "65515 1", next_hop="10.17.17.140")])),
    HoldsNot("R55", BOTH_PATHS, "both stand", a_case(private())),
    HoldsNot("R55", BOTH_PATHS, "both are down: that is R56", a_case(private(primary=P1.down(), secondary=P2.down()))),
    HoldsNot("R55", BOTH_PATHS, "nobody knows of the other", a_case(private(primary=P1.down(), secondary=P2.unread()))),
    HoldsNot("R55", BOTH_PATHS, "nobody knows of one", a_case(private(secondary=P2.unread()))),
    HoldsNot("R55", BOTH_PATHS, "one family of it stands",
             a_case(private(primary=P1.tables(summary=(P1.session("Idle"), P1_V6.session())), **IPV6_TOO))),
    HoldsNot("R56", BOTH_PATHS, "one stands: that is R55", a_case(private(primary=P1.down()))),
    HoldsNot("R56", BOTH_PATHS, "nobody knows of the other", a_case(private(primary=P1.down(), secondary=P2.unread()))),
    HoldsNot("R56", BOTH_PATHS, "the other one's word is unknown",
             a_case(private(primary=P1.down(), secondary=P2.down("Resting")))),
    HoldsNot("R57", BOTH_PATHS, "by one of few", _sessions("1", "2")),
    HoldsNot("R57", BOTH_PATHS, "by two percent exactly", _sessions("1000", "980")),
    HoldsNot("R57", BOTH_PATHS, "by two of a hundred exactly", _sessions("98", "100")),
    HoldsNot("R57", BOTH_PATHS, "one says not how many", _sessions("9", "Established")),
    HoldsNot("R57", BOTH_PATHS, "both route tables were read: that is R53",
             a_case(private(primary=P1.tables(summary=(P1.session("1"),)),
                            secondary=P2.tables(summary=(P2.session("9"),))))),
    HoldsNot("R57", BOTH_PATHS, "of both families together", _of_both_families("2", "2", "4")),
)  # fmt: skip
