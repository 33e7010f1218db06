"""Which names mean this very machine, asked from both sides: what may be let, and what must be refused."""

import ipaddress
import socket


def is_loopback(host: str) -> bool:
    """Whether it certainly is this machine: what is allowed here alone goes by this."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_be_loopback(host: str) -> bool:
    """Whether it can lead back to this machine, however it is written: what is refused here goes by this."""
    name = host.rstrip(".").casefold()
    if name == "localhost" or name.endswith((".localhost", ".localdomain")) or name.startswith("ip6-"):
        return True
    address = _address(name)
    return address is not None and (address.is_loopback or address.is_unspecified)


def is_below(host: str, domains: set[str]) -> bool:
    """Whether the host is one of these, or has a name below one of them."""
    name = host.rstrip(".").casefold()
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _old_way_of_writing(name)
    return getattr(address, "ipv4_mapped", None) or address


def _old_way_of_writing(name: str) -> ipaddress.IPv4Address | None:
    """``127.1``, ``0x7f000001``, ``2130706433``: resolvers take them."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except OSError:
        return None
