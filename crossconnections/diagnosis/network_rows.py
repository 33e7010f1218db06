"""The lines of one network taken together: what each path has of it, as sets are compared."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.route_lines import RouteLine


class NetworkRows(NamedTuple):
    """All routes of both paths, or of two times, to one network."""

    text: str
    network: Network
    primary: tuple[RouteRow, ...]
    secondary: tuple[RouteRow, ...]


def rows_by_network(lines: Sequence[RouteLine]) -> Iterator[NetworkRows]:
    """In the order of the lines, where those of a network follow each other."""
    for network, group in groupby(lines, key=attrgetter("network")):
        of_network = list(group)
        yield NetworkRows(
            of_network[0].text,
            network,
            tuple(line.primary for line in of_network if line.primary is not None),
            tuple(line.secondary for line in of_network if line.secondary is not None),
        )
