"""Rows of a routes table, and networks that are close to each other."""

import ipaddress

from hypothesis import strategies as st

from crossconnections.addressing.networks import Network, parse_network
from crossconnections.arm import RouteRow

Net = ipaddress.IPv4Network | ipaddress.IPv6Network


def route(network: str, path: str = "65020", hop: str = "172.16.0.1", pref: str = "", weight: int | None = 0):
    return RouteRow(network, hop, pref, weight, path)


def vnet(network: str) -> list[RouteRow]:
    return [route(network, "65515", "10.9.9.13"), route(network, "65515", "10.9.9.12*")]


def as_network(text: str) -> Network:
    found = parse_network(text)
    assert found
    return found


def _wide(bits: int, first: int, length: int) -> Net:
    kind = ipaddress.IPv4Network if bits == 32 else ipaddress.IPv6Network
    return kind((first, length), strict=False)


def _close(bits: int) -> st.SearchStrategy[Net]:
    """Few bits differ, at both ends of the address, so that one often covers the other."""
    high, low = st.integers(0, 7), st.integers(0, 7)
    numbers = st.builds(lambda one, other: one << (bits - 3) | other, high, low)
    lengths = st.sampled_from([*range(5), bits - 3, bits - 2, bits - 1, bits])
    return st.builds(_wide, st.just(bits), numbers, lengths)


close_v4, close_v6 = _close(32), _close(128)
close = close_v4 | close_v6
