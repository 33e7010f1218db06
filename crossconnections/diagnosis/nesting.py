"""Which networks lie in which others, of ten thousand at once."""

from collections.abc import Iterable, Mapping

from crossconnections.addressing.networks import Network


def find_holders(networks: Iterable[Network], holders: Iterable[Network]) -> Mapping[Network, tuple[Network, ...]]:
    """The holders that cover each network, the widest first; a network that is a holder as well covers itself."""
    asked, holding = set(networks), set(holders)
    found: dict[Network, tuple[Network, ...]] = {}
    around: list[Network] = []
    for network in sorted(asked | holding):
        while around and not around[-1].covers(network):
            around.pop()
        if network in holding:
            around.append(network)
        if network in asked:
            found[network] = tuple(around)
    return found
