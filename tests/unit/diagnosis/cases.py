"""Cases for the rules. A healthy one is made by ``a_case(private())``, and a test names only what is different.

A side is a peering on a path in one address family; it makes the rows that a router would show of it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.diagnosis.case import Absence, Case, Peering, Record, Service, Shown, Tables
from crossconnections.diagnosis.examination import Diagnosis, diagnose
from crossconnections.diagnosis.findings import Finding
from crossconnections.diagnosis.verdicts import Verdict
from crossconnections.enums import DevicePath, PeeringType

PRIVATE, MICROSOFT = PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING
PRIMARY, SECONDARY = DevicePath
READ_AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
AN_HOUR_BEFORE = READ_AT - timedelta(hours=1)
LAYER_2, LAYER_3 = Record(service=Service.LAYER_2), Record(service=Service.LAYER_3)
LISTED = ("150.10.16.0/24", "150.10.17.0/24")
_NETS = {PRIVATE: ("10.1.0.0/16", "10.2.0.0/16"), MICROSOFT: LISTED}
_LINKS = {
    (PRIVATE, 4): "10.255.0.",
    (MICROSOFT, 4): "150.10.0.",
    (PRIVATE, 6): "2a00:100::",
    (MICROSOFT, 6): "2a00:200::",
}
_BITS = {4: 30, 6: 126}
_FIRST = {PRIMARY: 0, SECONDARY: 4}


@dataclass(frozen=True)
class Side:
    """Makes rows; ``changes`` are fields of the row that are not as they would be on a healthy link."""

    kind: PeeringType
    path: DevicePath
    version: int = 4

    def at(self, number: int) -> str:
        """The address of that place in the link: 1 is the edge's, 2 Microsoft's."""
        return f"{_LINKS[self.kind, self.version]}{_FIRST[self.path] + number}"

    @property
    def edge(self) -> str:
        return self.at(1)

    @property
    def microsoft(self) -> str:
        return self.at(2)

    @property
    def prefix(self) -> str:
        return f"{self.at(0)}/{_BITS[self.version]}".replace("::0/", "::/")

    def edge_row(self, **changes: Any) -> ArpRow:
        mac = "aaaa.0000.0001" if self.path == PRIMARY else "aaaa.0000.0002"
        return replace(ArpRow(age_minutes=12, interface="On-Prem", ip_address=self.edge, mac_address=mac), **changes)

    def silent_row(self) -> ArpRow:
        """Microsoft's router asks, and nobody answers."""
        return self.edge_row(mac_address="Incomplete", age_minutes=0)

    def microsoft_row(self, **changes: Any) -> ArpRow:
        mac = "cccc.0000.0001" if self.path == PRIMARY else "cccc.0000.0002"
        row = ArpRow(age_minutes=0, interface="Microsoft", ip_address=self.microsoft, mac_address=mac)
        return replace(row, **changes)

    def session(self, told: str = "2", **changes: Any) -> SummaryRow:
        row = SummaryRow(neighbor=self.edge, asn=65001, up_down="8w4d", state_or_prefixes_received=told)
        return replace(row, **changes)

    def route(self, network: str, path: str = "65001", **changes: Any) -> RouteRow:
        return replace(RouteRow(network=network, next_hop=self.edge, loc_prf="", weight=0, path=path), **changes)

    def vnet_route(self, network: str = "172.16.0.0/16") -> RouteRow:
        """As a gateway in Azure announces it."""
        return self.route(network, path="65515", next_hop="10.17.17.140*")

    def routes(self, *more: RouteRow) -> tuple[RouteRow, ...]:
        """Those of a healthy path, and more."""
        vnets = (self.vnet_route(),) if self.kind == PRIVATE else ()
        return (*(self.route(network) for network in _NETS[self.kind]), *vnets, *more)

    def tables(self, *, at: Any = READ_AT, **changes: Any) -> Tables:
        """Healthy ones; ``arp``, ``summary`` or ``routes`` are other rows, or why there is no answer.

        ``at`` is when they were read, None where nobody knows.
        """
        told = {"arp": (self.edge_row(), self.microsoft_row()), "summary": (self.session(),), "routes": self.routes()}
        return Tables(**{name: _shown(rows, at) for name, rows in (told | changes).items()})

    def without_edge(self, **changes: Any) -> Tables:
        """The edge does not answer ARP, and its session is down."""
        arp, summary = (self.silent_row(), self.microsoft_row()), (self.session("Idle", up_down="never"),)
        return self.tables(**({"arp": arp, "summary": summary, "routes": ()} | changes))

    def down(self, told: str = "Idle", **changes: Any) -> Tables:
        """Layer 2 stands, and the session does not."""
        return self.tables(**({"summary": (self.session(told, up_down="never"),), "routes": ()} | changes))

    def unread(self, why: Absence = Absence.FAILED) -> Tables:
        """No table has an answer."""
        return self.tables(arp=why, summary=why, routes=why)


P1, P2 = Side(PRIVATE, PRIMARY), Side(PRIVATE, SECONDARY)
M1, M2 = Side(MICROSOFT, PRIMARY), Side(MICROSOFT, SECONDARY)
P1_V6, P2_V6 = Side(PRIVATE, PRIMARY, 6), Side(PRIVATE, SECONDARY, 6)
M1_V6, M2_V6 = Side(MICROSOFT, PRIMARY, 6), Side(MICROSOFT, SECONDARY, 6)
IPV6_TOO: dict[str, Any] = {"ipv6_primary_prefix": P1_V6.prefix, "ipv6_secondary_prefix": P2_V6.prefix}
IPV6_ONLY: dict[str, Any] = IPV6_TOO | {"primary_prefix": "", "secondary_prefix": ""}


def private(*, primary: Tables | None = None, secondary: Tables | None = None, **changes: Any) -> Peering:
    """Healthy where no tables are named."""
    return _peering(P1, P2, primary, secondary, changes)


def microsoft(*, primary: Tables | None = None, secondary: Tables | None = None, **changes: Any) -> Peering:
    """Healthy where no tables are named."""
    told = {"advertised_prefixes": LISTED, "advertised_prefixes_state": "Configured", "vlan_id": 301}
    return _peering(M1, M2, primary, secondary, told | changes)


def private_down(**changes: Any) -> Peering:
    """No session stands."""
    return private(primary=P1.down(), secondary=P2.down(), **changes)


def microsoft_down(**changes: Any) -> Peering:
    """No session stands."""
    return microsoft(primary=M1.down(), secondary=M2.down(), **changes)


def a_case(*peerings: Peering, **changes: Any) -> Case:
    """Provisioned, on two ports, with nothing on record."""
    case = Case(
        read_at=READ_AT,
        provider_provisioning_state="Provisioned",
        provisioning_state="Succeeded",
        peering_location="Amsterdam",
        bandwidth_mbps=500,
        s_tag=41,
        primary_azure_port="AMS-A",
        secondary_azure_port="AMS-B",
        peerings=peerings,
    )
    return replace(case, **changes)


def after(earlier: Case, now: Case, *, by: timedelta = timedelta(hours=1)) -> Case:
    """``now`` with the reading before; ``earlier`` was asked for that long before."""
    return replace(now, earlier=replace(earlier, read_at=now.read_at - by))


def findings_of(case: Case, rule: str) -> list[Finding]:
    return [one for one in diagnose(case).findings if one.rule == rule]


def the_finding(case: Case, rule: str) -> Finding:
    (only,) = findings_of(case, rule)
    return only


def verdict_of(diagnosis: Diagnosis, side: Side) -> Verdict:
    (only,) = (one for one in diagnosis.verdicts if (one.peering, one.path) == (side.kind, side.path))
    return only


def _peering(one: Side, other: Side, first: Tables | None, second: Tables | None, changes: dict[str, Any]) -> Peering:
    healthy = Peering(
        peering_type=one.kind,
        state="Enabled",
        provisioning_state="Succeeded",
        vlan_id=300,
        peer_asn=65001,
        primary_prefix=one.prefix,
        secondary_prefix=other.prefix,
        tables={PRIMARY: first or one.tables(), SECONDARY: second or other.tables()},
    )
    return replace(healthy, **changes)


def _shown(told: Any, at: datetime | None) -> Shown[Any]:
    return Shown(absence=told) if isinstance(told, Absence) else Shown(rows=told, absence=None, read_at=at)
