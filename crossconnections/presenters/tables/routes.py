"""The routes of both paths as one table, a hundred lines at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from crossconnections.addressing.networks import Network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.changes import Change
from crossconnections.diagnosis.route_lines import RouteLine, search_routes
from crossconnections.enums import DevicePath
from crossconnections.models import TableRead
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.choices import ALL, DIFFERENCES, SHOWS, SINCE, Choice
from crossconnections.presenters.tables.differences import change_marks, difference_mark
from crossconnections.presenters.tables.lanes import absence_of, answered_at
from crossconnections.presenters.tables.matches import MatchCard
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
    """A network and what each path has of it. ``marks``: what changed, then what both paths make of it.

    ``is_hit``: it is the answer to what was asked for. ``is_gone``: it was there in the reading compared with.
    """

    network: str
    is_further: bool
    cells: tuple[RouteCell, RouteCell]
    marks: tuple[Mark, ...]
    is_hit: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class RouteSide:
    """One path's table as a whole."""

    path: str
    name: str
    answered: Moment | None
    absence: Mark | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class Show:
    """A way to see only some of the lines; ``count`` is in words."""

    words: str
    count: str
    query: str
    is_chosen: bool
    key: str


@dataclass(frozen=True, slots=True)
class RoutesCard:
    """What was found, and the part of it that is shown. ``has_any``: at least one path's table was read.

    ``has_weights``: there are weights to show; ``has_zeros_alone``: there are none but 0, which go without a column.
    """

    sides: tuple[RouteSide, ...]
    count: str
    find: str
    show: str
    shows: tuple[Show, ...]
    match: MatchCard | None
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


@dataclass(frozen=True, slots=True)
class RoutesAsked:
    """The routes of one peering and what is asked of them. ``changed`` is what is different since ``since``, if any."""

    routes: Routes
    reads: Sequence[TableRead]
    choice: Choice
    title: str
    match: MatchCard | None = None
    changed: Mapping[Network, Mapping[str, Sequence[Change]]] = field(default_factory=dict)
    gone: Sequence[RouteLine] = ()
    since: str = ""


def show_routes(asked: RoutesAsked) -> RoutesCard:
    """``reads`` are those of the routes, the primary's first; the page that is chosen counts from one."""
    routes, choice = asked.routes, asked.choice
    lines = sorted([*routes.lines, *asked.gone], key=lambda line: line.network) if asked.gone else routes.lines
    by_show = {show: _lines_of(show, lines, asked) for show in SHOWS}
    found = _in_order(search_routes(by_show[choice.show], choice.find), asked.match)
    pages = max(-(-len(found) // LINES_ON_A_PAGE), 1)
    page = min(max(choice.page, 1), pages)
    has_weights = len(routes.weights) > 1 or any(routes.weights)
    shown = found[(page - 1) * LINES_ON_A_PAGE : page * LINES_ON_A_PAGE]
    return RoutesCard(
        sides=tuple(_side(read) for read in asked.reads),
        count=", ".join(_count(read, routes) for read in asked.reads),
        find=choice.find,
        show=choice.show,
        shows=_shows(by_show, asked),
        match=asked.match,
        found=len(found),
        page=page,
        pages=pages,
        lines=tuple(_line(line, asked) for line in shown),
        has_weights=has_weights,
        has_zeros_alone=routes.weights == {0},
        is_waited_for=any(read.is_active for read in asked.reads),
        text=_text(shown, asked.title, has_weights=has_weights) if shown else "",
        ways=ways_to_others(page, pages, lambda to: choice.query_with(page=to)),
    )


def _lines_of(show: str, lines: Sequence[RouteLine], asked: RoutesAsked) -> Sequence[RouteLine]:
    if show == DIFFERENCES:
        return asked.routes.different
    if show == SINCE:
        return [line for line in lines if line.network in asked.changed] if asked.changed else ()
    return lines


def _in_order(found: Sequence[RouteLine], match: MatchCard | None) -> Sequence[RouteLine]:
    """What is asked for stands first."""
    hits = match.hits if match else frozenset()
    return sorted(found, key=lambda line: line.network not in hits) if hits else found


def _shows(by_show: Mapping[str, Sequence[RouteLine]], asked: RoutesAsked) -> tuple[Show, ...]:
    words = {ALL: "All", DIFFERENCES: "Primary \N{NOT EQUAL TO} secondary", SINCE: f"Since {asked.since}"}
    offered = [show for show in SHOWS if show != SINCE or asked.since]
    return tuple(
        Show(
            words[show],
            f"{len(by_show[show]):,}",
            asked.choice.query_with(show=show),
            show == asked.choice.show,
            show or "all",
        )
        for show in offered
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


def _line(line: RouteLine, asked: RoutesAsked) -> Line:
    routes = asked.routes
    first = _cell(line.primary, is_read=routes.primary is not None, is_further=line.is_further)
    second = _cell(line.secondary, is_read=routes.secondary is not None, is_further=line.is_further)
    is_gone = line.primary is line.secondary is None
    difference = None if is_gone else difference_mark(routes.differences.get(line.network))
    changes = change_marks(asked.changed.get(line.network, {}))
    marks = () if line.is_further else (*changes, *((difference,) if difference else ()))
    is_hit = asked.match is not None and line.network in asked.match.hits
    return Line(line.text, line.is_further, (first, second), marks, is_hit, is_gone)


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
