"""The routes of both paths of a reading, kept for a moment: the page and its searches ask for the same few."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.compare import PathDifference, compare_device_paths
from crossconnections.diagnosis.route_lines import RouteLine, merge_routes
from crossconnections.enums import Table
from crossconnections.models import TableRead, TableRows
from crossconnections.tables import unpack


class Routes(NamedTuple):
    """Both tables, and both as one by network; a table is None where it was not read.

    ``weights`` are those that Azure told, None among them where it told none of a route; ``differences`` are those
    between both paths, by network, and ``different`` the lines that have one.
    """

    lines: Sequence[RouteLine]
    differences: Mapping[Network, PathDifference]
    different: Sequence[RouteLine]
    primary: Sequence[RouteRow] | None
    secondary: Sequence[RouteRow] | None
    weights: frozenset[int | None]


class _Kept(NamedTuple):
    """What a read's rows are known by: they never change, and a key that was given anew has another time."""

    key: int
    finished_at: datetime | None


def load_routes(primary: TableRead | None, secondary: TableRead | None) -> Routes:
    """The routes of one peering, by network; in one query, or none where they were merged a moment ago."""
    return _merged(_kept(primary), _kept(secondary))


def _kept(read: TableRead | None) -> _Kept | None:
    return _Kept(read.pk, read.finished_at) if read and read.state == TableRead.State.SUCCEEDED else None


# A page and its searches ask for the same few. Ten thousand routes on both paths take some 8 MB.
@lru_cache(maxsize=4)
def _merged(primary: _Kept | None, secondary: _Kept | None) -> Routes:
    keys = [kept.key for kept in (primary, secondary) if kept]
    rows = {one.read_id: _as_routes(one) for one in TableRows.objects.filter(read__in=keys)} if keys else {}
    first, second = (rows.get(kept.key) if kept else None for kept in (primary, secondary))
    lines = merge_routes(first or (), second or ())
    is_read = {"is_primary_read": first is not None, "is_secondary_read": second is not None}
    differences = compare_device_paths(lines, **is_read)
    return Routes(
        lines=lines,
        differences=differences,
        different=[line for line in lines if differences[line.network].differs],
        primary=first,
        secondary=second,
        weights=frozenset(row.weight for row in (*(first or ()), *(second or ()))),
    )


def _as_routes(rows: TableRows) -> tuple[RouteRow, ...]:
    return tuple(row for row in unpack(Table.ROUTES, bytes(rows.compressed)) if isinstance(row, RouteRow))
