"""Tables without an answer."""

from crossconnections.diagnosis.case import Absence
from crossconnections.enums import Table
from tests.unit.diagnosis.cases import IPV6_TOO, P1, P2, SECONDARY, a_case, private
from tests.unit.diagnosis.rows.row import LAYER_2, PEERING, ROUTES, SESSION, US, WARNING, Holds, HoldsNot

_TABLES = (("arp", Table.ARP, LAYER_2), ("summary", Table.ROUTES_SUMMARY, SESSION), ("routes", Table.ROUTES, ROUTES))

HOLDS = (
    Holds("R64", PEERING, "the prefix is none", a_case(private(primary_prefix="nonsense")), WARNING, US,
          evidence={"what": "link"}),
    Holds("R64", PEERING, "no prefix at all", a_case(private(secondary_prefix="")), WARNING, US, path=SECONDARY,
          evidence={"what": "link"}),
    Holds("R64", PEERING, "one of IPv6 is none", a_case(private(ipv6_primary_prefix="2001:db8::/127")), WARNING, US,
          evidence={"what": "link"}),
    *(
        Holds("R64", layer, f"{table} {why} on the secondary",
              a_case(private(secondary=P2.tables(**{name: why}))), WARNING, US, path=SECONDARY,
              evidence={"what": table, "absence": why})
        for name, table, layer in _TABLES
        for why in (Absence.FAILED, Absence.STOPPED)
    ),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R64", PEERING, "both families are links", a_case(private(**IPV6_TOO))),
    HoldsNot(
        "R64",
        PEERING,
        "nothing was asked of it",
        a_case(private(primary_prefix="", primary=P1.unread(Absence.NOT_ASKED))),
    ),
    *(
        HoldsNot("R64", layer, f"{table} {why}", a_case(private(primary=P1.tables(**{name: why}))))
        for name, table, layer in _TABLES
        for why in (Absence.AWAITED, Absence.NOT_ASKED)
    ),
    *(
        HoldsNot("R64", layer, f"{table} has no rows", a_case(private(primary=P1.tables(**{name: ()}))))
        for name, table, layer in _TABLES
    ),
)
