"""What a diagnosis is made from: what was configured, and what each path's router showed, or why it showed nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.enums import DevicePath, PeeringType

_Row = TypeVar("_Row", ArpRow, SummaryRow, RouteRow)


class Absence(StrEnum):
    """Why a table has no answer. It says nothing about the link."""

    AWAITED = "awaited"
    FAILED = "failed"
    STOPPED = "stopped"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Shown(Generic[_Row]):
    """A table as a router showed it; ``rows`` is None where there is no answer, and then ``absence`` says why."""

    rows: tuple[_Row, ...] | None = None
    absence: Absence | None = Absence.NOT_ASKED
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables of one peering on one path."""

    arp: Shown[ArpRow] = Shown()
    summary: Shown[SummaryRow] = Shown()
    routes: Shown[RouteRow] = Shown()


@dataclass(frozen=True, slots=True)
class PrefixValidation:
    """How far Microsoft is with one advertised prefix, in Azure's word; "" where it told none."""

    prefix: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Peering:
    """One peering as it was configured when the tables were read, with Azure's words, and its tables by path.

    A text is "" and a number None where Azure told none. ``validations`` are those of both families, none where Azure
    does not tell them (before api-version 2024-07-01). ``overwritten`` are the columns that Azure held otherwise than
    the portal itself had last set them up, by the customer's hand.
    """

    peering_type: str = ""
    state: str = ""
    provisioning_state: str = ""
    vlan_id: int | None = None
    peer_asn: int | None = None
    primary_prefix: str = ""
    secondary_prefix: str = ""
    ipv6_primary_prefix: str = ""
    ipv6_secondary_prefix: str = ""
    last_modified_by: str = ""
    advertised_prefixes: tuple[str, ...] = ()
    advertised_prefixes_state: str = ""
    validations: tuple[PrefixValidation, ...] = ()
    overwritten: tuple[str, ...] = ()
    tables: Mapping[str, Tables] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Azure private peering."""
        return self.peering_type == PeeringType.AZURE_PRIVATE_PEERING

    @property
    def is_microsoft(self) -> bool:
        """Microsoft peering."""
        return self.peering_type == PeeringType.MICROSOFT_PEERING

    def prefixes(self, path: str) -> tuple[str, ...]:
        """The link prefixes of a path, IPv4's first; none where a family is not configured."""
        both = {
            DevicePath.PRIMARY: (self.primary_prefix, self.ipv6_primary_prefix),
            DevicePath.SECONDARY: (self.secondary_prefix, self.ipv6_secondary_prefix),
        }
        return tuple(prefix for prefix in both[DevicePath(path)] if prefix)


class Service(StrEnum):
    """Who speaks BGP with Microsoft: the customer on a layer-2 service, the partner on a layer-3 one."""

    LAYER_2 = "layer2"
    LAYER_3 = "layer3"


@dataclass(frozen=True, slots=True)
class Record:
    """What only the partner knows of the circuit; None or empty where nobody has said."""

    service: Service | None = None
    is_premium: bool | None = None
    known_macs: frozenset[str] = frozenset()

    @property
    def sku(self) -> str:
        """Azure's word for the tier; "" where nobody has said."""
        return "" if self.is_premium is None else "Premium" if self.is_premium else "Standard"


@dataclass(frozen=True, slots=True)
class Case:
    """One cross connection at the time of one reading; ``earlier`` is the reading before, if there is one."""

    read_at: datetime
    provider_provisioning_state: str = ""
    provisioning_state: str = ""
    peering_location: str = ""
    bandwidth_mbps: int | None = None
    s_tag: int | None = None
    primary_azure_port: str = ""
    secondary_azure_port: str = ""
    peerings: tuple[Peering, ...] = ()
    record: Record = Record()
    earlier: "Case | None" = None
    # What was worked out of it once, so that sixty rules do not parse ten thousand routes sixty times (legs.leg_of).
    legs: dict[tuple[str, str], Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def port(self, path: str) -> str:
        """The Azure port of a path."""
        return self.primary_azure_port if path == DevicePath.PRIMARY else self.secondary_azure_port

    def peering(self, peering_type: str) -> Peering | None:
        """The one of that type."""
        return next((one for one in self.peerings if one.peering_type == peering_type), None)
