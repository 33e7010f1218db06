"""What a diagnosis is made from."""

from dataclasses import replace

import pytest

from crossconnections.diagnosis.case import Absence, Case, Peering, Record, Service, Tables
from crossconnections.diagnosis.examination import Diagnosis, diagnose
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
    READ_AT,
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


def test_what_azure_did_not_tell_is_an_empty_text_or_none() -> None:
    told = {name: getattr(Peering(), name) for name in Peering.__dataclass_fields__}
    numbers, others = ("vlan_id", "peer_asn"), ("advertised_prefixes", "validations", "overwritten", "tables")
    assert {told.pop(name) for name in numbers} == {None}
    assert [told.pop(name) for name in others] == [(), (), (), {}]
    assert set(told.values()) == {""}


def test_nothing_is_found_in_a_case_of_which_nothing_is_told() -> None:
    blank = Case(read_at=READ_AT)
    assert diagnose(replace(blank, earlier=blank)) == Diagnosis((), ())
    assert (blank.bandwidth_mbps, blank.s_tag, blank.peerings, blank.record) == (None, None, (), Record())
    assert (blank.provider_provisioning_state, blank.provisioning_state, blank.peering_location) == ("", "", "")
    assert (blank.primary_azure_port, blank.secondary_azure_port, blank.earlier) == ("", "", None)
    assert (Record().service, Record().is_premium, Record().known_macs) == (None, None, frozenset())


def test_a_peering_of_which_nothing_is_told_is_not_known_on_either_path() -> None:
    found = diagnose(Case(read_at=READ_AT, peerings=(Peering(),)))
    assert [one.state for one in found.verdicts] == [PathState.UNKNOWN, PathState.UNKNOWN]
    assert found.findings == ()


def test_a_service_is_kept_by_its_word() -> None:
    assert [Service("layer2"), Service("layer3")] == [Service.LAYER_2, Service.LAYER_3]


def test_a_table_that_was_read_at_an_unknown_time_says_so() -> None:
    assert Tables().arp.read_at is None
