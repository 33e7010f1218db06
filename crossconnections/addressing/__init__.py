"""Prefixes, VLAN IDs and AS numbers of peerings as pure functions: text in, values out."""

from crossconnections.addressing.link_addresses import LinkAddresses, find_link_addresses

__all__ = ["LinkAddresses", "find_link_addresses"]
