"""What is different since another reading, in sentences; and the readings that one may compare with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.changes import Change, Changes
from crossconnections.diagnosis.route_lines import RouteLine
from crossconnections.diagnosis.since import Moved, PathSince, Since
from crossconnections.models import Snapshot
from crossconnections.presenters.history import field_name, field_words
from crossconnections.presenters.tables.read_words import seconds_in_words
from crossconnections.presenters.tables.words import path_name
from portal.times import Moment, ago

_NOUNS: dict[Change, str] = {
    Change.ADDED: "new",
    Change.GONE: "gone",
    Change.PATH_LONGER: "with a longer AS path",
    Change.PATH_SHORTER: "with a shorter AS path",
    Change.OTHER_PATH: "with another AS path",
    Change.OTHER_NEXT_HOP: "by another next hop",
    Change.OTHER_PREFERENCE: "with another preference",
    Change.OTHER_WEIGHT: "with another weight",
}


@dataclass(frozen=True, slots=True)
class SinceLine:
    """A path, or "" for what was configured, and what is different."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinceCard:
    """``number`` and ``asked`` are those of the reading compared with."""

    number: int
    asked: Moment
    lines: tuple[SinceLine, ...]


@dataclass(frozen=True, slots=True)
class Comparable:
    """A reading to compare with."""

    number: int
    words: str
    is_chosen: bool


def show_since(since: Since, before: Snapshot, *, now: datetime) -> SinceCard:
    """Each path in its sentences; what is as it was says so."""
    paths = [SinceLine(path_name(one.path), tuple(_path(one)) or ("no difference",)) for one in since.paths]
    moved = [SinceLine("", tuple(_moved(one) for one in since.configuration))] if since.configuration else []
    return SinceCard(before.number, ago(before.asked_at, now=now), (*moved, *paths))


def list_comparable(readings: Iterable[Snapshot], of: Snapshot, chosen: int, *, now: datetime) -> list[Comparable]:
    """The earlier ones among the readings, the newest first; the chosen one too, if it is older than all of them."""
    earlier = [one for one in readings if one.number < of.number]
    shown = [Comparable(one.number, _words(one, now), one.number == chosen) for one in earlier]
    if chosen and not any(one.is_chosen for one in shown):
        shown.append(Comparable(chosen, f"Reading {chosen}", is_chosen=True))
    return shown


def gone_lines(since: Since, present: Iterable[Network]) -> list[RouteLine]:
    """Networks that no path has any more, as lines without a route."""
    there = set(present)
    changes = [change for one in since.paths if one.routes for change in one.routes.networks]
    texts = {change.network: change.text for change in changes if change.network not in there}
    return [RouteLine(text, network, None, None, is_further=False) for network, text in texts.items()]


def _words(one: Snapshot, now: datetime) -> str:
    return f"Reading {one.number}, {ago(one.asked_at, now=now).words}"


def _path(one: PathSince) -> list[str]:
    return [*_session(one), *_prefixes(one), *_macs(one), *_routes(one.routes)]


def _session(one: PathSince) -> list[str]:
    if one.away is not None:
        return [f"BGP was away in between; it is up again for {seconds_in_words(one.away)}"]
    if one.is_up is None:
        return ["whether BGP was up is not known of both"]
    before, now = one.is_up
    return [] if before == now else ["BGP is up again" if now else "BGP has gone down"]


def _prefixes(one: PathSince) -> list[str]:
    if one.prefixes is None or one.prefixes[0] == one.prefixes[1]:
        return []
    before, now = one.prefixes
    return [f"{now:,} {'prefix' if now == 1 else 'prefixes'} received, {before:,} before"]


def _macs(one: PathSince) -> list[str]:
    if one.macs is None or one.macs[0] == one.macs[1]:
        return []
    before, now = (", ".join(macs) or "none" for macs in one.macs)
    return [f"MAC address of the edge router {now}, {before} before"]


def _routes(changes: Changes | None) -> list[str]:
    if changes is None:
        return ["routes were not read both times"]
    said = [f"{count:,} {noun}" for kind, noun in _NOUNS.items() if (count := changes.counts.get(kind, 0))]
    return [f"networks: {_list(said)}"] if said else []


def _list(said: Sequence[str]) -> str:
    return ", ".join(said)


def _moved(one: Moved) -> str:
    before, after = field_words(one.field, one.before), field_words(one.field, one.after)
    return f"{field_name(one.field)}: {after}, {before} before"
