"""Tables without an answer."""

from crossconnections.diagnosis.case import Absence
from crossconnections.enums import Table
from tests.unit.diagnosis.cases import P1, P2, SECONDARY, a_case, private
from tests.unit.diagnosis.rows.row import LAYER_2, ROUTES, SESSION, US, WARNING, Holds, HoldsNot

_TABLES = (("arp", Table.ARP, LAYER_2), ("summary", Table.ROUTES_SUMMARY, SESSION), ("routes", Table.ROUTES, ROUTES))

HOLDS = tuple(
    Holds("R64", layer, f"{table} {why} on the secondary", a_case(private(secondary=P2.tables(**{name: why}))), WARNING,
          US, path=SECONDARY, evidence={"what": table, "absence": why})
    for name, table, layer in _TABLES
    for why in (Absence.FAILED, Absence.STOPPED)
)  # fmt: skip
HOLDS_NOT = (
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
