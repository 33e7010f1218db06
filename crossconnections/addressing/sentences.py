"""The sentences of the rules: what is wrong, then the repair; of cautions what to expect, then what to do."""

from collections.abc import Mapping

from crossconnections.addressing.breaches import Breach
from crossconnections.peering_names import peering_word

_LABELS = {
    "peer_asn": "peer ASN",
    "vlan_id": "VLAN ID",
    "primary_prefix": "primary IPv4 prefix",
    "secondary_prefix": "secondary IPv4 prefix",
    "ipv6_primary_prefix": "primary IPv6 prefix",
    "ipv6_secondary_prefix": "secondary IPv6 prefix",
    "customer_asn": "customer ASN",
}
# Documentation space of both families: nobody's own, so nobody takes it over as it stands.
_EXAMPLES = {4: "192.0.2.0/30", 6: "2001:db8::/126"}

BREACHES: Mapping[str, str] = {
    "peering_type": "{text} is no peering to set up. Azure takes Azure private peering and Microsoft peering.",
    # Links
    "link_missing": "A peering needs links: two /30 prefixes for IPv4, two /126 prefixes for IPv6, or both pairs.",
    "link_half_missing": "The {label} is missing. IPv{version} takes a /{length} for each path, or none at all.",
    "unreadable": "{text} is no IPv{version} prefix. Write it like {example}.",
    "leading_zeros": "{where}{text} has leading zeros, so it may mean two addresses. Write it without them.",
    "zone": "{where}{text} has a zone, which means something on one machine only. Write it without what follows the %.",
    "mapped": "{where}{text} is an IPv4 address in an IPv6 one. Write it as IPv4.",
    "wrong_family": "{text} is IPv{other}. The {label} takes IPv{version}.",
    "link_without_length": "{prefix} has no length. A link takes a /{length}.",
    "link_doubled": (
        "{prefix} is a /{typed_length}, which holds both links. Write its halves: {first} for the primary path, "
        "{second} for the secondary."
    ),
    "link_length": "{prefix} is a /{typed_length}. A link takes exactly a /{length}.",
    "host_bits": "{where}{address} is a host in {network}. Write the network address.",
    "same_link": "{prefix} is the primary path's already. Each path takes a /{length} of its own.",
    "link_taken": "{prefix} is already used by {peering} of this circuit. Take another /{length}.",
    "link_overlaps": "{prefix} overlaps {theirs}, which {peering} of this circuit uses. Take another /{length}.",
    "not_public": "{where}{prefix} is {space}. Microsoft peering takes public prefixes only.",
    "partly_public": "{where}{prefix} has {space} in it, {block}. Microsoft peering takes public prefixes only.",
    # Numbers
    "no_number": "{text} is no {label}. Write a whole number.",
    "digits_only": "{text} is no plain number. Write the {label} with the digits 0 to 9 alone.",
    "vlan_missing": "The VLAN ID is missing. Write one from 1 to 4094.",
    "vlan_range": "{vlan} is no VLAN ID. Write one from 1 to 4094.",
    "vlan_taken": "VLAN {vlan} is already used by {peering} of this circuit. Free next: {free}.",
    "vlans_used_up": "VLAN {vlan} is already used by {peering} of this circuit, and so are all the others.",
    "peer_asn_missing": "The peer ASN is missing. Write the AS number of the router that speaks to Microsoft.",
    "dotted_asn": "{text} is AS {number} in dotted notation. Azure takes the plain number.",
    "asn_range": "{asn} is no AS number. Write one from 1 to 4294967295.",
    "asn_reserved": "AS {asn} is reserved: Microsoft keeps 65515 to 65520 for itself. Write another one.",
    "asn_microsofts": "AS 12076 is Microsoft's end of the session. Write the number of the other end.",
    "asn_zero": "AS 0 is nobody's (RFC 7607). Write the router's own AS number.",
    "asn_placeholder": "AS 23456 only stands in for 4-byte numbers (RFC 6793). Write the number that it stands for.",
    "asn_last": "AS {asn} is reserved (RFC 7300). Write another one.",
    "documentation_asn_in_path": (
        "AS {asn} is for documentation, and Microsoft peering allows no such number in a path. Write the real one."
    ),
    "customer_asn_range": (
        "AS {asn} does not fit: Azure's field for the customer ASN ends at 2147483647. Leave it empty, and tell "
        "Microsoft's support whose prefixes they are when they ask."
    ),
    "registry": "{text} is no routing registry that Azure knows. Take one of {registries}, or none.",
    # Lists
    "advertised_missing": (
        "Microsoft peering over IPv{version} needs the public prefixes that will be announced. Write at least one."
    ),
    "advertised_unreadable": "{where}{text} is no prefix. Write one with its length, like 192.0.2.0/24.",
    "advertised_without_length": "{where}{text} has no length. Write one behind a slash, like /24.",
    "default_route": "{where}{text} is a default route. Microsoft peering takes none.",
    "advertised_count": "{count} IPv{version} prefixes are too many: Microsoft peering takes {most}. Aggregate them.",
    "advertised_without_link": (
        "{where}{text} is IPv{version}, and this peering has no IPv{version} links. Add them, or take it off the list."
    ),
    "community": "{where}{text} is no BGP community. Write two numbers up to 65535, like 12076:5010.",
    "list_too_long": "This list has {count} characters, and is read up to {most}. Shorten it.",
    "more_lines": "{count} more entries are wrong. Mend those above first.",
    # The shared key: nothing of it may be told.
    "key_length": "The shared key has {length} characters. Azure takes 25 at most.",
    "key_characters": "The shared key has {character} in it. Azure takes the letters A to Z, a to z and digits only.",
}
CAUTIONS: Mapping[str, str] = {
    "documentation_asn": "AS {asn} is for documentation (RFC 5398). Ask for the number that the router really has.",
    "microsofts_public_asn": "AS 8075 is Microsoft's public network. Ask for the number that the router really has.",
    "public_asn": "AS {asn} is public, and so it has to be the customer's own. Ask whose it is.",
    "unusual_link": "{prefix} is {space}, which many routers take on no interface. Better take another link.",
    "vnets_may_overlap": (
        "Azure does not show the customer's virtual networks here. Ask whether any of them overlaps {prefixes}."
    ),
    "private_asn": (
        "AS {asn} is private: Microsoft validates the prefixes by hand, and takes private numbers out of paths. Have "
        "the customer's letter of authorization ready."
    ),
    "other_owner": (
        "The prefixes are AS {customer}'s and the router is AS {peer}'s: expect that Microsoft validates by hand, and "
        "have the owner's letter of authorization ready."
    ),
    "six_to_four": "{prefix} is 6to4 space (2002::/16), which few networks still take. Better use other prefixes.",
    "advertised_overlap": (
        "{inner} lies in {outer}, and both count towards the limit. Take it off the list unless it is announced by "
        "itself."
    ),
    "advertised_overlaps": (
        "{count} advertised prefixes lie in others, as {inner} in {outer}, and all count towards the limit. Take off "
        "what is not announced by itself."
    ),
    "link_advertised": "{outer} holds the link {prefix}. Translate (SNAT) nothing to an address of the link.",
    "internet_too": (
        "Where these prefixes are announced to the internet as well, announce longer ones over ExpressRoute: answers "
        "may come back over the internet otherwise."
    ),
    "route_filter": (
        "Microsoft announces nothing until the customer attaches a route filter to the circuit. Tell them: it cannot "
        "be seen here."
    ),
}
_ALL = {**BREACHES, **CAUTIONS}


def sentence_of(breach: Breach) -> str:
    """What a breach or a caution says to people."""
    return _ALL[breach.key].format_map({**breach.values, **_words(breach)})


def _words(breach: Breach) -> dict[str, str]:
    line = breach.values.get("line")
    return {
        "label": _LABELS.get(breach.field, ""),
        "where": f"Line {line}: " if line else "",
        "peering": peering_word(breach.values.get("peering", "")) or "another peering",
        "example": _EXAMPLES.get(breach.values.get("version", 4), ""),
    }
