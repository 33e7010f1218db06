"""How a path is, in one value."""

from datetime import timedelta

import pytest

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.findings import Severity
from crossconnections.diagnosis.verdicts import PathState
from tests.unit.diagnosis.cases import IPV6_TOO, P1, P1_V6, P2, a_case, microsoft, private, private_down, verdict_of


def _primary(case):
    return verdict_of(diagnose(case), P1)


def _of(**changes):
    """Of IPv6 too where its session is named; the configuration has it then."""
    told = changes.get("summary", ())
    has_both = not isinstance(told, Absence) and any(row.neighbor == P1_V6.edge for row in told)
    return _primary(a_case(private(primary=P1.tables(**changes), **(IPV6_TOO if has_both else {}))))


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("1", PathState.UP),
        ("Established", PathState.UP),
        ("0", PathState.DOWN),
        ("Idle", PathState.DOWN),
        ("Connect", PathState.DOWN),
        ("Idle (PfxCt)", PathState.DOWN),
        ("Resting", PathState.UNKNOWN),
        ("", PathState.UNKNOWN),
    ],
)
def test_a_path_is_what_its_session_says(told: str, state: PathState) -> None:
    assert _of(summary=(P1.session(told),)).state == state


@pytest.mark.parametrize(
    ("why", "state"),
    [
        (Absence.AWAITED, PathState.AWAITED),
        (Absence.FAILED, PathState.UNKNOWN),
        (Absence.STOPPED, PathState.UNKNOWN),
        (Absence.NOT_ASKED, PathState.UNKNOWN),
    ],
)
def test_a_path_without_a_summary_is_not_known(why: Absence, state: PathState) -> None:
    found = _of(summary=why)
    assert (found.state, found.is_fine, found.unread + found.awaited) == (state, False, ("routes-summary",))


def test_a_path_whose_layer_2_fails_is_down_while_its_summary_is_still_read() -> None:
    found = _of(arp=(P1.silent_row(),), summary=Absence.AWAITED)
    assert (found.state, found.cause and found.cause.rule) == (PathState.DOWN, "R11")


@pytest.mark.parametrize(
    ("changes", "unread", "awaited"),
    [
        ({}, (), ()),
        ({"arp": Absence.AWAITED}, (), ("arp",)),
        ({"routes": Absence.NOT_ASKED}, ("routes",), ()),
        ({"routes": Absence.FAILED, "arp": Absence.STOPPED}, ("arp", "routes"), ()),
        ({"routes": Absence.FAILED, "arp": Absence.AWAITED}, ("routes",), ("arp",)),
    ],
)
def test_a_path_is_fine_only_when_all_of_it_was_read(changes, unread, awaited) -> None:
    found = _of(**changes)
    assert (found.unread, found.awaited, found.is_fine) == (unread, awaited, not (unread or awaited))


def test_the_cause_of_several_is_the_worst() -> None:
    swapped = P1.edge_row(ip_address=P1.microsoft, mac_address="Incomplete")
    primary = P1.without_edge(arp=(swapped, P1.microsoft_row()))
    found = diagnose(a_case(private(primary=primary, secondary=P2.down())))
    assert [one.rule for one in found.findings if one.ends and one.path == "primary"] == ["R11", "R15"]
    cause = verdict_of(found, P1).cause
    assert cause
    assert (cause.rule, cause.severity) == ("R11", Severity.CRITICAL)


def test_the_prefixes_of_all_sessions_count_and_the_youngest_session_tells_the_age() -> None:
    found = _of(summary=(P1.session("20", up_down="1d02h"), P1_V6.session("3", up_down="02:00:00")))
    assert (found.prefixes, found.up_for) == (23, timedelta(hours=2))


def test_a_session_that_is_down_has_no_age() -> None:
    found = _of(summary=(P1.session("Idle", up_down="00:00:05"), P1_V6.session("0", up_down="02:00:00")))
    assert (found.prefixes, found.up_for) == (0, timedelta(hours=2))


def test_a_session_that_does_not_count_has_no_prefixes() -> None:
    found = _of(summary=(P1.session("Established", up_down="never"),))
    assert (found.state, found.prefixes, found.up_for) == (PathState.UP, None, None)


@pytest.mark.parametrize(
    ("changes", "worst", "is_fine"),
    [
        ({"routes": (P1.route("10.1.0.0/16"),)}, Severity.WARNING, False),
        ({"arp": (P1.edge_row(),)}, Severity.INFO, True),
        ({"summary": (P1.session(asn=65002),), "arp": (P1.edge_row(age_minutes=999),)}, Severity.HIGH, False),
        ({"routes": ()}, Severity.WARNING, False),
    ],
)
def test_a_path_is_as_bad_as_the_worst_of_it(changes, worst, is_fine) -> None:
    found = _of(**changes)
    assert (found.worst, found.is_fine) == (worst, is_fine)


def test_nothing_of_the_other_path_counts_nor_of_another_peering() -> None:
    found = _primary(a_case(private(secondary=P2.down()), microsoft(state="Disabled")))
    assert (found.state, found.worst, found.cause, found.is_fine) == (PathState.UP, Severity.INFO, None, True)


def test_what_is_about_both_paths_counts_for_neither_unless_it_ends_them() -> None:
    failed = _primary(a_case(private(provisioning_state="Failed")))
    assert (failed.worst, failed.is_fine) == (Severity.INFO, True)
    disabled = _primary(a_case(private_down(state="Disabled")))
    assert (disabled.worst, disabled.cause and disabled.cause.rule) == (Severity.CRITICAL, "R05")


def test_a_path_that_has_nothing_to_tell_has_no_worst() -> None:
    verdict = verdict_of(diagnose(a_case(private(secondary=P2.unread(Absence.NOT_ASKED)))), P2)
    assert (verdict.worst, verdict.prefixes, verdict.up_for) == (None, None, None)


@pytest.mark.parametrize(
    ("ipv4", "ipv6", "down", "unknown"),
    [
        (P1.session("2"), P1_V6.session("2"), (), ()),
        (P1.session("Idle"), P1_V6.session("2"), (4,), ()),
        (P1.session("0"), P1_V6.session("2"), (4,), ()),
        (P1.session("2"), P1_V6.session("Active"), (6,), ()),
        (None, P1_V6.session("2"), (4,), ()),
        (P1.session("2"), None, (), (6,)),
    ],
)
def test_one_family_does_not_stand_in_for_the_other(ipv4, ipv6, down, unknown) -> None:
    summary = tuple(session for session in (ipv4, ipv6) if session)
    found = _primary(a_case(private(primary=P1.tables(summary=summary), **IPV6_TOO)))
    assert (found.state, found.families_down, found.families_unknown) == (PathState.UP, down, unknown)
    assert found.is_fine is not bool(down or unknown)


def test_a_session_with_somebody_else_does_not_stand_for_the_edges() -> None:
    found = _of(summary=(P1.session("2", neighbor="10.9.9.9"),))
    assert (found.state, found.prefixes, found.is_fine) == (PathState.UNKNOWN, None, False)
