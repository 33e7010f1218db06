"""How a path is, in one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.durations import parse_up_down
from crossconnections.diagnosis.findings import Finding, Severity
from crossconnections.diagnosis.legs import Leg
from crossconnections.enums import Table


class PathState(StrEnum):
    """UP: a session stands and brings routes. DOWN: the path carries nothing. UNKNOWN is neither, and never fine."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one peering on one path. ``cause`` is why it is down.

    ``unread`` are the tables that have no answer and get none, ``awaited`` those whose answer may still come.
    ``prefixes`` are those of all its sessions, ``up_for`` the youngest session's age. ``families_down`` are the IP
    versions that carry nothing beside one that does, ``families_unknown`` those of which the summary lists no session.
    """

    peering: str
    path: str
    state: PathState
    cause: Finding | None
    prefixes: int | None
    up_for: timedelta | None
    unread: tuple[str, ...]
    awaited: tuple[str, ...]
    worst: Severity | None
    families_down: tuple[int, ...] = ()
    families_unknown: tuple[int, ...] = ()

    @property
    def is_fine(self) -> bool:
        """It is up, all of it was read, and nothing has to be looked at."""
        is_whole = not (self.unread or self.awaited or self.families_down or self.families_unknown)
        return self.state == PathState.UP and is_whole and self.worst in {None, Severity.INFO}


def judge(leg: Leg, findings: Iterable[Finding]) -> Verdict:
    """``findings`` are all that hold, worst first; those of both paths count for neither."""
    own = [one for one in findings if one.peering in {"", leg.peering.peering_type} and one.path in {None, leg.path}]
    cause = min((one for one in own if one.ends), key=lambda one: (one.layer, one.rank), default=None)
    of_path = [one for one in own if one.path == leg.path or one.ends]
    families = {link.version: _carries(leg, link.version) for link in leg.links} if leg.is_up else {}
    return Verdict(
        peering=leg.peering.peering_type,
        path=leg.path,
        state=_state(leg, cause),
        cause=cause,
        prefixes=leg.prefixes,
        up_for=_up_for(leg),
        unread=tuple(table for table, absence in _tables(leg) if absence not in {None, Absence.AWAITED}),
        awaited=tuple(table for table, absence in _tables(leg) if absence == Absence.AWAITED),
        worst=of_path[0].severity if of_path else None,
        families_down=tuple(version for version, is_up in families.items() if is_up is False),
        families_unknown=tuple(version for version, is_up in families.items() if is_up is None),
    )


def _carries(leg: Leg, version: int) -> bool | None:
    """Whether a family's session stands, and brings something where it tells a number."""
    is_up = leg.is_family_up(version)
    counts = [one.session.prefixes for one in leg.own_sessions if one.version == version and one.session.is_up]
    return False if is_up and counts and all(count == 0 for count in counts) else is_up


def _state(leg: Leg, cause: Finding | None) -> PathState:
    if cause is not None:
        return PathState.DOWN
    if leg.is_up:
        return PathState.UP
    return PathState.AWAITED if leg.tables.summary.absence == Absence.AWAITED else PathState.UNKNOWN


def _up_for(leg: Leg) -> timedelta | None:
    ages = (parse_up_down(one.row.up_down) for one in leg.own_sessions if one.session.is_up)
    return min((age for age in ages if age is not None), default=None)


def _tables(leg: Leg) -> list[tuple[Table, Absence | None]]:
    tables = leg.tables
    return [
        (Table.ARP, tables.arp.absence),
        (Table.ROUTES_SUMMARY, tables.summary.absence),
        (Table.ROUTES, tables.routes.absence),
    ]
