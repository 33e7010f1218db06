"""How a peering is in one sentence, and each of its paths in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.diagnosis.findings import Severity
from crossconnections.diagnosis.verdicts import PathState, Verdict
from crossconnections.enums import Table
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.findings import show_finding
from crossconnections.presenters.tables.words import TABLE_NAMES, path_name
from portal.times import span_in_words

_UP, _DOWN, _UNKNOWN, _AWAITED = PathState
_TO_CHECK = {Severity.CRITICAL, Severity.HIGH, Severity.WARNING}


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """One path: ``mark`` is a word for its head, ``sentence`` says it without the path's name."""

    path: str
    name: str
    mark: Mark
    sentence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The peering as a whole, and its paths."""

    mark: Mark
    sentence: str
    paths: tuple[ShownVerdict, ...]


def summarize(diagnosis: Diagnosis) -> Summary:
    """Of one peering."""
    verdicts = diagnosis.verdicts
    return Summary(
        mark=_overall_mark(diagnosis),
        sentence=overall_sentence(verdicts),
        paths=tuple(show_verdict(one) for one in verdicts),
    )


def show_verdict(one: Verdict) -> ShownVerdict:
    """A path in words."""
    return ShownVerdict(one.path, path_name(one.path), mark_of(one), _SENTENCES[one.state](one))


def overall_sentence(verdicts: Sequence[Verdict]) -> str:
    """Whether the service works, and on what."""
    up, down = _names(verdicts, _UP), _names(verdicts, _DOWN)
    if not verdicts:
        return "Nothing is known of this peering."
    open_ones = [one for one in verdicts if one.state in {_UNKNOWN, _AWAITED}]
    if not open_ones:
        return _known(up, down) if not any(one.families_down for one in verdicts) else _in_part(verdicts)
    said = [f"the {name} path works" for name in up] + [f"the {name} path is down" for name in down]
    rest = " and ".join(f"the {one.path}" for one in open_ones)
    if any(one.state == _AWAITED for one in open_ones):
        return _sentence([*said, f"{rest} {'is' if len(open_ones) == 1 else 'are'} still being read"])
    return _sentence([*said, f"nothing is known of {rest}"])


def mark_of(one: Verdict) -> Mark:
    """Green only where nothing is left to ask."""
    if one.state != _UP:
        return _MARKS[one.state]
    if one.families_down:
        return Mark("Partly up", "s-fail", "bad")
    if one.awaited and not one.unread and one.worst in {None, Severity.INFO}:
        return Mark("Up so far", "s-run", "run")
    return Mark("Up", "s-done", "ok") if one.is_fine else Mark("Up, to check", "s-warn", "warn")


_MARKS = {
    _DOWN: Mark("Down", "s-fail", "bad"),
    _UNKNOWN: Mark("Unknown", "s-idle", ""),
    _AWAITED: Mark("Being read", "s-run", "run"),
}


def _overall_mark(diagnosis: Diagnosis) -> Mark:
    states = {one.state for one in diagnosis.verdicts}
    if _DOWN in states:
        return Mark(_word_of_a_failure(states), "s-fail", "bad")
    if any(one.families_down for one in diagnosis.verdicts):
        return Mark("In service in part", "s-fail", "bad")
    if states - {_UP} or not states:
        return _MARKS[_AWAITED if _AWAITED in states else _UNKNOWN]
    if _has_to_check(diagnosis) or any(one.unread for one in diagnosis.verdicts):
        return Mark("In service, to check", "s-warn", "warn")
    is_fine = all(one.is_fine for one in diagnosis.verdicts)
    return Mark("In service", "s-done", "ok") if is_fine else Mark("In service so far", "s-run", "run")


def _word_of_a_failure(states: set[PathState]) -> str:
    """What is lost is not known while the other path is not."""
    if states == {_DOWN}:
        return "Out of service"
    return "Redundancy lost" if states == {_DOWN, _UP} else "One path is down"


def _has_to_check(diagnosis: Diagnosis) -> bool:
    return any(one.severity in _TO_CHECK for one in diagnosis.findings)


def _known(up: Sequence[str], down: Sequence[str]) -> str:
    if not down:
        return "The service works on both paths."
    if not up:
        return "The service is down on both paths."
    return f"The service works on the {up[0]} path alone: redundancy is lost, the {down[0]} path is down."


def _in_part(verdicts: Sequence[Verdict]) -> str:
    """What does not work, by path; a path that is down lacks everything."""
    said = [f"the {one.path} path is down" for one in verdicts if one.state == _DOWN]
    lacking = [(one.path, version) for one in verdicts for version in one.families_down]
    said += [f"IPv{version} is down on the {path} path" for path, version in lacking]
    return f"The service works in part: {', '.join(said)}."


def _names(verdicts: Sequence[Verdict], state: PathState) -> list[str]:
    return [one.path for one in verdicts if one.state == state]


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _up(one: Verdict) -> str:
    facts = [
        f"{one.prefixes:,} {'prefix' if one.prefixes == 1 else 'prefixes'} received"
        if one.prefixes is not None
        else "",
        f"for {span_in_words(one.up_for)}" if one.up_for is not None else "",
    ]
    said = ", ".join(filter(None, ["BGP is up", *facts]))
    lacking = [f" IPv{version} is down." for version in one.families_down]
    untold = [f" No session of IPv{version} is listed." for version in one.families_unknown]
    return f"{said}.{''.join([*lacking, *untold])}{_unread(one)}"


def _unread(one: Verdict) -> str:
    unread = f" Nothing is known of its {_list(one.unread)}." if one.unread else ""
    return unread + (f" Its {_list(one.awaited)} may still come." if one.awaited else "")


def _list(tables: Sequence[str]) -> str:
    return " and ".join("routes" if name == Table.ROUTES else TABLE_NAMES[name] for name in tables)


def _down(one: Verdict) -> str:
    if one.cause is None:
        return "Down."
    claim = show_finding(one.cause).claim
    return f"{claim[:1].upper()}{claim[1:]}."


_SENTENCES: dict[PathState, Callable[[Verdict], str]] = {
    _UP: _up,
    _DOWN: _down,
    _UNKNOWN: lambda _: "Its BGP summary tells nothing, which says nothing about the link.",
    _AWAITED: lambda _: "Its BGP summary is still being read.",
}
