"""What would go down, in words: the reading that guards the end of a service."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from crossconnections.models import Snapshot
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import Mark
from crossconnections.queries.guards import GuardedPath

_READING = Mark("Being read", "s-run", "run")
_UP = Mark("Still up", "s-warn", "bad")
_DOWN = Mark("Nothing is up", "s-done", "ok")
_UNKNOWN = Mark("Unknown", "s-warn", "warn")


@dataclass(frozen=True, slots=True)
class PeeringGuard:
    """One peering: its name, and what is up of it in a sentence."""

    name: str
    mark: Mark
    sentence: str


@dataclass(frozen=True, slots=True)
class Guard:
    """All of it; ``number`` is the reading's, and ``is_open`` while it goes on."""

    is_open: bool
    number: int
    mark: Mark
    sentence: str
    peerings: tuple[PeeringGuard, ...]
    ended: int
    count: int


def show_guard(snapshot: Snapshot, paths: Sequence[GuardedPath], *, ended: int, count: int) -> Guard:
    """``ended`` of ``count`` reads have ended."""
    is_open = snapshot.finished_at is None
    peerings = tuple(_peering(name, list(own)) for name, own in groupby(paths, key=lambda one: one.peering))
    mark = _READING if is_open else _mark(paths)
    return Guard(is_open, snapshot.number, mark, _overall(paths, is_open=is_open), peerings, ended, count)


def _mark(paths: Sequence[GuardedPath]) -> Mark:
    states = {one.is_up for one in paths}
    if True in states:
        return _UP
    return _UNKNOWN if None in states or not states else _DOWN


def _overall(paths: Sequence[GuardedPath], *, is_open: bool) -> str:
    up = sum(one.is_up is True for one in paths)
    if up:
        return f"BGP is established on {_share(up, len(paths))}{_prefixes(paths)}: this takes {_it(up)} down."
    if is_open:
        return "The tables are being read, to know what this takes down."
    if any(one.is_up is None for one in paths) or not paths:
        return "Not all of it could be read, so whether something is up is unknown. Ask the customer."
    return "No session is up, so nothing goes down."


def _share(up: int, count: int) -> str:
    if up < count or count < 2:  # noqa: PLR2004 - a pair
        return f"{up} of {count} paths"
    return "both paths" if count == 2 else f"all {count} paths"  # noqa: PLR2004 - a pair


def _it(up: int) -> str:
    return "it" if up == 1 else "them"


def _peering(kind: str, paths: list[GuardedPath]) -> PeeringGuard:
    up = [one.path for one in paths if one.is_up]
    down = [one.path for one in paths if one.is_up is False]
    awaited = [one.path for one in paths if one.is_up is None and one.is_awaited]
    unknown = [one.path for one in paths if one.is_up is None and not one.is_awaited]
    told = [
        f"BGP established on {_paths(up)}{_prefixes(paths)}" if up else "",
        f"no session on {_paths(down)}" if down else "",
        f"{_paths(awaited)} {_are(awaited)} being read" if awaited else "",
        f"unknown on {_paths(unknown)}, which could not be read" if unknown else "",
    ]
    sentence = ", ".join(filter(None, told))
    mark = _READING if awaited else _mark(paths)
    return PeeringGuard(peering_name(kind), mark, f"{sentence[:1].upper()}{sentence[1:]}.")


def _paths(names: list[str]) -> str:
    return "both paths" if len(names) > 1 else f"the {names[0]} path"


def _are(names: list[str]) -> str:
    return "are" if len(names) > 1 else "is"


def _prefixes(paths: Sequence[GuardedPath]) -> str:
    """The largest number, since both paths bring the same where all is well."""
    counts = [one.prefixes for one in paths if one.is_up and one.prefixes is not None]
    if not counts:
        return ""
    return f", {max(counts):,} prefix{'es' * (max(counts) != 1)}"
