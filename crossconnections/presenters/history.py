"""What was seen to change in Azure, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crossconnections.models import Observation
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import bandwidth, peering_state, prefix_state, provider_state
from portal.times import Moment, ago

_FIELDS = {
    "resource_id": "Resource id",
    "azure_region": "Azure region",
    "tags": "Tags",
    "peering_location": "Peering location",
    "bandwidth_mbps": "Bandwidth",
    "provider_provisioning_state": "State",
    "provisioning_state": "Provisioning state",
    "circuit_id": "Customer circuit's id",
    "circuit_name": "Customer circuit",
    "circuit_resource_group": "Customer's resource group",
    "customer_subscription_id": "Customer's subscription",
    "provider_notes": "Note to customer",
    "s_tag": "S-tag",
    "primary_azure_port": "Primary Azure port",
    "secondary_azure_port": "Secondary Azure port",
    "presence": "Set up",
    "state": "Peering",
    "vlan_id": "VLAN ID",
    "azure_asn": "Azure ASN",
    "peer_asn": "Peer ASN",
    "primary_prefix": "Primary subnet",
    "secondary_prefix": "Secondary subnet",
    "ipv6_primary_prefix": "IPv6 primary subnet",
    "ipv6_secondary_prefix": "IPv6 secondary subnet",
    "ipv6_state": "IPv6",
    "last_modified_by": "Last changed by",
    "advertised_prefixes": "Advertised prefixes",
    "advertised_communities": "Communities",
    "advertised_prefixes_state": "Validation",
    "advertised_prefix_infos": "Validation of prefixes",
    "customer_asn": "Customer ASN",
    "routing_registry": "Registry",
}
_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "bandwidth_mbps": bandwidth,
    "provider_provisioning_state": lambda value: provider_state(value).word,
    "state": lambda value: peering_state(value).word,
    "ipv6_state": lambda value: peering_state(value).word,
    "customer_asn": lambda value: str(value or "none"),
    "presence": lambda value: "yes" if value else "no",
    "advertised_prefix_infos": lambda value: ", ".join(map(_info, value)),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history: what, of which peering, from what to what; ``news`` where it came or went."""

    what: str
    of: str
    before: str
    after: str
    news: str
    glyph: str
    seen: Moment


def show_event(observation: Observation, now: datetime) -> Event:
    """A line."""
    of = peering_name(observation.subject) if observation.subject else ""
    is_presence = observation.field == Observation.PRESENCE
    return Event(
        what=field_name(observation.field),
        of=of,
        before="" if is_presence else field_words(observation.field, observation.before),
        after="" if is_presence else field_words(observation.field, observation.after),
        news=_presence(of, is_there=bool(observation.after)) if is_presence else "",
        glyph="s-gone" if is_presence and not observation.after else "check",
        seen=ago(observation.seen_at, now=now),
    )


def _info(one: Mapping[str, Any]) -> str:
    return f"{one.get('prefix')} {prefix_state(one.get('validation_state') or '').word}"


def _presence(of: str, *, is_there: bool) -> str:
    if of:
        return f"{of} {'was added' if is_there else 'was removed'}"
    return "Back in Azure" if is_there else "Gone from Azure"


def field_name(field: str) -> str:
    """What a column of the mirror is called."""
    return _FIELDS.get(field, field)


def field_words(field: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    """What stands in it."""
    if value in (None, "", [], (), {}):
        return "none"
    if field in _IN_WORDS:
        return _IN_WORDS[field](value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {text}" for name, text in sorted(value.items()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
