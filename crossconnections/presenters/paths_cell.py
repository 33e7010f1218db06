"""The last known state of both paths in a row of the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.enums import DevicePath
from crossconnections.models import CrossConnection, LastKnown, Peering
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.freshness import STALE
from crossconnections.presenters.last_known import Known, Wire, all_found, in_service, known_of, wire_of
from portal.times import Moment, age, ago


@dataclass(frozen=True, slots=True)
class PathsCell:
    """A line for each path, as bad as the worst of its peerings, and all of it in words.

    ``read`` is the oldest age among what is shown.
    """

    primary: Wire
    secondary: Wire
    words: str
    read: Moment


def show_paths(row: CrossConnection, peerings: Iterable[Peering], *, now: datetime) -> PathsCell | None:
    """Of a row that comes with what was last known of it; None where nothing was ever read."""
    if not row.known_paths:
        return None
    served, known = in_service(row, peerings), known_of(row)
    found = all_found(served, known)
    if not found:
        return None
    return PathsCell(
        primary=_worst(served, known, DevicePath.PRIMARY),
        secondary=_worst(served, known, DevicePath.SECONDARY),
        words=_in_words(served, known, now),
        read=age(min(one.read_at for one in found), now=now),
    )


def _worst(served: Iterable[Peering], known: Known, path: str) -> Wire:
    wires = {wire_of(known.get((peering.peering_type, path))) for peering in served}
    return next(wire for wire in (Wire.DOWN, Wire.UNKNOWN, Wire.UP) if wire in wires)


def _in_words(served: Sequence[Peering], known: Known, now: datetime) -> str:
    """``Primary up, secondary down, read 12 min ago``; what differs between peerings or in age is said apart."""
    times = [one.read_at for one in all_found(served, known)]
    # The tables of one reading come one after another: that is no difference in age.
    of_one_age = ago(min(times), now=now).words if max(times) - min(times) < STALE else ""
    told = [_of_peering(one, known, None if of_one_age else now) for one in served]
    if len(set(told)) > 1:
        told = [f"{short_peering_name(one.peering_type)} {words}" for one, words in zip(served, told, strict=True)]
    words = "; ".join(dict.fromkeys(told))
    return f"{words[:1].upper()}{words[1:]}{f', read {of_one_age}' if of_one_age else ''}"


def _of_peering(peering: Peering, known: Known, now: datetime | None) -> str:
    """``primary up, secondary down``, each with its age where there is a ``now``."""
    return ", ".join(_of_path(path, known.get((peering.peering_type, path)), now) for path in DevicePath)


def _of_path(path: str, one: LastKnown | None, now: datetime | None) -> str:
    if one is None:
        return f"{path} not read"
    return f"{path} {one.state}{f' {ago(one.read_at, now=now).words}' if now else ''}"
