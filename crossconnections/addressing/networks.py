"""Networks as numbers, several times as fast as ipaddress: a page compares ten thousand of them at once."""

from socket import AF_INET, AF_INET6, inet_ntop, inet_pton
from typing import NamedTuple

IPV4, IPV6 = 4, 6
BITS = {IPV4: 32, IPV6: 128}


class Network(NamedTuple):
    """A network in the order of networks: IPv4 first, then by number, the wider one before what lies in it."""

    version: int
    address: int
    length: int

    def overlaps(self, other: "Network") -> bool:
        """Whether one covers the other, or both are the same."""
        if self.version != other.version or self.version not in BITS:
            return False
        shift = BITS[self.version] - min(self.length, other.length)
        return self.address >> shift == other.address >> shift

    def cut(self, length: int) -> "Network":
        """The network of that length that it lies in; ``length`` is at most its own."""
        rest = BITS[self.version] - length
        return Network(self.version, self.address >> rest << rest, length)

    def covers(self, other: "Network") -> bool:
        """Whether the other lies in it, or both are the same."""
        return self.length <= other.length and self.overlaps(other)

    @property
    def text(self) -> str:
        """In CIDR notation, of one that is IPv4 or IPv6."""
        family = AF_INET6 if self.version == IPV6 else AF_INET
        return f"{inet_ntop(family, self.address.to_bytes(BITS[self.version] // 8, 'big'))}/{self.length}"


def parse_network(text: str) -> Network | None:
    """A network or an address as its numbers; None for a text that is neither.

    ``10.1.2.3/8`` is meant as ``10.0.0.0/8``: no two networks of one length overlap.
    """
    address, slash, length = text.partition("/")
    family, version = (AF_INET6, 6) if ":" in address else (AF_INET, 4)
    try:
        number = int.from_bytes(inet_pton(family, address), "big")
    except (OSError, ValueError):  # no address; a text with a NUL or beyond ASCII
        return None
    if not slash:
        return Network(version, number, BITS[version])
    is_length = length.isascii() and length.isdecimal() and len(length) <= 3 and int(length) <= BITS[version]  # noqa: PLR2004 - /128
    if not is_length:
        return None
    host_bits = BITS[version] - int(length)
    return Network(version, number >> host_bits << host_bits, int(length))
