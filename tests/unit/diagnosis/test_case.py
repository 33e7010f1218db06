"""What a diagnosis is made from."""

import pytest

from crossconnections.diagnosis.case import Absence, Peering, Tables
from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.verdicts import PathState
from tests.unit.diagnosis.cases import (
    IPV6_ONLY,
    IPV6_TOO,
    MICROSOFT,
    P1,
    P1_V6,
    P2,
    P2_V6,
    PRIMARY,
    PRIVATE,
    SECONDARY,
    a_case,
    microsoft,
    private,
)  # fmt: skip


def test_a_table_that_nobody_asked_for_says_so() -> None:
    tables = Tables()
    assert {tables.arp.absence, tables.summary.absence, tables.routes.absence} == {Absence.NOT_ASKED}
    assert (tables.arp.rows, tables.summary.rows, tables.routes.rows) == (None, None, None)


def test_a_path_without_tables_is_judged_all_the_same() -> None:
    found = diagnose(a_case(private(tables={SECONDARY: P2.tables()})))
    assert [one.state for one in found.verdicts] == [PathState.UNKNOWN, PathState.UP]
    assert found.verdicts[0].unread == ("arp", "routes-summary", "routes")


@pytest.mark.parametrize(
    ("changes", "primary", "secondary"),
    [
        ({}, (P1.prefix,), (P2.prefix,)),
        (IPV6_TOO, (P1.prefix, P1_V6.prefix), (P2.prefix, P2_V6.prefix)),
        (IPV6_ONLY, (P1_V6.prefix,), (P2_V6.prefix,)),
        ({"primary_prefix": "", "secondary_prefix": ""}, (), ()),
    ],
)
def test_a_path_has_the_prefixes_that_are_configured(changes, primary, secondary) -> None:
    peering = private(**changes)
    assert (peering.prefixes(PRIMARY), peering.prefixes(SECONDARY)) == (primary, secondary)


@pytest.mark.parametrize(
    ("told", "is_private", "is_microsoft"),
    [(PRIVATE, True, False), (MICROSOFT, False, True), ("AzurePublicPeering", False, False), ("", False, False)],
)
def test_a_peering_is_known_by_its_type(told: str, is_private: bool, is_microsoft: bool) -> None:
    peering = Peering(peering_type=told)
    assert (peering.is_private, peering.is_microsoft) == (is_private, is_microsoft)


def test_a_path_ends_at_its_own_port() -> None:
    assert (a_case().port(PRIMARY), a_case().port(SECONDARY)) == ("AMS-A", "AMS-B")


def test_a_peering_is_found_by_its_type() -> None:
    case = a_case(private(), microsoft())
    assert case.peering(MICROSOFT) == microsoft()
    assert a_case(private()).peering(MICROSOFT) is None
