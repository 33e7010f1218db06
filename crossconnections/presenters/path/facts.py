"""What the picture tells, before anybody knows where on the paper it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from crossconnections.addressing import find_link_addresses
from crossconnections.enums import PeeringState, ProviderProvisioningState
from crossconnections.models import CrossConnection, Peering
from crossconnections.presenters.listing import in_order
from crossconnections.presenters.states import peering_state, provider_state, short_peering_name


class Wire(StrEnum):
    """How a link is drawn for one peering, and its class in the style sheet.

    UP and DOWN are claims about sessions: only what was handed in as :data:`Sessions` may make them.
    """

    UP = "up"
    DOWN = "down"
    UNKNOWN = "un"
    NOT_SET_UP = "wait"


Sessions: TypeAlias = Mapping[tuple[str, str], Wire]
"""What was read of sessions, by peering type and path (``primary``, ``secondary``); what is missing is unknown."""

NONE_READ: Sessions = MappingProxyType({})
_SESSION_WORDS = {
    Wire.UP: "sessions up",
    Wire.DOWN: "sessions down",
    Wire.UNKNOWN: "sessions not read",
    Wire.NOT_SET_UP: "not set up",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One peering on one link: ``ends`` are pairs of yours and Microsoft's, a pair for each address family."""

    name: str
    tag: str
    word: str
    wire: Wire
    ends: tuple[tuple[str, str], ...] = ()


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
    wire, word = _wire(row, peering, sessions.get((peering.peering_type, path), Wire.UNKNOWN))
    prefixes = (getattr(peering, f"{path}_prefix"), getattr(peering, f"ipv6_{path}_prefix"))
    found = [find_link_addresses(prefix) for prefix in prefixes if prefix]
    ends = tuple((link.yours, link.microsofts) for link in found if link)
    tag = f"VLAN {peering.vlan_id}" if peering.vlan_id else ""
    return Run(short_peering_name(peering.peering_type), tag, word, wire, ends)


def _wire(row: CrossConnection, peering: Peering, session: Wire) -> tuple[Wire, str]:
    if not _is_provisioned(row):
        return Wire.NOT_SET_UP, _provider_word(row)
    if peering.state != PeeringState.ENABLED:
        return Wire.NOT_SET_UP, peering_state(peering.state).word.lower()
    return session, _SESSION_WORDS[session]


def _is_provisioned(row: CrossConnection) -> bool:
    return row.provider_provisioning_state == ProviderProvisioningState.PROVISIONED


def _provider_word(row: CrossConnection) -> str:
    return provider_state(row.provider_provisioning_state).word.lower()
