"""Which route an address takes on each path: the longest prefix that covers it."""

from collections.abc import Sequence
from enum import StrEnum, auto
from operator import attrgetter
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.covering import (
    Pick,
    fills,
    find_longest,
    is_default_route,
    lines_inside,
    lines_of_family,
)
from crossconnections.diagnosis.presence import Presence, presence_on
from crossconnections.diagnosis.route_lines import RouteLine
from crossconnections.diagnosis.sides import Side, common_side, side_of
from crossconnections.enums import DevicePath


class Coverage(StrEnum):
    """How far the routes of a path cover what was asked for.

    WHOLE: one route covers it; IN_PARTS: only more specific ones, together all of it; PARTLY: only a part of it;
    UNKNOWN: the table was not read.
    """

    WHOLE = auto()
    IN_PARTS = auto()
    PARTLY = auto()
    NONE = auto()
    UNKNOWN = auto()


class PathMatch(NamedTuple):
    """What a path has for a target: ``routes`` are all next hops of ``network``, the longest that covers it whole.

    ``networks_inside`` counts the more specific networks in the target. ``azure_networks`` counts those of its address
    family that lead into Azure, wherever they are, and ``has_customer_networks`` says whether any lead the other way.
    """

    coverage: Coverage
    network: Network | None = None
    routes: tuple[RouteRow, ...] = ()
    is_default: bool = False
    networks_inside: int = 0
    azure_networks: int = 0
    has_customer_networks: bool = False

    @property
    def is_routed(self) -> bool | None:
        """Whether one route covers all of it; None where the table was not read."""
        return None if self.coverage == Coverage.UNKNOWN else self.coverage == Coverage.WHOLE

    @property
    def side(self) -> Side | None:
        """Where it leads; None where no route covers it."""
        return common_side(row.path for row in self.routes) if self.routes else None

    @property
    def is_answered(self) -> bool | None:
        """Whether the side that it does not lead to has a network on this path, so that answers can come back.

        None where no route covers it, or where it is not clear to which side it leads.
        """
        if self.side is Side.CUSTOMER:
            return self.azure_networks > 0
        return self.has_customer_networks if self.side is Side.AZURE else None


class Match(NamedTuple):
    """Both paths, and what is to be said of them together."""

    target: Network
    primary: PathMatch
    secondary: PathMatch

    @property
    def presence(self) -> Presence:
        """On which paths one route covers the target (R59 to R61)."""
        return presence_on(self.primary.is_routed, self.secondary.is_routed)

    @property
    def more_specific_on(self) -> DevicePath | None:
        """The path whose route is longer than the other's: where both may be chosen, it is preferred."""
        first, second = self.primary.network, self.secondary.network
        if first is None or second is None or first.length == second.length:
            return None
        return DevicePath.PRIMARY if first.length > second.length else DevicePath.SECONDARY

    @property
    def default_only_on(self) -> DevicePath | None:
        """The path that has nothing but its default route, while the other has a longer one or none (R41)."""
        is_known = Coverage.UNKNOWN not in {self.primary.coverage, self.secondary.coverage}
        if not is_known or self.primary.is_default == self.secondary.is_default:
            return None
        return DevicePath.PRIMARY if self.primary.is_default else DevicePath.SECONDARY


_NOT_READ = PathMatch(Coverage.UNKNOWN)


def find_match(lines: Sequence[RouteLine], target: Network, *, is_primary_read: bool, is_secondary_read: bool) -> Match:
    """The routes that an address or a whole network takes, on each path that was read.

    ``lines`` are in the order of their networks, as merge_routes makes them: ten thousand are searched, not walked.
    """
    family = lines_of_family(lines, target.version)
    return Match(
        target,
        primary=_match_on(attrgetter("primary"), family, target) if is_primary_read else _NOT_READ,
        secondary=_match_on(attrgetter("secondary"), family, target) if is_secondary_read else _NOT_READ,
    )


def _match_on(pick: Pick, family: Sequence[RouteLine], target: Network) -> PathMatch:
    network, routes = find_longest(target, pick, family)
    inside = [line.network for line in lines_inside(target, family) if pick(line) is not None]
    return PathMatch(
        coverage=_coverage_by(inside, target) if network is None else Coverage.WHOLE,
        network=network,
        routes=routes,
        is_default=network is not None and is_default_route(network, pick, family),
        networks_inside=len(set(inside)),
        azure_networks=len(
            {line.network for line in family if (row := pick(line)) is not None and side_of(row.path) is Side.AZURE}
        ),
        has_customer_networks=any(
            (row := pick(line)) is not None and side_of(row.path) is Side.CUSTOMER for line in family
        ),
    )


def _coverage_by(inside: Sequence[Network], target: Network) -> Coverage:
    """By networks that are longer than the target and lie in it."""
    if not inside:
        return Coverage.NONE
    return Coverage.IN_PARTS if fills(inside, target) else Coverage.PARTLY
