"""Networks as numbers: an address and a length, which is all that thousands of them need."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Network:
    """An IPv4 network (``bits`` 32) or an IPv6 one (128); the bits behind the length are 0. Routers sort by address."""

    first: int
    length: int
    bits: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The network in a text; None where there is none. Host bits are overlooked."""
        try:
            found = ip_network(text, strict=False)
        except ValueError:
            return None
        return cls(int(found.network_address), found.prefixlen, found.max_prefixlen)

    def overlaps(self, other: "Network") -> bool:
        """Whether one of the two holds the other."""
        shift = self.bits - min(self.length, other.length)
        return self.bits == other.bits and self.first >> shift == other.first >> shift

    def inside(self, length: int, number: int) -> "Network":
        """The subnet of that length and number, counted from 0."""
        return Network(self.first | number << (self.bits - length), length, self.bits)

    def __str__(self) -> str:
        """In CIDR notation."""
        if self.bits == 128:
            return str(IPv6Network((self.first, self.length)))
        octets = self.first.to_bytes(4)
        return f"{octets[0]}.{octets[1]}.{octets[2]}.{octets[3]}/{self.length}"

    @property
    def is_global(self) -> bool:
        """Whether the internet would route it."""
        kind = IPv6Network if self.bits == 128 else IPv4Network
        whole = kind((self.first, self.length))
        return whole.is_global and not whole.is_multicast
