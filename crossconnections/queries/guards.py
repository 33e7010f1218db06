"""What a reading tells of what is up: for whoever is about to take a circuit out of service."""

from dataclasses import dataclass

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.legs import Leg, legs_of
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


def list_guarded_paths(snapshot: Snapshot) -> list[GuardedPath]:
    """Each path of each peering that was read, whatever state the circuit is in by what is configured."""
    case = load_case(without_routes(snapshot))
    return [_path(leg) for peering in case.peerings for leg in legs_of(case, peering)]


def _path(leg: Leg) -> GuardedPath:
    is_awaited = leg.tables.summary.absence == Absence.AWAITED
    return GuardedPath(leg.peering.peering_type, leg.path, leg.is_up, is_awaited, leg.prefixes)
