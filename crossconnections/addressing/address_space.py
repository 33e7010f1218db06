"""Which addresses and AS numbers may be met in public, and which may not."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from crossconnections.addressing.networks import IPV4, Network, parse_network


class Space(StrEnum):
    """What addresses are kept for that are not public, in words."""

    PRIVATE = "private address space"
    SHARED = "shared address space (CGNAT)"
    LOOPBACK = "loopback space"
    LINK_LOCAL = "link-local space"
    DOCUMENTATION = "documentation space"
    BENCHMARKS = "space for benchmarks"
    PROTOCOLS = "space for protocols of the IETF"
    THIS_NETWORK = "space for the network itself"
    MULTICAST = "multicast space"
    RESERVED = "reserved space"
    NOT_GLOBAL = "outside of IPv6's public space, 2000::/3"


class Kept(NamedTuple):
    """Why a network is not public: the block that it overlaps, and what that is kept for."""

    block: Network
    space: Space


# EXPRESSROUTE.md M2: RFC 1918 is documented for Microsoft peering; the others are not public by their own RFCs.
_NOT_PUBLIC = tuple(
    Kept(network, space)
    for text, space in (
        ("0.0.0.0/8", Space.THIS_NETWORK), ("10.0.0.0/8", Space.PRIVATE), ("100.64.0.0/10", Space.SHARED),
        ("127.0.0.0/8", Space.LOOPBACK), ("169.254.0.0/16", Space.LINK_LOCAL), ("172.16.0.0/12", Space.PRIVATE),
        ("192.0.0.0/24", Space.PROTOCOLS), ("192.0.2.0/24", Space.DOCUMENTATION), ("192.168.0.0/16", Space.PRIVATE),
        ("198.18.0.0/15", Space.BENCHMARKS), ("198.51.100.0/24", Space.DOCUMENTATION),
        ("203.0.113.0/24", Space.DOCUMENTATION), ("224.0.0.0/4", Space.MULTICAST), ("240.0.0.0/4", Space.RESERVED),
        ("2001:db8::/32", Space.DOCUMENTATION),
        # These lie outside of 2000::/3, so they are not public by that; here they get their names.
        ("::/127", Space.LOOPBACK), ("fc00::/7", Space.PRIVATE), ("fe80::/10", Space.LINK_LOCAL),
        ("ff00::/8", Space.MULTICAST),
    )
    if (network := parse_network(text))
)  # fmt: skip
_GLOBAL_UNICAST = Network(6, 0x2000 << 112, 3)
_SIX_TO_FOUR = Network(6, 0x2002 << 112, 16)
_DEFAULTS = {Network(4, 0, 0), Network(6, 0, 0)}
_HALVES = {Network(4, 0, 1), Network(4, 1 << 31, 1)}
MICROSOFTS_ASN = 12_076
# RFC 5398, of which routing requirements name the first block only; RFC 6996.
_DOCUMENTATION_ASNS = range(64_496, 64_512)
_MORE_DOCUMENTATION_ASNS = range(65_536, 65_552)
_PRIVATE_ASNS = (range(64_512, 65_535), range(4_200_000_000, 4_294_967_295))


def is_default(network: Network) -> bool:
    """0.0.0.0/0 or ::/0."""
    return network in _DEFAULTS


def is_half_of_all(network: Network) -> bool:
    """0.0.0.0/1 or 128.0.0.0/1: both together draw all traffic as a default route does."""
    return network in _HALVES


def is_public(network: Network) -> bool:
    """No part of it is kept for private use, documentation or the machine itself. A default route is none either."""
    return find_kept(network) is None


def find_kept(network: Network) -> Kept | None:
    """Why a network is not public, by the first block that it overlaps; None for a public one."""
    if kept := next((one for one in _NOT_PUBLIC if one.block.overlaps(network)), None):
        return kept
    may_be = network.version == IPV4 or _GLOBAL_UNICAST.covers(network)
    return None if may_be else Kept(network, Space.NOT_GLOBAL)


def is_six_to_four(network: Network) -> bool:
    """Within 2002::/16 (RFC 3056, deprecated by RFC 7526)."""
    return _SIX_TO_FOUR.covers(network)


# Ten thousand routes have some hundred paths.
@lru_cache(maxsize=4096)
def asns_of(path: str) -> tuple[int, ...]:
    """The AS numbers of a path in their order; what is no number (an origin code, a set) is left out."""
    return tuple(int(word) for word in path.split() if word.isascii() and word.isdecimal() and len(word) <= 10)  # noqa: PLR2004 - 32 bits


def is_documentation_asn(asn: int) -> bool:
    """64496-64511 (EXPRESSROUTE.md V14)."""
    return asn in _DOCUMENTATION_ASNS


def is_long_documentation_asn(asn: int) -> bool:
    """65536-65551, the four-byte ones (EXPRESSROUTE.md V14)."""
    return asn in _MORE_DOCUMENTATION_ASNS


def is_private_asn(asn: int) -> bool:
    """Of one's own choice (RFC 6996)."""
    return any(asn in block for block in _PRIVATE_ASNS)
