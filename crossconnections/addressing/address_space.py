"""Which addresses and AS numbers may be met in public, and which may not."""

from functools import lru_cache

from crossconnections.addressing.networks import IPV4, Network, parse_network

# EXPRESSROUTE.md M2: RFC 1918 is documented for Microsoft peering; the others are not public by their own RFCs.
_NOT_PUBLIC = tuple(
    network
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4", "2001:db8::/32",
    )
    if (network := parse_network(text))
)  # fmt: skip
_GLOBAL_UNICAST = Network(6, 0x2000 << 112, 3)
_DEFAULTS = {Network(4, 0, 0), Network(6, 0, 0)}
_HALVES = {Network(4, 0, 1), Network(4, 1 << 31, 1)}
MICROSOFTS_ASN = 12_076
# RFC 5398 and what routing requirements call documentation numbers; RFC 6996.
_DOCUMENTATION_ASNS = range(64_496, 64_512)
_PRIVATE_ASNS = (range(64_512, 65_535), range(4_200_000_000, 4_294_967_295))


def is_default(network: Network) -> bool:
    """0.0.0.0/0 or ::/0."""
    return network in _DEFAULTS


def is_half_of_all(network: Network) -> bool:
    """0.0.0.0/1 or 128.0.0.0/1: both together draw all traffic as a default route does."""
    return network in _HALVES


def is_public(network: Network) -> bool:
    """No part of it is kept for private use, documentation or the machine itself. A default route is none either."""
    may_be = network.version == IPV4 or _GLOBAL_UNICAST.covers(network)
    return may_be and not any(one.overlaps(network) for one in _NOT_PUBLIC)


# Ten thousand routes have some hundred paths.
@lru_cache(maxsize=4096)
def asns_of(path: str) -> tuple[int, ...]:
    """The AS numbers of a path in their order; what is no number (an origin code, a set) is left out."""
    return tuple(int(word) for word in path.split() if word.isascii() and word.isdecimal() and len(word) <= 10)  # noqa: PLR2004 - 32 bits


def is_documentation_asn(asn: int) -> bool:
    """64496-64511 (EXPRESSROUTE.md V14)."""
    return asn in _DOCUMENTATION_ASNS


def is_private_asn(asn: int) -> bool:
    """Of one's own choice (RFC 6996)."""
    return any(asn in block for block in _PRIVATE_ASNS)
