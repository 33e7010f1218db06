"""Near the limits, and what is listed against what is announced."""

from crossconnections.diagnosis.case import Absence, Record
from tests.unit.diagnosis.cases import (
    IPV6_TOO,
    LISTED,
    M1,
    M1_V6,
    M2,
    P1,
    P1_V6,
    a_case,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.cases import MICROSOFT as ON_MICROSOFT
from tests.unit.diagnosis.rows.row import BOTH_PATHS, HIGH, ROUTES, US, WARNING, Holds, HoldsNot

PREMIUM, STANDARD = Record(is_premium=True), Record(is_premium=False)


def _private(told, side=P1, **changes):
    more = IPV6_TOO if side.version == 6 else {}
    return a_case(private(primary=P1.tables(summary=(side.session(told),)), **more), **changes)


def _microsoft(told, side=M1, **changes):
    return a_case(microsoft(primary=M1.tables(summary=(side.session(told),)), **changes))


def _announced(*networks, secondary=LISTED, listed=LISTED):
    first, second = M1.tables(routes=tuple(map(M1.route, networks))), M2.tables(routes=tuple(map(M2.route, secondary)))
    return a_case(microsoft(primary=first, secondary=second, advertised_prefixes=listed))


def _siblings(*sessions):
    """Two of IPv4, four of IPv6."""
    routes = (
        *(P1.route(f"10.{part}.0.0/16") for part in (2, 3)),
        *(P1_V6.route(f"2001:db8:{part}::/48") for part in range(4, 8)),
    )
    return a_case(private(primary=P1.tables(summary=sessions, routes=routes), **IPV6_TOO))


def _near(count, limit, percent, *, is_sure=True):
    return {"count": count, "limit": limit, "percent": percent, "is_sure": is_sure}


HOLDS = (
    Holds("R35", ROUTES, "four fifths of the lower limit", _private("3200"), WARNING, US,
          evidence=_near(3200, 4000, 80, is_sure=False) | {"saved": 0}),
    Holds("R35", ROUTES, "95 %", _private("3800"), HIGH, US, evidence=_near(3800, 4000, 95, is_sure=False)),
    Holds("R35", ROUTES, "of a circuit that is Standard", _private("4000", record=STANDARD), HIGH, US,
          evidence=_near(4000, 4000, 100)),
    Holds("R35", ROUTES, "above the lower limit it has the higher one", _private("9500"), HIGH, US,
          evidence=_near(9500, 10_000, 95)),
    Holds("R35", ROUTES, "of a circuit that is Premium", _private("8000", record=PREMIUM), WARNING, US,
          evidence=_near(8000, 10_000, 80)),
    Holds("R35", ROUTES, "two neighbours could be one", _siblings(P1.session("3200"), P1_V6.session("1")), WARNING, US,
          evidence={"saved": 1}),
    Holds("R36", ROUTES, "three neighbours could be one of IPv6", _siblings(P1.session("1"), P1_V6.session("80")),
          WARNING, US, evidence={"saved": 3}),
    Holds("R36", ROUTES, "four fifths", _private("80", P1_V6), WARNING, US, evidence=_near(80, 100, 80)),
    Holds("R36", ROUTES, "95 %, and no worse", _private("95", P1_V6), WARNING, US, evidence=_near(95, 100, 95)),
    Holds("R37", ROUTES, "four fifths", _microsoft("160"), WARNING, US, ON_MICROSOFT, evidence=_near(160, 200, 80)),
    Holds("R37", ROUTES, "95 %", _microsoft("190"), HIGH, US, ON_MICROSOFT, evidence=_near(190, 200, 95)),
    Holds("R37", ROUTES, "of IPv6", _microsoft("160", M1_V6, ipv6_primary_prefix=M1_V6.prefix), WARNING, US,
          ON_MICROSOFT, evidence=_near(160, 200, 80)),
    Holds("R42", BOTH_PATHS, "a network of its own", _announced(*LISTED, "151.0.0.0/24"), WARNING, US, ON_MICROSOFT,
          None, evidence={"networks": ("151.0.0.0/24",), "count": 1}),
    Holds("R42", BOTH_PATHS, "wider than what is listed", _announced("150.10.16.0/23"), WARNING, US, ON_MICROSOFT,
          None, evidence={"networks": ("150.10.16.0/23",)}),
    Holds("R43", BOTH_PATHS, "on neither path", _announced(LISTED[0], secondary=LISTED[:1]), WARNING, US,
          ON_MICROSOFT, None, evidence={"prefixes": LISTED[1:], "count": 1}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R35", ROUTES, "one less than four fifths", _private("3199")),
    HoldsNot("R35", ROUTES, "of a circuit that is Premium", _private("3200", record=PREMIUM)),
    HoldsNot("R35", ROUTES, "just above the lower limit there is room", _private("4001")),
    HoldsNot("R35", ROUTES, "on IPv6", _private("3200", P1_V6)),
    HoldsNot("R35", ROUTES, "on Microsoft peering", _microsoft("3200")),
    HoldsNot("R35", ROUTES, "a session that is down", _private("Idle")),
    HoldsNot("R36", ROUTES, "one less than four fifths", _private("79", P1_V6)),
    HoldsNot("R36", ROUTES, "on IPv4", _private("80")),
    HoldsNot("R37", ROUTES, "one less than four fifths", _microsoft("159")),
    HoldsNot("R37", ROUTES, "on private peering", _private("160")),
    HoldsNot("R42", BOTH_PATHS, "a part of what is listed", _announced("150.10.16.0/25", *LISTED)),
    HoldsNot("R42", BOTH_PATHS, "a private one: that is R38", _announced("10.0.0.0/16", *LISTED)),
    HoldsNot("R42", BOTH_PATHS, "the default route: that is R39", _announced("0.0.0.0/0", *LISTED)),
    HoldsNot("R42", BOTH_PATHS, "on private peering", a_case(private())),
    HoldsNot("R43", BOTH_PATHS, "on one path", _announced(LISTED[0])),
    HoldsNot("R43", BOTH_PATHS, "a part of it", _announced(LISTED[0], "150.10.17.0/25", secondary=LISTED[:1])),
    HoldsNot("R43", BOTH_PATHS, "a table that was not read",
             a_case(microsoft(primary=M1.tables(routes=()), secondary=M2.tables(routes=Absence.FAILED)))),
    HoldsNot("R43", BOTH_PATHS, "no session stands", a_case(microsoft(primary=M1.down(), secondary=M2.down()))),
    HoldsNot("R43", BOTH_PATHS, "on private peering", a_case(private())),
)  # fmt: skip
