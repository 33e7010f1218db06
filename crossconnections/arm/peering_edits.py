"""The body of a peering's PUT: what Azure has of it, with other values where they are asked for.

What is not asked for stays as the GET had it, known or not (``gatewayManagerEtag``, ``legacyMode``, signatures): a PUT
replaces the peering. Shapes: Azure REST API, ExpressRouteCrossConnectionPeering; the published trace of both peerings.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crossconnections.enums import PeeringType

Json = dict[str, Any]

_OWN = {
    "state": "state",
    "peer_asn": "peerASN",
    "primary_prefix": "primaryPeerAddressPrefix",
    "secondary_prefix": "secondaryPeerAddressPrefix",
    "vlan_id": "vlanId",
}
_OF_IPV6 = {
    "ipv6_primary_prefix": "primaryPeerAddressPrefix",
    "ipv6_secondary_prefix": "secondaryPeerAddressPrefix",
    "ipv6_state": "state",
}
# The same for both families: there is one of each for a session of either.
_OF_MICROSOFT = {
    "advertised_communities": "advertisedCommunities",
    "customer_asn": "customerASN",
    "routing_registry": "routingRegistryName",
}
_KNOWN = {*_OWN, *_OF_IPV6, *_OF_MICROSOFT, "advertised_prefixes"}
_PREFIXES, _INFO = "advertisedPublicPrefixes", "advertisedPublicPrefixInfo"
_CONFIG, _IPV6_CONFIG = "microsoftPeeringConfig", "ipv6PeeringConfig"
_LINK = "primaryPeerAddressPrefix"


def find_peering(document: Mapping[str, Any], peering_type: str) -> Json | None:
    """The peering of that type inside of a cross connection's JSON; Azure does not mind the case of its name."""
    for entry in document["properties"].get("peerings") or ():
        name = entry.get("name") or entry["properties"].get("peeringType") or ""
        if name.casefold() == peering_type.casefold():
            found: Json = entry
            return found
    return None


def edited_peering(known: Mapping[str, Any] | None, peering_type: str, asked: Mapping[str, Any]) -> Json:
    """The peering with the values that are asked for; ``known`` is Azure's, None where there is none yet.

    ``asked`` holds fields of :class:`~crossconnections.arm.resources.PeeringResource` by name, and those of its parts
    as the mirror names them: ``ipv6_…``, ``advertised_prefixes`` of both families, ``customer_asn`` and so on. "", None
    and an empty list mean that it goes. KeyError for another field.
    """
    if unknown := asked.keys() - _KNOWN:
        raise KeyError(*unknown)
    body: Json = copy.deepcopy(dict(known or {"name": peering_type, "properties": {"peeringType": peering_type}}))
    facts: Json = body["properties"]
    ipv6: Json = facts.get(_IPV6_CONFIG) or {}
    _put(facts, _OWN, asked)
    _put(ipv6, _OF_IPV6, asked)
    if peering_type == PeeringType.MICROSOFT_PEERING:
        _put_microsoft(facts, ipv6, asked)
    _keep(facts, _IPV6_CONFIG, {} if _is_taken_away("ipv6_primary_prefix", asked) else ipv6)
    return body


def _is_taken_away(link: str, asked: Mapping[str, Any]) -> bool:
    return link in asked and not asked[link]


def _put(facts: Json, places: Mapping[str, str], asked: Mapping[str, Any]) -> None:
    for name, place in places.items():
        if name in asked:
            _keep(facts, place, asked[name])


def _keep(facts: Json, place: str, value: object) -> None:
    if value in (None, "", [], {}):
        facts.pop(place, None)
    else:
        facts[place] = value


def _put_microsoft(facts: Json, ipv6: Json, asked: Mapping[str, Any]) -> None:
    """What is for both families goes to each that has a link; a family that is new has it from the other."""
    sides = [(facts, "primary_prefix", "."), (ipv6, "ipv6_primary_prefix", ":")]
    shared = _shared(side.get(_CONFIG) or {} for side, _, _ in sides)
    for side, link, mark in sides:
        if _is_taken_away(link, asked):
            side.pop(_CONFIG, None)
        elif side.get(_CONFIG) or side.get(_LINK):
            config: Json = {**shared, **(side.get(_CONFIG) or {})}
            _put(config, _OF_MICROSOFT, {**asked, **_no_asn(asked)})
            _put_prefixes(config, asked, mark)
            _keep(side, _CONFIG, config)


def _shared(configs: Iterator[Mapping[str, Any]]) -> Json:
    first: Mapping[str, Any] = next(filter(None, configs), {})
    return {place: first[place] for place in _OF_MICROSOFT.values() if place in first}


def _no_asn(asked: Mapping[str, Any]) -> Json:
    """Azure's word for no customer ASN is zero (the published trace, Terraform)."""
    return {"customer_asn": asked["customer_asn"] or 0} if "customer_asn" in asked else {}


def _put_prefixes(config: Json, asked: Mapping[str, Any], mark: str) -> None:
    """A family's own prefixes; of those that stay, what was signed for them stays too."""
    if "advertised_prefixes" not in asked:
        return
    prefixes: Sequence[str] = [one for one in asked["advertised_prefixes"] if mark in one]
    _keep(config, _PREFIXES, prefixes)
    kept = [one for one in config.get(_INFO) or () if one.get("prefix") in prefixes]
    _keep(config, _INFO, kept)
