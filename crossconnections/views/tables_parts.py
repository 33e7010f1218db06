"""What a page of a reading shows of it, as it stands in the address, and what has to be asked for that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.http import QueryDict

from crossconnections.diagnosis.since import Since
from crossconnections.enums import DevicePath, PeeringType, Table
from crossconnections.models import CrossConnection, Snapshot, TableRead
from crossconnections.presenters.tables.choices import ALL, SHOWS, SINCE, Choice
from crossconnections.presenters.tables.estimates import usual_span
from crossconnections.presenters.tables.lanes import Lane, LastGood, show_lanes
from crossconnections.presenters.tables.matches import show_match
from crossconnections.presenters.tables.paging import MOST_PAGES
from crossconnections.presenters.tables.routes import RoutesAsked, RoutesCard, routes_title, show_routes
from crossconnections.presenters.tables.since import gone_lines
from crossconnections.queries import snapshots
from crossconnections.queries.diagnosis import configured_case
from crossconnections.queries.routes import load_routes
from crossconnections.views.http import read_number
from portal.http import read_text
from portal.times import ago

LONGEST_SEARCH = 200
_ORDER = [str(one) for one in PeeringType]
_WITHOUT_ROWS = {TableRead.State.FAILED, TableRead.State.CANCELED}


def read_choice(values: QueryDict, of: Snapshot, reads: Sequence[TableRead]) -> Choice:
    """What is asked for of these reads; the first peering, for one that is not among them."""
    peerings = sorted({read.peering_type for read in reads}, key=_place_in_order)
    asked, show = values.get("peering", ""), values.get("show", "")
    number = read_number(values, "compare", most=of.number)
    before = number if number < of.number else 0
    return Choice(
        peerings=peerings,
        peering=asked if asked in peerings else next(iter(peerings), ""),
        find=read_text(values, "find")[:LONGEST_SEARCH],
        show=show if show in SHOWS and (show != SINCE or before) else ALL,
        compare=before,
        page=read_number(values, "page", most=MOST_PAGES) or 1,
    )


def gather_lanes(of: Snapshot, reads: Sequence[TableRead], *, now: datetime) -> list[Lane]:
    """Both paths of one peering; in one query, in two where a table failed or was stopped."""
    rows = snapshots.load_rows(read for read in reads if read.table != Table.ROUTES)
    missing = [read for read in reads if read.state in _WITHOUT_ROWS]
    found = snapshots.list_last_good(of, missing)
    last = {key: LastGood(one.number, ago(one.answered_at, now=now)) for key, one in found.items()}
    return show_lanes(of, reads, rows, last)


def gather_routes(
    of: Snapshot, reads: Sequence[TableRead], choice: Choice, since: Since | None, down: Sequence[str]
) -> RoutesCard:
    """The routes of one peering, as far as they are asked for; in one query, or none. ``down`` are paths."""
    by_path = {read.device_path: read for read in reads if read.table == Table.ROUTES}
    merged = load_routes(*(by_path.get(path) for path in DevicePath))
    asked = RoutesAsked(
        routes=merged,
        reads=list(by_path.values()),
        choice=choice,
        title=routes_title(of.cross_connection.service_key, choice.peering, of.number),
        match=show_match(choice.find, merged, configured_case(of), choice.peering, down),
    )
    if since is not None:
        asked = replace(
            asked, changed=since.kinds, gone=gone_lines(since, merged.differences), since=f"reading {choice.compare}"
        )
    return show_routes(asked)


def gather_usual(reads: Sequence[TableRead]) -> dict[str, str]:
    """How long the reads that go on usually take, by their table; in a query for each table."""
    active = {(read.table, read.peering_location) for read in reads if read.is_active}
    return {table: usual_span(snapshots.list_durations(location, table)) for table, location in sorted(active)}


def gather_usual_of_routes(row: CrossConnection) -> str:
    """How long the routes usually take at the place of one that has no reading yet; in one query."""
    return usual_span(snapshots.list_durations(row.peering_location, Table.ROUTES))


def _place_in_order(peering_type: str) -> tuple[int, str]:
    return (_ORDER.index(peering_type) if peering_type in _ORDER else len(_ORDER), peering_type)
