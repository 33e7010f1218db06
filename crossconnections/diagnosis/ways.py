"""Both directions between two addresses: a way that no answer comes back on is none."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.match import Match, PathMatch, find_match
from crossconnections.diagnosis.presence import Presence, presence_on
from crossconnections.diagnosis.route_lines import RouteLine
from crossconnections.diagnosis.sides import Side


class Directions(StrEnum):
    """Which of two addresses a path has a route to.

    SAME_SIDE: to both, but they lead to the same side, between whose networks the circuit carries nothing (R48).
    UNKNOWN: the table was not read, or it is not clear where a route leads.
    """

    BOTH = auto()
    FIRST_ONLY = auto()
    SECOND_ONLY = auto()
    NEITHER = auto()
    SAME_SIDE = auto()
    UNKNOWN = auto()


class Ways(NamedTuple):
    """The match of each of the two, and what each path has of both."""

    first: Match
    second: Match
    primary: Directions
    secondary: Directions

    @property
    def presence(self) -> Presence:
        """On which paths both directions stand."""
        return presence_on(_stands(self.primary), _stands(self.secondary))


def find_ways(
    lines: Sequence[RouteLine], first: Network, second: Network, *, is_primary_read: bool, is_secondary_read: bool
) -> Ways:
    """Between two addresses or networks of one family, of which one is the customer's and the other one in Azure."""
    one = find_match(lines, first, is_primary_read=is_primary_read, is_secondary_read=is_secondary_read)
    other = find_match(lines, second, is_primary_read=is_primary_read, is_secondary_read=is_secondary_read)
    return Ways(one, other, _directions(one.primary, other.primary), _directions(one.secondary, other.secondary))


_WITHOUT_A_ROUTE: Mapping[tuple[bool | None, bool | None], Directions] = {
    (True, False): Directions.FIRST_ONLY,
    (False, True): Directions.SECOND_ONLY,
    (False, False): Directions.NEITHER,
}


def _directions(first: PathMatch, second: PathMatch) -> Directions:
    if not (first.is_routed and second.is_routed):
        return _WITHOUT_A_ROUTE.get((first.is_routed, second.is_routed), Directions.UNKNOWN)
    sides = {first.side, second.side}
    if not sides <= {Side.CUSTOMER, Side.AZURE}:
        return Directions.UNKNOWN
    return Directions.BOTH if len(sides) > 1 else Directions.SAME_SIDE


def _stands(directions: Directions) -> bool | None:
    return None if directions == Directions.UNKNOWN else directions == Directions.BOTH
