"""What was last known of the paths, in words and as lines. What nobody has read is never up, and never down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from crossconnections.enums import DevicePath, PeeringState, ProviderProvisioningState
from crossconnections.models import CrossConnection, LastKnown, Peering
from crossconnections.presenters.freshness import STALE
from crossconnections.presenters.states import Mark
from portal.times import Moment, ago


class Wire(StrEnum):
    """How a link is drawn for one peering, and its class in the style sheet.

    UP and DOWN are claims about sessions: only what a reading knew may make them. WAS_UP is an old one: as solid, not
    as green.
    """

    UP = "up"
    WAS_UP = "was"
    DOWN = "down"
    UNKNOWN = "un"
    NOT_SET_UP = "wait"


Known: TypeAlias = Mapping[tuple[str, str], LastKnown]
"""By peering type and path; what is missing is unknown."""

_WIRES: dict[str, Wire] = {LastKnown.State.UP: Wire.UP, LastKnown.State.DOWN: Wire.DOWN}
_NOT_READ = Mark("Not read", "s-idle")


class Session(NamedTuple):
    """One peering on one link in the picture: ``word`` stands in the drawing, ``more`` in its text alone."""

    wire: Wire
    word: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class KnownCell:
    """One path in a peering's table; ``number`` is the reading that says why, 0 where there is none to show."""

    mark: Mark
    number: int


@dataclass(frozen=True, slots=True)
class KnownAge:
    """How old what is shown of the paths is: the oldest of it."""

    mark: Mark
    read: Moment


def known_of(row: CrossConnection) -> Known:
    """Of a row that comes with what was last known of it."""
    return {(one.peering_type, one.device_path): one for one in row.known_paths}


def in_service(row: CrossConnection, peerings: Iterable[Peering]) -> list[Peering]:
    """Those whose links can be up or down: switched on, of a circuit that is provisioned."""
    if row.gone_at is not None or row.provider_provisioning_state != ProviderProvisioningState.PROVISIONED:
        return []
    return [one for one in peerings if one.state == PeeringState.ENABLED]


def all_found(served: Iterable[Peering], known: Known) -> list[LastKnown]:
    """What is known of these peerings."""
    keys = [(peering.peering_type, path) for peering in served for path in DevicePath]
    return [known[key] for key in keys if key in known]


def wire_of(one: LastKnown | None) -> Wire:
    """Its line."""
    return _WIRES[one.state] if one else Wire.UNKNOWN


def show_sessions(row: CrossConnection, *, now: datetime) -> dict[tuple[str, str], Session]:
    """For the picture of the path."""
    return {
        key: Session(_drawn(one, now), f"{one.state}, {ago(one.read_at, now=now).words}", _prefixes(one))
        for key, one in known_of(row).items()
    }


def show_known(one: LastKnown | None, *, now: datetime) -> KnownCell:
    """``Up, 38 prefixes, 12 min ago``; what is older than a quarter of an hour warns."""
    if one is None:
        return KnownCell(_NOT_READ, 0)
    words = ", ".join(filter(None, [one.state.capitalize(), _prefixes(one), ago(one.read_at, now=now).words]))
    if one.state == LastKnown.State.DOWN:
        return KnownCell(Mark(words, "s-fail", "bad"), one.number)
    return KnownCell(Mark(words, "clock", "warn") if _is_stale(one, now) else Mark(words, "s-done", "ok"), one.number)


def show_age(row: CrossConnection, *, now: datetime) -> KnownAge | None:
    """Of all that is shown of a row's paths; None where nothing was ever read."""
    served = in_service(row, row.peerings.all())
    found = all_found(served, known_of(row))
    if not found:
        return None
    oldest = min(one.read_at for one in found)
    words = "Sessions read" if len(found) == len(served) * len(DevicePath) else "Sessions read in part"
    mark = Mark(words, "clock", "warn") if now - oldest >= STALE else Mark(words, "check", "ok")
    return KnownAge(mark, ago(oldest, now=now))


def _drawn(one: LastKnown, now: datetime) -> Wire:
    wire = wire_of(one)
    return Wire.WAS_UP if wire == Wire.UP and _is_stale(one, now) else wire


def _is_stale(one: LastKnown, now: datetime) -> bool:
    return now - one.read_at >= STALE


def _prefixes(one: LastKnown) -> str:
    if one.state != LastKnown.State.UP or one.prefixes is None:
        return ""
    return f"{one.prefixes:,} {'prefix' if one.prefixes == 1 else 'prefixes'}"
