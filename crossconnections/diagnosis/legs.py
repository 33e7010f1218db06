"""A peering on one path, with all that a rule may ask about it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from crossconnections.addressing import find_link_addresses
from crossconnections.addressing.networks import IPV4, Network, parse_network
from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.diagnosis.budget import Limit, limits_of
from crossconnections.diagnosis.case import Case, Peering, Tables
from crossconnections.diagnosis.next_hops import bare_next_hop
from crossconnections.diagnosis.sessions import Session, parse_session
from crossconnections.diagnosis.sides import Side, side_of
from crossconnections.enums import DevicePath

ON_PREM, MICROSOFT, INCOMPLETE = "on-prem", "microsoft", "incomplete"
_OTHER = {DevicePath.PRIMARY: DevicePath.SECONDARY, DevicePath.SECONDARY: DevicePath.PRIMARY}


class Link(NamedTuple):
    """Both ends of a link, one address family."""

    version: int
    prefix: str
    edge: str
    microsoft: str


class LearnedRoute(NamedTuple):
    """A route with its network as numbers."""

    row: RouteRow
    network: Network


@dataclass(frozen=True)
class Leg:
    """One peering on one path of one case."""

    case: Case
    peering: Peering
    path: str

    @property
    def tables(self) -> Tables:
        """As they were shown."""
        return self.peering.tables.get(self.path) or Tables()

    @property
    def port(self) -> str:
        """The Azure port it ends at."""
        return self.case.port(self.path)

    @cached_property
    def other(self) -> "Leg":
        """The same peering on the other path."""
        return leg_of(self.case, self.peering, _OTHER[DevicePath(self.path)])

    @cached_property
    def earlier(self) -> "Leg | None":
        """The same in the reading before, if there is one and it had the peering."""
        before = self.case.earlier
        peering = before.peering(self.peering.peering_type) if before else None
        return leg_of(before, peering, self.path) if before and peering else None

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """One for each address family that is configured; a prefix that is none gives none."""
        found = (find_link_addresses(prefix) for prefix in self.peering.prefixes(self.path))
        return tuple(
            Link(6 if ":" in link.prefix else 4, link.prefix, link.yours, link.microsofts) for link in found if link
        )

    @property
    def ipv4(self) -> Link | None:
        """The link that ARP is about."""
        return next((link for link in self.links if link.version == IPV4), None)

    @cached_property
    def on_prem(self) -> tuple[ArpRow, ...] | None:
        """The ARP rows of the edge's side; None where the table was not read."""
        return self._arp(ON_PREM)

    @cached_property
    def microsoft(self) -> tuple[ArpRow, ...] | None:
        """The ARP rows of Microsoft's side; None where the table was not read."""
        return self._arp(MICROSOFT)

    @property
    def has_edge_mac(self) -> bool:
        """Layer 2 stands: the edge's side has told a MAC address."""
        return any(has_mac(row) for row in self.on_prem or ())

    @cached_property
    def sessions(self) -> "tuple[LegSession, ...]":
        """The rows of the summary."""
        return tuple(
            LegSession(self, row, parse_session(row.state_or_prefixes_received))
            for row in self.tables.summary.rows or ()
        )

    @cached_property
    def own_sessions(self) -> "tuple[LegSession, ...]":
        """Those with the edge of a configured link; any where the configuration tells no link."""
        return tuple(one for one in self.sessions if one.is_with_edge) if self.links else self.sessions

    @property
    def is_up(self) -> bool | None:
        """Whether any session with the edge stands; None where nobody can tell."""
        states = {one.session.is_up for one in self.own_sessions}
        if True in states:
            return True
        if self.tables.summary.rows is None or None in states:
            return None
        # A summary without any row has no session. One with others alone does not tell of the edge's.
        return False if states or (self.links and not self.sessions) else None

    def is_family_up(self, version: int) -> bool | None:
        """The same of one address family that is configured.

        Whether Microsoft's routers list IPv6 neighbours at all is not known (EXPRESSROUTE.md 7): where they list none
        beside one of IPv4, nothing is known of it.
        """
        states = {one.session.is_up for one in self.own_sessions if one.version == version}
        if not states:
            has_others = any(one.version != version for one in self.own_sessions)
            return False if self.tables.summary.rows is not None and version == IPV4 and has_others else None
        return True if True in states else None if None in states else False

    @property
    def prefixes(self) -> int | None:
        """How many came over all sessions that stand; None where none tells a number."""
        counts = [one.session.prefixes for one in self.own_sessions if one.session.prefixes is not None]
        return sum(counts) if counts else None

    @cached_property
    def routes(self) -> tuple[LearnedRoute, ...] | None:
        """All routes whose network can be read; None where the table was not read."""
        rows = self.tables.routes.rows
        if rows is None:
            return None
        parsed = ((row, parse_network(row.network)) for row in rows)
        return tuple(LearnedRoute(row, network) for row, network in parsed if network is not None)

    @cached_property
    def from_edge(self) -> tuple[LearnedRoute, ...]:
        """The routes that came over this link: their next hop is the edge (EXPRESSROUTE.md 3.3)."""
        hops = {one.row.next_hop for one in self.routes or ()}
        edges = {hop for hop in hops if any(is_same(bare_next_hop(hop), link.edge) for link in self.links)}
        return tuple(one for one in self.routes or () if one.row.next_hop in edges)

    @cached_property
    def from_vnets(self) -> tuple[LearnedRoute, ...]:
        """The routes of the customer's virtual networks."""
        return tuple(one for one in self.routes or () if side_of(one.row.path) is Side.AZURE)

    def _arp(self, interface: str) -> tuple[ArpRow, ...] | None:
        rows = self.tables.arp.rows
        return None if rows is None else tuple(row for row in rows if row.interface.strip().lower() == interface)


def leg_of(case: Case, peering: Peering, path: str) -> Leg:
    """The same one for all who ask, with what was worked out of it."""
    known: Leg | None = case.legs.get((peering.peering_type, path))
    if known is None or known.peering is not peering:
        known = case.legs[peering.peering_type, path] = Leg(case, peering, path)
    return known


def legs_of(case: Case, peering: Peering) -> tuple[Leg, Leg]:
    """Both paths of a peering, the primary first."""
    return leg_of(case, peering, DevicePath.PRIMARY), leg_of(case, peering, DevicePath.SECONDARY)


class LegSession(NamedTuple):
    """A row of the summary of a leg."""

    leg: Leg
    row: SummaryRow
    session: Session

    @property
    def link(self) -> Link | None:
        """The one of its address family, whose edge should be its neighbour."""
        return next((link for link in self.leg.links if link.version == self.version), None)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """How many prefixes Microsoft may take of it, the lowest first; as the circuit is on record."""
        return limits_of(self.leg.peering.peering_type, self.version, self.leg.case.record.sku)

    @property
    def is_with_edge(self) -> bool:
        """Whether its neighbour is the edge of that link."""
        return self.link is not None and is_same(self.link.edge, self.row.neighbor)

    @property
    def version(self) -> int:
        """The address family of its neighbour."""
        return 6 if ":" in self.row.neighbor else 4

    @property
    def earlier(self) -> "LegSession | None":
        """The same neighbour in the reading before."""
        before = self.leg.earlier
        return next((one for one in before.sessions if one.row.neighbor == self.row.neighbor), None) if before else None


def is_incomplete(row: ArpRow) -> bool:
    """Whether the router says that nobody answered; a row without a MAC address says nothing."""
    return row.mac_address.strip().lower() == INCOMPLETE


def has_mac(row: ArpRow) -> bool:
    """Whether the row has a MAC address and not the word Incomplete, or nothing."""
    return row.mac_address.strip().lower() not in {"", INCOMPLETE}


def is_same(one: str, other: str) -> bool:
    """Whether two texts are one address, however it is written."""
    first = parse_network(one.strip())
    return first is not None and first == parse_network(other.strip())
