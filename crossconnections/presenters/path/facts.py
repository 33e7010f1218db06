"""What the picture tells, before anybody knows where on the paper it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from crossconnections.addressing import find_link_addresses
from crossconnections.enums import PeeringState, ProviderProvisioningState
from crossconnections.models import CrossConnection, Peering
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.last_known import Session, Wire
from crossconnections.presenters.listing import in_order
from crossconnections.presenters.states import peering_state, provider_state

Sessions: TypeAlias = Mapping[tuple[str, str], Session]
"""What was read of sessions, by peering type and path (``primary``, ``secondary``); what is missing is unknown."""

NONE_READ: Sessions = MappingProxyType({})
_NOT_READ = Session(Wire.UNKNOWN, "sessions not read")


@dataclass(frozen=True, slots=True)
class Run:
    """One peering on one link: ``ends`` are pairs of yours and Microsoft's, a pair for each address family.

    ``more`` is what the drawing has no room for.
    """

    name: str
    tag: str
    word: str
    wire: Wire
    ends: tuple[tuple[str, str], ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The primary or the secondary link; ``port`` is Azure's, ``no_port`` says why there is none."""

    name: str
    port: str
    no_port: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Asns:
    """Of one peering, as far as they are told."""

    name: str
    peer: int | None
    azure: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """From the customer to Microsoft."""

    circuit: str
    asns: tuple[Asns, ...]
    peer_asns: tuple[str, ...]
    s_tag: str
    links: tuple[Link, Link]
    azure_asn: str


def read_facts(row: CrossConnection, sessions: Sessions = NONE_READ) -> Facts:
    """Of a row that comes with its peerings, and of what was read of its sessions."""
    peerings = in_order(row.peerings.all())
    no_port = "not told" if row.read_at else "not read yet"
    asns = {peering.azure_asn: None for peering in peerings if peering.azure_asn}
    return Facts(
        circuit=row.circuit_name,
        asns=tuple(Asns(short_peering_name(one.peering_type), one.peer_asn, one.azure_asn) for one in peerings),
        peer_asns=tuple({f"AS {peering.peer_asn}": None for peering in peerings if peering.peer_asn}),
        s_tag=f"S-tag {row.s_tag}" if row.s_tag else "",
        links=(
            Link("Primary", row.primary_azure_port, no_port, tuple(_runs(row, peerings, "primary", sessions))),
            Link("Secondary", row.secondary_azure_port, no_port, tuple(_runs(row, peerings, "secondary", sessions))),
        ),
        azure_asn=", ".join(f"AS {asn}" for asn in asns),
    )


def _runs(row: CrossConnection, peerings: list[Peering], path: str, sessions: Sessions) -> list[Run]:
    if peerings:
        return [_run(row, peering, path, sessions) for peering in peerings]
    if row.read_at:
        return [Run("No peering", "", "not set up", Wire.NOT_SET_UP)]
    if _is_provisioned(row):
        return [Run("Peerings", "", "not read yet", Wire.UNKNOWN)]
    return [Run("Peerings", "", _provider_word(row), Wire.NOT_SET_UP)]


def _run(row: CrossConnection, peering: Peering, path: str, sessions: Sessions) -> Run:
    session = _session(row, peering, sessions.get((peering.peering_type, path), _NOT_READ))
    prefixes = (getattr(peering, f"{path}_prefix"), getattr(peering, f"ipv6_{path}_prefix"))
    found = [find_link_addresses(prefix) for prefix in prefixes if prefix]
    ends = tuple((link.yours, link.microsofts) for link in found if link)
    tag = f"VLAN {peering.vlan_id}" if peering.vlan_id else ""
    return Run(short_peering_name(peering.peering_type), tag, session.word, session.wire, ends, session.more)


def _session(row: CrossConnection, peering: Peering, read: Session) -> Session:
    if not _is_provisioned(row):
        return Session(Wire.NOT_SET_UP, _provider_word(row))
    if peering.state != PeeringState.ENABLED:
        return Session(Wire.NOT_SET_UP, peering_state(peering.state).word.lower())
    return read


def _is_provisioned(row: CrossConnection) -> bool:
    return row.provider_provisioning_state == ProviderProvisioningState.PROVISIONED


def _provider_word(row: CrossConnection) -> str:
    return provider_state(row.provider_provisioning_state).word.lower()
