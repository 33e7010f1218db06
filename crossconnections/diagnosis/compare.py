"""What differs between the two paths, and between two times."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.as_paths import longer_by, parse_as_path
from crossconnections.diagnosis.network_rows import NetworkRows, rows_by_network
from crossconnections.diagnosis.route_lines import RouteLine
from crossconnections.diagnosis.sides import side_of


class Difference(StrEnum):
    """What the two paths make of a network. Next hops differ by nature; OTHER_SIDE: one leads into Azure."""

    SAME = auto()
    PRIMARY_ONLY = auto()
    SECONDARY_ONLY = auto()
    OTHER_SIDE = auto()
    LONGER_ON_PRIMARY = auto()
    LONGER_ON_SECONDARY = auto()
    OTHER_PATH = auto()
    UNKNOWN = auto()


class PathDifference(NamedTuple):
    """``by`` is how many AS the longer AS path has more, else 0."""

    kind: Difference
    by: int = 0

    @property
    def differs(self) -> bool:
        """Whether the two paths are known to differ."""
        return self.kind not in {Difference.SAME, Difference.UNKNOWN}


_UNKNOWN = PathDifference(Difference.UNKNOWN)


def compare_device_paths(
    lines: Sequence[RouteLine], *, is_primary_read: bool, is_secondary_read: bool
) -> Mapping[Network, PathDifference]:
    """Of each network of the lines, in their order; all unknown where one of the tables was not read (R53, R54)."""
    if not (is_primary_read and is_secondary_read):
        return {line.network: _UNKNOWN for line in lines}
    return {rows.network: _difference(rows) for rows in rows_by_network(lines)}


def _difference(rows: NetworkRows) -> PathDifference:
    if not rows.secondary:
        return PathDifference(Difference.PRIMARY_ONLY)
    if not rows.primary:
        return PathDifference(Difference.SECONDARY_ONLY)
    first, second = ({row.path for row in side} for side in (rows.primary, rows.secondary))
    by = longer_by(first, second)
    if by is None:
        return _UNKNOWN
    if {side_of(path) for path in first} != {side_of(path) for path in second}:
        return PathDifference(Difference.OTHER_SIDE)
    if by:
        return PathDifference(Difference.LONGER_ON_PRIMARY if by > 0 else Difference.LONGER_ON_SECONDARY, abs(by))
    is_same = {parse_as_path(path) for path in first} == {parse_as_path(path) for path in second}
    return PathDifference(Difference.SAME if is_same else Difference.OTHER_PATH)
