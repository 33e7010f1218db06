"""The routes of both paths as one table, a hundred lines at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from crossconnections.arm import RouteRow
from crossconnections.diagnosis.route_lines import RouteLine, search_routes
from crossconnections.enums import DevicePath
from crossconnections.models import TableRead
from crossconnections.presenters.states import Mark, peering_name
from crossconnections.presenters.tables.lanes import absence_of, answered_at
from crossconnections.presenters.tables.paging import LINES_ON_A_PAGE, Way, ways_to_others
from crossconnections.presenters.tables.texts import as_text
from crossconnections.presenters.tables.words import path_name
from crossconnections.queries.routes import Routes
from portal.times import Moment


@dataclass(frozen=True, slots=True)
class Hop:
    """An AS of a path; ``times`` it stands there on end, which is prepending where it is more than once."""

    asn: str
    times: int


@dataclass(frozen=True, slots=True)
class RouteCell:
    """What one path has of a network; without ``route``, ``missing`` says why."""

    route: RouteRow | None
    hops: tuple[Hop, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Line:
    """A network and what each path has of it."""

    network: str
    is_further: bool
    cells: tuple[RouteCell, RouteCell]


@dataclass(frozen=True, slots=True)
class RouteSide:
    """One path's table as a whole."""

    path: str
    name: str
    answered: Moment | None
    absence: Mark | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class RoutesCard:
    """What was found, and the part of it that is shown. ``has_any``: at least one path's table was read.

    ``has_weights``: there are weights to show; ``has_zeros_alone``: there are none but 0, which go without a column.
    """

    sides: tuple[RouteSide, ...]
    count: str
    q: str
    found: int
    page: int
    pages: int
    lines: tuple[Line, ...]
    has_weights: bool
    has_zeros_alone: bool
    is_waited_for: bool
    text: str
    ways: tuple[Way, ...]

    @property
    def has_any(self) -> bool:
        """Whether there is a table to look at."""
        return any(side.is_read for side in self.sides)

    @property
    def words(self) -> str:
        """Which lines of how many."""
        first = (self.page - 1) * LINES_ON_A_PAGE
        if not self.found:
            return "No network found"
        if self.pages == 1:
            return f"{self.found:,} {'line' if self.found == 1 else 'lines'}"
        return f"Lines {first + 1:,} to {first + len(self.lines):,} of {self.found:,}"


def show_routes(routes: Routes, reads: Sequence[TableRead], *, q: str, page: int, title: str) -> RoutesCard:
    """Of one peering: ``reads`` are those of its routes, the primary's first; ``page`` counts from one."""
    found = search_routes(routes.lines, q)
    pages = max(-(-len(found) // LINES_ON_A_PAGE), 1)
    page = min(max(page, 1), pages)
    has_weights = len(routes.weights) > 1 or any(routes.weights)
    shown = found[(page - 1) * LINES_ON_A_PAGE : page * LINES_ON_A_PAGE]
    return RoutesCard(
        sides=tuple(_side(read) for read in reads),
        count=", ".join(_count(read, routes) for read in reads),
        q=q,
        found=len(found),
        page=page,
        pages=pages,
        lines=tuple(_line(line, routes) for line in shown),
        has_weights=has_weights,
        has_zeros_alone=routes.weights == {0},
        is_waited_for=any(read.is_active for read in reads),
        text=_text(shown, title, has_weights=has_weights) if shown else "",
        ways=ways_to_others(reads[0].peering_type if reads else "", q, page, pages),
    )


def fold_path(path: str) -> tuple[Hop, ...]:
    """The AS path with repeats folded: ``65020 65020 65031`` is twice the one, once the other."""
    return tuple(Hop(asn, sum(1 for _ in same)) for asn, same in groupby(path.split()))


def routes_title(service_key: str, peering_type: str, number: int) -> str:
    """What stands above the copied text."""
    return f"Routes of {peering_name(peering_type)}, {service_key}, reading {number}"


def _side(read: TableRead) -> RouteSide:
    is_read = read.state == TableRead.State.SUCCEEDED
    return RouteSide(read.device_path, path_name(read.device_path), answered_at(read), absence_of(read), is_read)


def _count(read: TableRead, routes: Routes) -> str:
    is_primary = read.device_path == DevicePath.PRIMARY
    rows = routes.primary if is_primary else routes.secondary
    return f"{read.device_path} {'not read' if rows is None else f'{len(rows):,}'}"


def _line(line: RouteLine, routes: Routes) -> Line:
    first = _cell(line.primary, is_read=routes.primary is not None, is_further=line.is_further)
    second = _cell(line.secondary, is_read=routes.secondary is not None, is_further=line.is_further)
    return Line(line.text, line.is_further, (first, second))


def _cell(route: RouteRow | None, *, is_read: bool, is_further: bool) -> RouteCell:
    if route is not None:
        return RouteCell(route, fold_path(route.path), "")
    # A second line is there for the other path's second route: this one's stands above.
    missing = "" if is_further else "not received" if is_read else "not read"
    return RouteCell(None, (), missing)


def _text(lines: Sequence[RouteLine], title: str, *, has_weights: bool) -> str:
    names = ("next hop", "pref", "weight", "AS path") if has_weights else ("next hop", "pref", "AS path")
    heads = ["Network", *(f"{side} {name}" for side in ("Primary", "Secondary") for name in names)]
    rows = ((line.text, *_half(line.primary, has_weights), *_half(line.secondary, has_weights)) for line in lines)
    return as_text(title, heads, rows)


def _half(route: RouteRow | None, has_weights: bool) -> tuple[str, ...]:  # noqa: FBT001 - of this file alone
    weight = ("-" if route is None or route.weight is None else str(route.weight),) if has_weights else ()
    if route is None:
        return ("-", "-", *weight, "-")
    return (route.next_hop, route.loc_prf or "-", *weight, route.path)
