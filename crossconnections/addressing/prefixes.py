"""Prefixes as people type them, to the letter: an address, and a length where there is one."""

import re
from ipaddress import IPv4Network, IPv6Network
from typing import NamedTuple

from crossconnections.addressing.networks import BITS, IPV4, IPV6, Network, parse_network

_LENGTH = re.compile("0|[1-9][0-9]{0,2}")
_MAPPED = 0xFFFF
_WITH_MASK = re.compile(r"(?P<address>[0-9.]+)(?:\s*/\s*|\s+)(?P<mask>[0-9]+(?:\.[0-9]+){3})")
_MASKS = {str(IPv4Network((0, length)).netmask): length for length in range(33)}


class TypedPrefix(NamedTuple):
    """The address with all of its bits, and the length that was typed behind it; None for an address alone."""

    version: int
    address: int
    length: int | None

    @property
    def network(self) -> Network:
        """What it names: the network that the address lies in, or the address."""
        return self.cut(BITS[self.version] if self.length is None else self.length)

    @property
    def has_host_bits(self) -> bool:
        """Whether the address is not the network's own."""
        return self.address != self.network.address

    @property
    def host(self) -> str:
        """The address as text."""
        return text_of(self.cut(BITS[self.version])).partition("/")[0]

    def cut(self, length: int) -> Network:
        """The network of that length that the address lies in."""
        return Network(self.version, self.address, BITS[self.version]).cut(length)


def read_prefix(text: str) -> TypedPrefix | None:
    """A text that is one; None for leading zeros, zones and IPv4 in IPv6's clothes as well."""
    address, slash, length = text.strip().partition("/")
    found = parse_network(address)
    if found is None or is_mapped(found):
        return None
    if not slash:
        return TypedPrefix(found.version, found.address, None)
    if not _LENGTH.fullmatch(length) or int(length) > BITS[found.version]:
        return None
    return TypedPrefix(found.version, found.address, int(length))


def is_mapped(network: Network) -> bool:
    """``::ffff:10.0.0.0``: an IPv4 address, which no router announces in this form (RFC 4291)."""
    return network.version == IPV6 and network.address >> 32 == _MAPPED


def why_unreadable(text: str) -> str:
    """The key of what is wrong with a text that :func:`read_prefix` does not take; "unreadable" for any other."""
    address = text.strip().partition("/")[0]
    if "%" in address and ":" in address:
        return "zone"
    if (found := parse_network(address)) and is_mapped(found):
        return "mapped"
    return "leading_zeros" if _has_leading_zeros(address) else "unreadable"


def meant_prefix(text: str) -> TypedPrefix | None:
    """What a text stands for that is no prefix: one with blanks in it, or with a mask behind it as routers write it."""
    if (found := _WITH_MASK.fullmatch(text.strip())) and found["mask"] in _MASKS:
        return read_prefix(f"{found['address']}/{_MASKS[found['mask']]}")
    return read_prefix("".join(text.split()))


def text_of(network: Network) -> str:
    """In canonical CIDR notation, the same as for what is read from Azure."""
    kind = IPv4Network if network.version == IPV4 else IPv6Network
    return str(kind((network.address, network.length)))


def _has_leading_zeros(address: str) -> bool:
    """Some programs read such numbers as octal ones, so nobody can tell which address is meant."""
    parts = address.split(".")
    are_numbers = len(parts) == 4 and all(part.isascii() and part.isdecimal() for part in parts)  # noqa: PLR2004 - of IPv4
    return are_numbers and any(part.startswith("0") and part != "0" for part in parts)
