"""What was not read, or is in words that nobody knows, is neither up nor down, and never fine."""

from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossconnections.arm import ArpRow, RouteRow, SummaryRow
from crossconnections.diagnosis.case import Absence, Case, Tables
from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.verdicts import PathState, Verdict
from crossconnections.enums import DevicePath
from crossconnections.presenters.tables.findings import show_findings
from crossconnections.presenters.tables.verdicts import mark_of, overall_sentence, summarize
from tests.unit.diagnosis import words
from tests.unit.diagnosis.cases import P1, P2, PRIMARY, PRIVATE, SECONDARY, Side, a_case, private, verdict_of
from tests.unit.diagnosis.words import patient

_NAMES = ("arp", "summary", "routes")
_absences = st.dictionaries(st.sampled_from(_NAMES), st.sampled_from(Absence))
_GOOD = "ok"


def _tables(side: Side, missing: Mapping[str, Absence], how: str) -> Tables:
    made: dict[str, Tables] = {
        "healthy": side.tables(**missing),
        "without the edge": side.without_edge(**missing),
        "without a session": side.down(**missing),
    }
    return made[how]


def _case(of_primary: Mapping[str, Absence], of_secondary: Mapping[str, Absence], *how: str) -> Case:
    primary, secondary = _tables(P1, of_primary, how[0]), _tables(P2, of_secondary, how[1])
    return a_case(private(primary=primary, secondary=secondary))


def _is_proved(tables: Tables) -> bool:
    """All was read, and some session stands: a number of prefixes, or the word itself."""
    rows = [tables.arp.rows, tables.summary.rows, tables.routes.rows]
    told = [row.state_or_prefixes_received.strip().lower() for row in tables.summary.rows or ()]
    return None not in rows and any(word.isdecimal() or word.startswith("established") for word in told)


_how = st.sampled_from(("healthy", "without the edge", "without a session"))


@patient
@given(of_primary=_absences, of_secondary=_absences, one=_how, other=_how)
def test_a_path_of_which_a_table_is_missing_is_not_fine(of_primary, of_secondary, one, other) -> None:
    case = _case(of_primary, of_secondary, one, other)
    for side, missing in ((P1, of_primary), (P2, of_secondary)):
        verdict = verdict_of(diagnose(case), side)
        assert {*verdict.unread, *verdict.awaited} == {
            {"summary": "routes-summary"}.get(name, name) for name in missing
        }
        assert not (missing and verdict.is_fine)
        assert not (missing and mark_of(verdict).tone == _GOOD)


@patient
@given(of_primary=_absences, of_secondary=_absences, one=_how, other=_how)
def test_nothing_is_said_to_be_in_service_while_a_table_is_missing(of_primary, of_secondary, one, other) -> None:
    shown = summarize(diagnose(_case(of_primary, of_secondary, one, other)).of(PRIVATE))
    if of_primary or of_secondary:
        assert shown.mark.tone != _GOOD
        assert shown.mark.word != "In service"
    if "summary" in {*of_primary, *of_secondary}:
        assert not shown.mark.word.startswith("In service")
        assert "on both paths" not in shown.sentence or "down on both paths" in shown.sentence


@patient
@given(of_primary=_absences, of_secondary=_absences)
def test_a_path_is_not_down_by_what_was_not_read(of_primary, of_secondary) -> None:
    found = diagnose(_case(of_primary, of_secondary, "healthy", "healthy"))
    for side, missing in ((P1, of_primary), (P2, of_secondary)):
        verdict = verdict_of(found, side)
        assert verdict.state != PathState.DOWN
        assert (verdict.state == PathState.UP) == ("summary" not in missing)
    assert {one.rule for one in found.findings} <= {"R49", "R64"}


def _state(side: Side, name: str) -> Tables:
    return {
        "up": side.tables(),
        "down": side.down(),
        "unknown": side.unread(),
        "awaited": side.unread(Absence.AWAITED),
        "to check": side.tables(routes=Absence.FAILED),
    }[name]


_SAID = {
    ("up", "up"): ("In service", "The service works on both paths."),
    ("up", "to check"): ("In service, to check", "The service works on both paths."),
    ("up", "down"): (
        "Redundancy lost",
        "The service works on the primary path alone: redundancy is lost, the secondary path is down.",
    ),
    ("up", "unknown"): ("Unknown", "The primary path works, nothing is known of the secondary."),
    ("up", "awaited"): ("Being read", "The primary path works, the secondary is still being read."),
    ("down", "up"): (
        "Redundancy lost",
        "The service works on the secondary path alone: redundancy is lost, the primary path is down.",
    ),
    ("down", "down"): ("Out of service", "The service is down on both paths."),
    ("down", "unknown"): ("One path is down", "The primary path is down, nothing is known of the secondary."),
    ("down", "awaited"): ("One path is down", "The primary path is down, the secondary is still being read."),
    ("unknown", "down"): ("One path is down", "The secondary path is down, nothing is known of the primary."),
    ("unknown", "unknown"): ("Unknown", "Nothing is known of the primary and the secondary."),
    ("unknown", "awaited"): ("Being read", "The primary and the secondary are still being read."),
    ("awaited", "awaited"): ("Being read", "The primary and the secondary are still being read."),
    ("awaited", "up"): ("Being read", "The secondary path works, the primary is still being read."),
}


@pytest.mark.parametrize(("one", "other"), _SAID)
def test_the_whole_says_what_is_known_of_each_path(one: str, other: str) -> None:
    case = a_case(private(primary=_state(P1, one), secondary=_state(P2, other)))
    shown = summarize(diagnose(case).of(PRIVATE))
    assert (shown.mark.word, shown.sentence) == _SAID[one, other]


def test_nothing_is_known_of_a_peering_that_was_not_read() -> None:
    shown = summarize(diagnose(a_case()).of(PRIVATE))
    assert (shown.mark.word, shown.sentence, shown.paths) == ("Unknown", "Nothing is known of this peering.", ())


@patient
@given(case=words.any_case)
def test_no_word_of_azure_is_too_much(case: Case) -> None:
    found = diagnose(case)
    show_findings(found.findings)
    for peering in case.peerings:
        summarize(found.of(peering.peering_type))


@patient
@given(case=words.any_case)
def test_no_word_of_azure_makes_a_path_fine_that_has_no_session(case: Case) -> None:
    verdicts = diagnose(case).verdicts
    for verdict, (peering, path) in zip(verdicts, product(case.peerings, DevicePath), strict=True):
        assert not verdict.is_fine or _is_proved(peering.tables.get(path, Tables()))


_unknown = st.text(alphabet="xyz ()", min_size=1, max_size=9).filter(lambda text: text.strip(" ()"))


@patient
@given(word=_unknown)
@pytest.mark.parametrize("state", ["0", "Idle", "Connect"])
def test_a_session_that_was_down_is_not_known_once_its_word_is_unknown(state: str, word: str) -> None:
    down = a_case(private(primary=P1.down(state)))
    unknown = a_case(private(primary=P1.down(word)))
    assert _primary(down).state == PathState.DOWN
    assert (_primary(unknown).state, _primary(unknown).is_fine) == (PathState.UNKNOWN, False)


_TEXTS = [
    (name, field.name)
    for name, row in (("arp", ArpRow), ("summary", SummaryRow), ("routes", RouteRow))
    for field in fields(row)
    if field.type in {str, "str"}
]


@patient
@given(of_path=st.sampled_from((P1.without_edge(), P1.down())), told=st.sampled_from(_TEXTS), word=_unknown)
def test_an_unknown_word_in_one_field_makes_no_path_fine(of_path: Tables, told: tuple[str, str], word: str) -> None:
    name, field = told
    shown = getattr(of_path, name)
    changed = replace(shown, rows=tuple(replace(one, **{field: word}) for one in shown.rows))
    assert not _primary(a_case(private(primary=replace(of_path, **{name: changed})))).is_fine


@patient
@given(word=_unknown)
@pytest.mark.parametrize("field", ["provider_provisioning_state", "provisioning_state"])
def test_an_unknown_word_for_the_circuit_makes_no_path_fine(field: str, word: str) -> None:
    case = a_case(private(primary=P1.down(), secondary=P2.unread()), **{field: word})
    assert not any(one.is_fine for one in diagnose(case).verdicts)


def _primary(case: Case) -> Verdict:
    return verdict_of(diagnose(case), P1)


def test_both_paths_are_judged_of_each_peering() -> None:
    verdicts = diagnose(a_case(private())).verdicts
    assert [(one.peering, one.path) for one in verdicts] == [(PRIVATE, PRIMARY), (PRIVATE, SECONDARY)]
    assert overall_sentence(verdicts) == "The service works on both paths."
