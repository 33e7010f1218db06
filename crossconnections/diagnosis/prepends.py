"""Who made AS paths longer on purpose."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.as_paths import repeated_in


class Prepend(NamedTuple):
    """In the path to a network an AS stands ``times`` on end; the network as Azure wrote it."""

    network: str
    asn: str
    times: int


def find_prepends(rows: Iterable[RouteRow]) -> Sequence[Prepend]:
    """Each network and AS once, the most often that it stands there, in the order of one path's rows."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        for asn, times in repeated_in(row.path):
            found[row.network, asn] = max(times, found.get((row.network, asn), 0))
    return [Prepend(network, asn, times) for (network, asn), times in found.items()]
