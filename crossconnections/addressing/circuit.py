"""What a peering's links share with the rest: the circuit (V7), and the public internet (M1, M2)."""

from collections.abc import Iterator, Sequence

from crossconnections.addressing.address_space import find_kept
from crossconnections.addressing.breaches import Breach, Neighbour, shown
from crossconnections.addressing.links import Link, Links
from crossconnections.addressing.networks import Network, parse_network
from crossconnections.addressing.prefixes import text_of


def judge_in_circuit(links: Links, others: Sequence[Neighbour]) -> Iterator[Breach]:
    """V7 for each link that can be read, host bits or not."""
    return (breach for link in links.values() if link.network and (breach := link_taken(link, link.network, others)))


def link_taken(link: Link, network: Network, others: Sequence[Neighbour]) -> Breach | None:
    """V7: no other peering of the circuit uses any of it (ExpressRoute routing requirements).

    That a Microsoft peering's must be unique across all circuits cannot be told here: others' are not to be seen.
    """
    for other in others:
        for text in other.prefixes:
            if (theirs := parse_network(text.strip())) and theirs.overlaps(network):
                key = "link_taken" if theirs == network else "link_overlaps"
                values = {
                    "prefix": text_of(network),
                    "peering": shown(other.peering_type),
                    "theirs": shown(text.strip()),
                }
                return Breach("V7", key, link.field, {**values, "length": link.family.length})
    return None


def judge_public_links(links: Links) -> Iterator[Breach]:
    """M1: links of Microsoft peering are public (ExpressRoute routing requirements); M2 says what is not."""
    for link in links.values():
        if link.network and (breach := not_public("M1", link.field, link.network)):
            yield breach


def not_public(rule: str, field: str, network: Network, line: int | None = None) -> Breach | None:
    """M2: whole or in part kept for something else: RFC 1918 is documented, the others by their own RFCs."""
    kept = find_kept(network)
    if not kept:
        return None
    key = "not_public" if kept.block.covers(network) else "partly_public"
    values = {"line": line, "prefix": text_of(network), "space": str(kept.space), "block": text_of(kept.block)}
    return Breach(rule, key, field, values)
