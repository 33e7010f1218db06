"""The two ends of a link (V6)."""

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkAddresses:
    """The two ends of a link: the partner's edge takes the first usable address, Microsoft the second.

    Source: "ARP tables" of Microsoft's ExpressRoute troubleshooting pages; the same for a /30 and a /126.
    """

    prefix: str
    yours: str
    microsofts: str


def find_link_addresses(prefix: str) -> LinkAddresses | None:
    """The addresses of a link prefix; None when Azure's text is no network with two usable addresses."""
    try:
        network = ipaddress.ip_network(prefix)
    except ValueError:
        return None
    if network.num_addresses < 4:  # noqa: PLR2004 - network, two ends, broadcast
        return None
    return LinkAddresses(str(network), str(network[1]), str(network[2]))
