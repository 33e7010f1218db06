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
# Addresses and states are short; a path of as many AS numbers as BGP has in one segment is shorter (RFC 4271).
_LONGEST_WORD, _LONGEST_PATH = 200, 4_000


def _arp_row(fields: Fields) -> ArpRow:
    return ArpRow(
        age_minutes=fields.number("age"),
        interface=fields.text("interface", longest=_LONGEST_WORD),
        ip_address=fields.text("ipAddress", longest=_LONGEST_WORD),
        mac_address=fields.text("macAddress", longest=_LONGEST_WORD),
    )


def _summary_row(fields: Fields) -> SummaryRow:
    return SummaryRow(
        neighbor=fields.text("neighbor", longest=_LONGEST_WORD),
        asn=fields.number("asn"),
        up_down=fields.text("upDown", longest=_LONGEST_WORD),
        state_or_prefixes_received=fields.word("stateOrPrefixesReceived", longest=_LONGEST_WORD),
    )


def _route_row(fields: Fields) -> RouteRow:
    return RouteRow(
        network=fields.text("network", longest=_LONGEST_WORD),
        next_hop=fields.text("nextHop", longest=_LONGEST_WORD),
        loc_prf=fields.word("locPrf", longest=_LONGEST_WORD),
        weight=fields.number("weight"),
        path=fields.word("path", longest=_LONGEST_PATH),
    )


ROW_READERS: dict[Table, Callable[[Fields], Row]] = {
    Table.ARP: _arp_row,
    Table.ROUTES_SUMMARY: _summary_row,
    Table.ROUTES: _route_row,
}
