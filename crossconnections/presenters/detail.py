"""The page of one cross connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from crossconnections.addressing import find_link_addresses
from crossconnections.enums import DevicePath, PeeringType
from crossconnections.models import Attention, Change, CrossConnection, Peering, SyncRun
from crossconnections.presenters.attention import link_mark
from crossconnections.presenters.failed_syncs import explain_failure
from crossconnections.presenters.freshness import Freshness, show_own_freshness
from crossconnections.presenters.last_known import KnownAge, KnownCell, in_service, known_of, show_age, show_known
from crossconnections.presenters.listing import in_order
from crossconnections.presenters.route_filters import NamedCommunity, name_communities
from crossconnections.presenters.states import (
    Mark,
    bandwidth,
    peering_name,
    peering_state,
    provider_state,
    unsettled_provisioning,
    validation_state,
)
from portal.times import Moment, ago

NOT_READ = "Not read yet"
NOT_TOLD = "Not told"
_IPV4_ROWS = ("Subnet", "Your router", "Microsoft")
_IPV6_ROWS = ("IPv6 subnet", "Your router", "Microsoft")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label over a value. ``label`` is what the copy button says it copies; without it there is none."""

    name: str
    value: str
    label: str = ""
    width: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A line of a peering's table: the same thing of the primary and the secondary link."""

    name: str
    primary: str
    secondary: str

    @property
    def is_ipv6(self) -> bool:
        """Whether its addresses are of the longer kind."""
        return ":" in self.primary + self.secondary


@dataclass(frozen=True, slots=True)
class PeeringCard:
    """A peering with its numbers and the addresses that follow from its prefixes.

    ``known`` is what was last known of the primary and the secondary path; none where neither can be up or down.
    """

    anchor: str
    name: str
    state: Mark
    unsettled: Mark | None
    facts: tuple[Fact, ...]
    advertised: tuple[str, ...]
    validation: Mark | None
    communities: tuple[NamedCommunity, ...]
    links: tuple[LinkRow, ...]
    known: tuple[KnownCell, ...]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """How the last attempt to read this one from Azure ended, where it did not end well."""

    cause: str
    next_step: str
    code: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the page shows."""

    service_key: str
    circuit: str
    location: str
    state: Mark
    last_state: str
    unsettled: Mark | None
    link_down: Mark | None
    freshness: Freshness
    facts: tuple[Fact, ...]
    peerings: tuple[PeeringCard, ...]
    paths_age: KnownAge | None
    is_read: bool
    is_being_read: bool
    failure: ReadFailure | None
    gone_at: datetime | None
    note: str
    tags: tuple[tuple[str, str], ...]
    subscription: str
    resource_id: str
    changed: Moment | None
    first_seen: Moment
    read: Moment | None


def page_version(row: CrossConnection, waiting: Sequence[Attention], changes: Sequence[Change]) -> str:
    """The same for as long as a page of this row would show the same, but for its ages."""
    moments = [row.changed_at, row.gone_at, *(one.moved_at for one in waiting)]
    moments += [one.read_at for one in row.known_paths]
    document = getattr(row, "document", None)
    asked = [(one.pk, one.state, one.held_at) for one in changes]
    shown = (moments, asked, row.read_error_code, document and document.body)
    return f"{crc32(repr(shown).encode()):08x}"


def show_detail(row: CrossConnection, latest_sync: SyncRun | None, *, now: datetime) -> Detail:
    """The page's values; the row comes with its subscription, its peerings and all that is known of it."""
    return Detail(
        service_key=row.service_key,
        circuit=row.circuit_name,
        location=row.peering_location,
        state=Mark("Gone from Azure", "s-gone") if row.gone_at else provider_state(row.provider_provisioning_state),
        last_state=provider_state(row.provider_provisioning_state).word,
        unsettled=None if row.gone_at else unsettled_provisioning(row.provisioning_state),
        link_down=link_mark(row.attention.all(), now=now),
        freshness=show_own_freshness(row, latest_sync, now=now),
        facts=_facts(row),
        peerings=_cards(row, now),
        paths_age=show_age(row, now=now),
        is_read=row.read_at is not None,
        is_being_read=row.wanted_at is not None and row.gone_at is None,
        failure=_failure(row),
        gone_at=row.gone_at,
        note=row.provider_notes,
        tags=tuple(sorted((str(name), str(value)) for name, value in row.tags.items())),
        subscription=row.subscription.label,
        resource_id=row.resource_id,
        changed=ago(row.changed_at, now=now) if row.changed_at else None,
        first_seen=ago(row.first_seen_at, now=now),
        read=ago(row.read_at, now=now) if row.read_at else None,
    )


def _failure(row: CrossConnection) -> ReadFailure | None:
    if not row.read_error_code:
        return None
    cause, next_step = explain_failure(row.read_error_code)
    return ReadFailure(cause, next_step, row.read_error_code, row.read_correlation_id)


def _facts(row: CrossConnection) -> tuple[Fact, ...]:
    missing = NOT_TOLD if row.read_at else NOT_READ
    return (
        Fact("Bandwidth", bandwidth(row.bandwidth_mbps)),
        Fact("Peering location", row.peering_location or NOT_TOLD),
        _copied("S-tag", row.s_tag, "S-tag", missing),
        _copied("Primary Azure port", row.primary_azure_port, "primary port", missing),
        _copied("Secondary Azure port", row.secondary_azure_port, "secondary port", missing),
        _copied("Customer circuit", row.circuit_name, "circuit name"),
        _copied("Customer subscription", row.customer_subscription_id, "customer subscription", width="wide full"),
        _copied("Resource group", row.circuit_resource_group, "resource group", width=""),
        Fact("Azure region", row.azure_region or NOT_TOLD),
    )


def _copied(name: str, value: object, label: str, missing: str = NOT_TOLD, width: str = "full") -> Fact:
    return Fact(name, str(value), label, width) if value else Fact(name, missing, width=width)


def _cards(row: CrossConnection, now: datetime) -> tuple[PeeringCard, ...]:
    peerings, known = in_order(row.peerings.all()), known_of(row)
    served = in_service(row, peerings)
    return tuple(
        _card(
            one, tuple(show_known(known.get((one.peering_type, path)), now=now) for path in DevicePath if one in served)
        )
        for one in peerings
    )


def _card(peering: Peering, known: tuple[KnownCell, ...]) -> PeeringCard:
    is_microsoft = peering.peering_type == PeeringType.MICROSOFT_PEERING
    return PeeringCard(
        anchor=f"peering-{peering.pk}",
        name=peering_name(peering.peering_type),
        state=peering_state(peering.state),
        unsettled=unsettled_provisioning(peering.provisioning_state),
        facts=_peering_facts(peering, is_microsoft=is_microsoft),
        advertised=tuple(map(str, peering.advertised_prefixes)) if is_microsoft else (),
        validation=validation_state(peering.advertised_prefixes_state) if is_microsoft else None,
        communities=name_communities(peering.advertised_communities) if is_microsoft else (),
        links=(
            *_link_rows(_IPV4_ROWS, peering.primary_prefix, peering.secondary_prefix),
            *_link_rows(_IPV6_ROWS, peering.ipv6_primary_prefix, peering.ipv6_secondary_prefix),
        ),
        known=known,
    )


def _peering_facts(peering: Peering, *, is_microsoft: bool) -> tuple[Fact, ...]:
    name = peering_name(peering.peering_type)
    facts = [
        _copied("Peer ASN", peering.peer_asn, f"peer ASN of {name}"),
        _copied("Azure ASN", peering.azure_asn, f"Azure ASN of {name}"),
        _copied("VLAN (C-tag)", peering.vlan_id, f"VLAN of {name}"),
    ]
    if is_microsoft:
        facts.append(_copied("Customer ASN", peering.customer_asn, "customer ASN"))
        facts.append(Fact("Registry", peering.routing_registry or NOT_TOLD))
    if peering.last_modified_by:
        facts.append(Fact("Last changed by", peering.last_modified_by))
    return tuple(facts)


def _link_rows(names: tuple[str, str, str], primary: str, secondary: str) -> tuple[LinkRow, ...]:
    if not primary and not secondary:
        return ()
    one, two = find_link_addresses(primary), find_link_addresses(secondary)
    subnet, yours, microsofts = names
    return (
        LinkRow(subnet, primary, secondary),
        LinkRow(yours, one.yours if one else "", two.yours if two else ""),
        LinkRow(microsofts, one.microsofts if one else "", two.microsofts if two else ""),
    )
