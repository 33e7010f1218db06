"""Whether an address is routed, in a sentence for each path and one for both, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.examination import examine_match
from crossconnections.diagnosis.findings import Finding
from crossconnections.diagnosis.match import Coverage, Match, PathMatch, find_match
from crossconnections.diagnosis.sides import Side
from crossconnections.diagnosis.targets import NoTarget, TargetFault, parse_targets, words_of
from crossconnections.diagnosis.ways import Directions, Ways, find_ways
from crossconnections.enums import DevicePath
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.findings import OWNERS, show_finding
from crossconnections.presenters.tables.words import path_name
from crossconnections.queries.routes import Routes

_FAULTS = {
    TargetFault.TOO_MANY: "Type one address, or two to see both directions.",
    TargetFault.TWO_FAMILIES: "One is IPv4 and the other IPv6: they never talk to each other.",
}


@dataclass(frozen=True, slots=True)
class MatchSide:
    """What one path has for one address: ``network`` by ``hops``, and the rest in words."""

    path: str
    name: str
    target: str
    mark: Mark | None
    network: str
    hops: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class MatchCard:
    """``hits`` are the networks whose lines are the answer; ``fault`` says why there is none."""

    sides: tuple[MatchSide, ...] = ()
    sentence: str = ""
    next_step: str = ""
    whose: str = ""
    hits: frozenset[Network] = frozenset()
    fault: str = ""


def show_match(find: str, routes: Routes, case: Case, peering_type: str, down: Sequence[str]) -> MatchCard | None:
    """None where the text asks for no address: then it is only searched for. ``down`` are the paths that are down."""
    targets = parse_targets(find)
    if isinstance(targets, NoTarget):
        return MatchCard(fault=_FAULTS[targets.fault]) if targets.fault in _FAULTS else None
    read = {"is_primary_read": routes.primary is not None, "is_secondary_read": routes.secondary is not None}
    names = words_of(find)
    if len(targets) == 1:
        peering = case.peering(peering_type) or Peering(peering_type)
        return _one(find_match(routes.lines, targets[0], **read), names[0], case, peering, down)
    return _two(find_ways(routes.lines, targets[0], targets[1], **read), names)


def _one(match: Match, name: str, case: Case, peering: Peering, down: Sequence[str]) -> MatchCard:
    found = examine_match(case, peering, match, target=name)
    notes = [_more_specific(match), _default_only(match)]
    return MatchCard(
        sides=tuple(_side(name, path, one) for path, one in _paths(match)),
        sentence=" ".join(filter(None, [_sentence(match, found, name), *notes])),
        next_step=_next_step(found, down),
        whose=OWNERS[found.owner] if found and not down else "",
        hits=_hits(match),
    )


def _next_step(found: Finding | None, down: Sequence[str]) -> str:
    """Where a path is down, that comes first, whatever its table lacks."""
    if down:
        return f"The {' and the '.join(down)} path {'is' if len(down) == 1 else 'are'} down: see the findings first."
    return show_finding(found).next_step if found else ""


def _two(ways: Ways, names: Sequence[str]) -> MatchCard:
    matches = (ways.first, ways.second)
    said = (f"{path_name(path)}: {_DIRECTIONS[one](*names)}." for path, one in zip(DevicePath, ways[2:], strict=True))
    return MatchCard(
        sides=tuple(
            _side(name, path, one)
            for path in DevicePath
            for match, name in zip(matches, names, strict=True)
            for at, one in _paths(match)
            if at == path
        ),
        sentence=" ".join(said),
        hits=_hits(ways.first) | _hits(ways.second),
    )


def _paths(match: Match) -> tuple[tuple[DevicePath, PathMatch], ...]:
    return (DevicePath.PRIMARY, match.primary), (DevicePath.SECONDARY, match.secondary)


def _hits(match: Match) -> frozenset[Network]:
    return frozenset(one.network for _, one in _paths(match) if one.network is not None)


def _side(name: str, path: str, one: PathMatch) -> MatchSide:
    return MatchSide(
        path=path,
        name=path_name(path),
        target=name,
        mark=_MARKS.get(one.coverage),
        network=one.routes[0].network if one.routes else "",
        hops=tuple(dict.fromkeys(row.next_hop for row in one.routes)),
        words=_WORDS[one.coverage](one),
    )


_MARKS = {
    Coverage.NONE: Mark("no route", "s-fail", "bad"),
    Coverage.PARTLY: Mark("a part of it only", "s-warn", "warn"),
    Coverage.IN_PARTS: Mark("by smaller networks", "s-warn", "warn"),
    Coverage.UNKNOWN: Mark("routes not read", "s-idle"),
}


def _whole(one: PathMatch) -> str:
    where = "to a virtual network" if one.side is Side.AZURE else ""
    default = "by the default route alone" if one.is_default else ""
    return ", ".join(filter(None, [where, default, _back(one)]))


def _back(one: PathMatch) -> str:
    if one.is_answered is False:
        return "and nothing is announced the other way"
    if one.side is not Side.CUSTOMER:
        return ""
    return f"{one.azure_networks:,} {'network' if one.azure_networks == 1 else 'networks'} of Azure's the other way"


def _parts(one: PathMatch) -> str:
    return f"{one.networks_inside:,} smaller {'network' if one.networks_inside == 1 else 'networks'} in it"


_WORDS: dict[Coverage, Callable[[PathMatch], str]] = {
    Coverage.WHOLE: _whole,
    Coverage.IN_PARTS: _parts,
    Coverage.PARTLY: _parts,
    Coverage.NONE: lambda _: "",
    Coverage.UNKNOWN: lambda _: "",
}


def _without_a_verdict(match: Match, name: str) -> str:
    coverages = {match.primary.coverage, match.secondary.coverage}
    if Coverage.UNKNOWN in coverages:
        return f"Whether {name} is routed cannot be said: a table was not read."
    if coverages <= {Coverage.IN_PARTS, Coverage.WHOLE}:
        return f"{name} is routed, by smaller networks that together cover it."
    return f"Only a part of {name} is routed on one of the paths or both."


def _sentence(match: Match, found: Finding | None, name: str) -> str:
    if found is None:
        return _without_a_verdict(match, name)
    shown = show_finding(found)
    return f"{shown.full_claim}. {shown.why}"


def _more_specific(match: Match) -> str:
    path = match.more_specific_on
    return f"The {path} path has the more specific route, so traffic goes there." if path else ""


def _default_only(match: Match) -> str:
    path = match.default_only_on
    return f"The {path} path has nothing for it but its default route." if path else ""


_DIRECTIONS: dict[Directions, Callable[[str, str], str]] = {
    Directions.BOTH: lambda one, other: f"there are routes in both directions between {one} and {other}",
    Directions.FIRST_ONLY: lambda one, other: f"there is a route to {one} and none to {other}",
    Directions.SECOND_ONLY: lambda one, other: f"there is a route to {other} and none to {one}",
    Directions.NEITHER: lambda one, other: f"there is no route to {one} and none to {other}",
    Directions.SAME_SIDE: lambda one, other: f"{one} and {other} are on the same side: nothing is carried between them",
    Directions.UNKNOWN: lambda one, other: f"whether {one} and {other} reach each other cannot be said",
}
