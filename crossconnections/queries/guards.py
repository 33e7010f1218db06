"""What a reading tells of what is up: for whoever is about to take a circuit out of service."""

from collections.abc import Iterable
from dataclasses import dataclass

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.legs import Leg, legs_of
from crossconnections.enums import DevicePath
from crossconnections.models import Snapshot
from crossconnections.queries.diagnosis import load_case
from crossconnections.queries.snapshots import without_routes


@dataclass(frozen=True, slots=True)
class GuardedPath:
    """One path of one peering by its summary: ``is_up`` None where nobody can tell, ``is_awaited`` while it is read."""

    peering: str
    path: str
    is_up: bool | None
    is_awaited: bool
    prefixes: int | None


def list_guarded_paths(snapshot: Snapshot, *, also: Iterable[str] = (), only: str = "") -> list[GuardedPath]:
    """Each path of each peering that was read, whatever state the circuit is in by what is configured.

    ``also`` are peerings that came since: nothing is known of them. ``only`` is a type that the others are left out
    for.
    """
    case = load_case(without_routes(snapshot))
    peerings = [one for one in case.peerings if only in {"", one.peering_type}]
    known = [_path(leg) for peering in peerings for leg in legs_of(case, peering)]
    return known + [
        GuardedPath(kind, path, is_up=None, is_awaited=False, prefixes=None)
        for kind in sorted(also)
        for path in DevicePath
    ]


def _path(leg: Leg) -> GuardedPath:
    is_awaited = leg.tables.summary.absence == Absence.AWAITED
    return GuardedPath(leg.peering.peering_type, leg.path, leg.is_up, is_awaited, leg.prefixes)
