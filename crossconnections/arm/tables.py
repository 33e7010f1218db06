"""What Microsoft's edge routers show of a peering, row by row, in the routers' own words.

Shapes: Azure REST API, ExpressRouteCircuitArpTable, ExpressRouteCircuitRoutesTable and
ExpressRouteCrossConnectionRoutesTableSummary. Every field may be missing; nothing is made of the words here. Three of
them are texts that often are numbers: where Azure sends a number, it is taken as its text.
"""

from collections.abc import Callable
from dataclasses import dataclass

from crossconnections.arm.reading import Fields
from crossconnections.enums import Table


@dataclass(frozen=True, slots=True)
class ArpRow:
    """A neighbour on the link; ``age_minutes`` since it was last heard, ``interface`` On-Prem or Microsoft."""

    age_minutes: int | None
    interface: str
    ip_address: str
    mac_address: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A BGP session; ``up_down`` in the router's form of a duration (8w4d, 01:02:03, never).

    ``state_or_prefixes_received`` is a number of prefixes while the session stands, else the state's name.
    """

    neighbor: str
    asn: int | None
    up_down: str
    state_or_prefixes_received: str


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route to ``network`` (CIDR); ``path`` is the AS path as text, ``next_hop`` may end with an asterisk."""

    network: str
    next_hop: str
    loc_prf: str
    weight: int | None
    path: str


Row = ArpRow | SummaryRow | RouteRow


def _arp_row(fields: Fields) -> ArpRow:
    return ArpRow(
        age_minutes=fields.number("age"),
        interface=fields.text("interface"),
        ip_address=fields.text("ipAddress"),
        mac_address=fields.text("macAddress"),
    )


def _summary_row(fields: Fields) -> SummaryRow:
    return SummaryRow(
        neighbor=fields.text("neighbor"),
        asn=fields.number("asn"),
        up_down=fields.text("upDown"),
        state_or_prefixes_received=fields.word("stateOrPrefixesReceived"),
    )


def _route_row(fields: Fields) -> RouteRow:
    return RouteRow(
        network=fields.text("network"),
        next_hop=fields.text("nextHop"),
        loc_prf=fields.word("locPrf"),
        weight=fields.number("weight"),
        path=fields.word("path"),
    )


ROW_READERS: dict[Table, Callable[[Fields], Row]] = {
    Table.ARP: _arp_row,
    Table.ROUTES_SUMMARY: _summary_row,
    Table.ROUTES: _route_row,
}
