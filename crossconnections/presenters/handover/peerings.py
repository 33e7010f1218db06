"""A peering as it is configured: what the customer checks or sets on both sides of it."""

from collections.abc import Collection, Iterable
from itertools import chain

from crossconnections.addressing import find_link_addresses
from crossconnections.enums import PeeringType
from crossconnections.models import Peering
from crossconnections.peering_names import peering_name
from crossconnections.presenters.handover.circuit import LINKS
from crossconnections.presenters.handover.parties import Parties
from crossconnections.presenters.handover.sheet import (
    Block,
    Facts,
    Line,
    Section,
    facts,
    grid,
    listing,
    on_both,
    section,
)
from crossconnections.presenters.states import peering_state, prefix_state, validation_state

_KEY_IS_SET, _NO_KEY_KNOWN = "set, as agreed", "none set by us"
_MOST_PREFIXES = 200


def show_peering(peering: Peering, parties: Parties, keys: Collection[str]) -> Section:
    """``keys`` are the types of those peerings whose shared key the portal has set; no key is known here."""
    blocks: list[Block] = [_facts(peering)]
    table = grid(parties.title, LINKS, _lines(peering, parties, keys))
    blocks += [table] if table.rows else []
    if peering.advertised_prefixes:
        blocks.append(listing("Advertised prefixes", _advertised(peering), most=_MOST_PREFIXES))
    return section(peering_name(peering.peering_type), *blocks)


def _facts(peering: Peering) -> Facts:
    state = peering_state(peering.state).word
    if peering.peering_type != PeeringType.MICROSOFT_PEERING:
        return facts(("State", state))
    return facts(
        ("State", state),
        ("Validation of prefixes", validation_state(peering.advertised_prefixes_state).word),
        ("Customer ASN", str(peering.customer_asn or ""), True),
        ("Routing registry", peering.routing_registry),
    )


def _lines(peering: Peering, parties: Parties, keys: Collection[str]) -> Iterable[Line]:
    key = _KEY_IS_SET if peering.peering_type in keys else _NO_KEY_KNOWN
    ipv4 = _link("", parties.router, peering.primary_prefix, peering.secondary_prefix)
    ipv6 = _link(", IPv6", parties.router, peering.ipv6_primary_prefix, peering.ipv6_secondary_prefix)
    return chain(
        [("VLAN ID (C-tag)", on_both(peering.vlan_id), True)],
        ipv4,
        ipv6,
        [
            (parties.asn, on_both(peering.peer_asn), True),
            ("Microsoft's ASN", on_both(peering.azure_asn), True),
            ("Shared key (MD5)", (key, key), False),
        ],
    )


def _link(family: str, router: str, primary: str, secondary: str) -> list[Line]:
    """Both ends with the length of the mask, as routers take them; a prefix that is none as Azure told it."""
    ends = [_ends(prefix) for prefix in (primary, secondary)]
    return [
        (f"{router}{family}", (ends[0][0], ends[1][0]), True),
        (f"Microsoft (neighbor){family}", (ends[0][1], ends[1][1]), True),
    ]


def _ends(prefix: str) -> tuple[str, str]:
    link = find_link_addresses(prefix)
    if link is None:
        return prefix, prefix
    length = link.prefix.partition("/")[2]
    return f"{link.yours}/{length}", f"{link.microsofts}/{length}"


def _advertised(peering: Peering) -> list[str]:
    """Each with how far Microsoft is with it, where Azure tells that (since api-version 2024-07-01)."""
    states = {str(one.get("prefix")): str(one.get("validation_state") or "") for one in peering.advertised_prefix_infos}
    told = ((prefix, states.get(prefix, "")) for prefix in map(str, peering.advertised_prefixes))
    return [f"{prefix} ({prefix_state(state).word.lower()})" if state else prefix for prefix, state in told]
