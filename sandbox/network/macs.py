"""MAC addresses as Cisco writes them."""

from sandbox.estate.chance import chance_of

# Microsoft's of the specification's example; the others are of makers of routers that stand at customers' edges.
_MICROSOFTS = "885a92"
_EDGES = ("001c73", "2c6bf5", "3c8ab0", "444ca8", "00164d")


def edge_mac(service_key: str, path: str) -> str:
    """The customer's: two devices, one for each path, and each has the same for all peerings of a circuit."""
    chance = chance_of("edge mac", service_key)
    maker = chance.choice(_EDGES)
    return _dotted(maker, chance_of("edge mac", service_key, path).getrandbits(24))


def microsoft_mac(azure_port: str) -> str:
    """Microsoft's: that of the port, the same for every peering ("Troubleshooting ARP")."""
    return _dotted(_MICROSOFTS, chance_of("microsoft mac", azure_port).getrandbits(24))


def _dotted(maker: str, number: int) -> str:
    digits = f"{maker}{number:06x}"
    return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"
