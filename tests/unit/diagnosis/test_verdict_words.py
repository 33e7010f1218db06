"""Each path in one sentence."""

import pytest

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.examination import diagnose
from crossconnections.presenters.tables.verdicts import mark_of, show_verdict, summarize
from tests.unit.diagnosis.cases import (
    M1,
    M2,
    MICROSOFT,
    P1,
    P2,
    PRIVATE,
    a_case,
    microsoft,
    private,
    private_down,
    verdict_of,
)

_UNREAD = "Its BGP summary tells nothing, which says nothing about the link."


def _shown(side=P1, **changes):
    of_primary = P1.tables(**changes)
    return show_verdict(verdict_of(diagnose(a_case(private(primary=of_primary, secondary=P2.down()))), side))


@pytest.mark.parametrize(
    ("changes", "word", "sentence"),
    [
        ({}, "Up", "BGP is up, 2 prefixes received, for 60 d."),
        ({"summary": (P1.session("1", up_down="01:12:00"),)}, "Up", "BGP is up, 1 prefix received, for 1 h 12 min."),
        ({"summary": (P1.session("3000", up_down="never"),)}, "Up", "BGP is up, 3,000 prefixes received."),
        ({"summary": (P1.session("Established"),)}, "Up", "BGP is up, for 60 d."),
        ({"summary": (P1.session("Established", up_down=""),)}, "Up", "BGP is up."),
        (
            {"arp": Absence.FAILED},
            "Up, to check",
            "BGP is up, 2 prefixes received, for 60 d. Nothing is known of its ARP table.",
        ),
        (
            {"arp": Absence.AWAITED, "routes": Absence.STOPPED},
            "Up, to check",
            "BGP is up, 2 prefixes received, for 60 d. Nothing is known of its routes. Its ARP table may still come.",
        ),
        (
            {"arp": Absence.AWAITED},
            "Up so far",
            "BGP is up, 2 prefixes received, for 60 d. Its ARP table may still come.",
        ),
        ({"summary": Absence.FAILED}, "Unknown", _UNREAD),
        ({"summary": Absence.NOT_ASKED}, "Unknown", _UNREAD),
        ({"summary": (P1.session("Resting"),)}, "Unknown", _UNREAD),
        ({"summary": Absence.AWAITED}, "Being read", "Its BGP summary is still being read."),
        ({"summary": (P1.session("0"),)}, "Down", "BGP is up but no network is announced."),
        ({"arp": (), "summary": Absence.AWAITED}, "Down", "Microsoft's router has no ARP entry at all."),
        ({"arp": (P1.silent_row(),), "summary": (P1.session("Idle"),)}, "Down", "The edge router does not answer ARP."),
    ],
)
def test_a_path_is_told_in_one_sentence(changes, word: str, sentence: str) -> None:
    shown = _shown(**changes)
    assert (shown.path, shown.name, shown.mark.word, shown.sentence) == ("primary", "Primary", word, sentence)


@pytest.mark.parametrize(
    ("changes", "glyph", "tone"),
    [
        ({}, "s-done", "ok"),
        ({"arp": Absence.FAILED}, "s-warn", "warn"),
        ({"summary": Absence.FAILED}, "s-idle", ""),
        ({"summary": Absence.AWAITED}, "s-run", "run"),
        ({"summary": (P1.session("Idle"),)}, "s-fail", "bad"),
    ],
)
def test_only_a_path_that_is_fine_is_green(changes, glyph: str, tone: str) -> None:
    mark = _shown(**changes).mark
    assert (mark.glyph, mark.tone) == (glyph, tone)


def test_the_reason_of_a_whole_peering_is_that_of_each_path() -> None:
    shown = summarize(diagnose(a_case(private_down(state="Disabled"))).of(PRIVATE))
    assert [(one.name, one.sentence) for one in shown.paths] == [
        ("Primary", "This peering is switched off."),
        ("Secondary", "This peering is switched off."),
    ]


@pytest.mark.parametrize(
    ("case", "word", "tone"),
    [
        (a_case(microsoft()), "In service", "ok"),
        (a_case(microsoft(provisioning_state="Updating")), "In service", "ok"),
        (a_case(microsoft(provisioning_state="Failed")), "In service, to check", "warn"),
        (a_case(microsoft(), provisioning_state="Failed"), "In service, to check", "warn"),
        (a_case(private(state="Disabled"), microsoft()), "In service", "ok"),
        (a_case(microsoft(advertised_prefixes_state="Configuring")), "In service, to check", "warn"),
        (a_case(microsoft(secondary=M2.tables(summary=(M2.session(asn=7),)))), "In service, to check", "warn"),
        (a_case(microsoft(secondary=M2.down())), "Redundancy lost", "bad"),
        (a_case(microsoft(primary=M1.down(), secondary=M2.down())), "Out of service", "bad"),
        (a_case(microsoft(primary=M1.down(), secondary=M2.unread())), "One path is down", "bad"),
    ],
)
def test_a_peering_is_green_only_when_nothing_is_left_to_ask(case, word: str, tone: str) -> None:
    mark = summarize(diagnose(case).of(MICROSOFT)).mark
    assert (mark.word, mark.tone) == (word, tone)


def test_a_path_of_several_reasons_names_the_lowest() -> None:
    case = a_case(private(primary=P1.without_edge(), secondary=P2.down()), provider_provisioning_state="Deprovisioning")
    verdict = verdict_of(diagnose(case), P1)
    assert mark_of(verdict).word == "Down"
    assert show_verdict(verdict).sentence == "The provider is taking this circuit out of service."
