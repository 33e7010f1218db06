"""The peerings of one cross connection on its page: those that are there, and those that could be set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crossconnections.addressing import find_link_addresses
from crossconnections.enums import DevicePath, PeeringType
from crossconnections.models import CrossConnection, Peering
from crossconnections.peering_names import peering_name
from crossconnections.policies import OFFERED_PEERINGS
from crossconnections.presenters.facts import NOT_TOLD, Fact, copied
from crossconnections.presenters.last_known import KnownCell, in_service, known_of, show_known
from crossconnections.presenters.listing import in_order
from crossconnections.presenters.peerings.validation import Validation, show_validation
from crossconnections.presenters.route_filters import NamedCommunity, name_communities
from crossconnections.presenters.states import Mark, peering_state, unsettled_provisioning

_IPV4_ROWS = ("Subnet", "Your router", "Microsoft")
_IPV6_ROWS = ("IPv6 subnet", "Your router", "Microsoft")


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
    ``overwritten`` is the number of our own change that had set it up otherwise, 0 for none.
    """

    anchor: str
    name: str
    state: Mark
    unsettled: Mark | None
    facts: tuple[Fact, ...]
    advertised: tuple[str, ...]
    validation: Validation | None
    communities: tuple[NamedCommunity, ...]
    links: tuple[LinkRow, ...]
    known: tuple[KnownCell, ...]
    peering_type: str
    is_offered: bool
    overwritten: int


@dataclass(frozen=True, slots=True)
class MissingPeering:
    """One that could be set up; ``overwritten`` is the number of the change that had set it up, 0 for none."""

    peering_type: str
    name: str
    overwritten: int


def show_missing(row: CrossConnection, overwritten: Mapping[str, int]) -> tuple[MissingPeering, ...]:
    """Before it was read in full nobody knows."""
    there = {one.peering_type for one in row.peerings.all()}
    missing = [kind for kind in OFFERED_PEERINGS if kind not in there] if row.read_at and not row.gone_at else []
    return tuple(MissingPeering(kind, peering_name(kind), overwritten.get(kind, 0)) for kind in missing)


def show_cards(row: CrossConnection, now: datetime, overwritten: Mapping[str, int]) -> tuple[PeeringCard, ...]:
    """Those that are there, in their order; ``overwritten`` has the number of our own change for each type."""
    peerings, known = in_order(row.peerings.all()), known_of(row)
    served = in_service(row, peerings)
    return tuple(
        _card(
            one,
            tuple(show_known(known.get((one.peering_type, path)), now=now) for path in DevicePath if one in served),
            overwritten.get(one.peering_type, 0),
        )
        for one in peerings
    )


def _card(peering: Peering, known: tuple[KnownCell, ...], overwritten: int) -> PeeringCard:
    is_microsoft = peering.peering_type == PeeringType.MICROSOFT_PEERING
    return PeeringCard(
        anchor=f"peering-{peering.pk}",
        name=peering_name(peering.peering_type),
        state=peering_state(peering.state),
        unsettled=unsettled_provisioning(peering.provisioning_state),
        facts=_peering_facts(peering, is_microsoft=is_microsoft),
        advertised=tuple(map(str, peering.advertised_prefixes)) if is_microsoft else (),
        validation=show_validation(peering) if is_microsoft else None,
        communities=name_communities(peering.advertised_communities) if is_microsoft else (),
        links=(
            *_link_rows(_IPV4_ROWS, peering.primary_prefix, peering.secondary_prefix),
            *_link_rows(_IPV6_ROWS, peering.ipv6_primary_prefix, peering.ipv6_secondary_prefix),
        ),
        known=known,
        peering_type=peering.peering_type,
        is_offered=peering.peering_type in OFFERED_PEERINGS,
        overwritten=overwritten,
    )


def _peering_facts(peering: Peering, *, is_microsoft: bool) -> tuple[Fact, ...]:
    name = peering_name(peering.peering_type)
    facts = [
        copied("Peer ASN", peering.peer_asn, f"peer ASN of {name}"),
        copied("Azure ASN", peering.azure_asn, f"Azure ASN of {name}"),
        copied("VLAN (C-tag)", peering.vlan_id, f"VLAN of {name}"),
    ]
    if is_microsoft:
        facts.append(copied("Customer ASN", peering.customer_asn, "customer ASN"))
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
