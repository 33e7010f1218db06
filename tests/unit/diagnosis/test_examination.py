"""All rules over one case: where a path stops, how bad it is, and whose turn."""

import pytest

from crossconnections.diagnosis.case import Absence
from crossconnections.diagnosis.examination import bgp_speaker, diagnose
from crossconnections.diagnosis.findings import Basis, Layer, Owner, Severity
from crossconnections.diagnosis.verdicts import PathState
from tests.unit.diagnosis.cases import (
    IPV6_ONLY,
    IPV6_TOO,
    LAYER_2,
    LAYER_3,
    M1,
    M2,
    MICROSOFT,
    P1,
    P1_V6,
    P2,
    P2_V6,
    PRIMARY,
    PRIVATE,
    SECONDARY,
    a_case,
    findings_of,
    microsoft,
    microsoft_down,
    private,
    private_down,
    the_finding,
    verdict_of,
)  # fmt: skip

_CRITICAL, _HIGH, _WARNING, _INFO = Severity
_UP, _DOWN, _UNKNOWN, _AWAITED = PathState
# Each layer of the primary fails: no MAC address, no session, and a network that may not be announced.
_ALL_WRONG = M1.without_edge(routes=(M1.route("10.0.0.0/8"),))
_NO_SESSION = M1.down(routes=(M1.route("10.0.0.0/8"),))
_ONLY_ROUTES = M1.tables(routes=(M1.route("10.0.0.0/8"),))


def _both_wrong(**changes):
    return microsoft(primary=_ALL_WRONG, secondary=M2.down(), **changes)


def _layers(case, path=PRIMARY):
    """Of what is found of Microsoft peering on that path."""
    return {one.layer for one in diagnose(case).findings if one.peering == MICROSOFT and one.path == path}


@pytest.mark.parametrize(
    ("case", "layers"),
    [
        (a_case(_both_wrong(), provider_provisioning_state="NotProvisioned"), set()),
        (a_case(_both_wrong(state="Disabled")), set()),
        (a_case(microsoft(primary=_ALL_WRONG)), {Layer.LAYER_2}),
        (a_case(microsoft(primary=_NO_SESSION)), {Layer.SESSION}),
        (a_case(microsoft(primary=_ONLY_ROUTES)), {Layer.ROUTES}),
    ],
    ids=["circuit", "peering", "layer 2", "session", "routes"],
)
def test_a_path_stops_at_its_first_failing_layer(case, layers) -> None:
    assert _layers(case) == layers


@pytest.mark.parametrize("wrong", [_ALL_WRONG, _NO_SESSION], ids=["layer 2", "session"])
def test_the_other_path_is_read_to_its_end(wrong) -> None:
    secondary = M2.tables(routes=(M2.route("10.0.0.0/8"),))
    assert Layer.ROUTES in _layers(a_case(microsoft(primary=wrong, secondary=secondary)), SECONDARY)


def test_another_peering_is_read_to_its_end() -> None:
    switched_off = a_case(private(state="Disabled"), microsoft(primary=_ONLY_ROUTES))
    assert Layer.ROUTES in _layers(switched_off)
    without_layer_2 = a_case(private(primary=P1.without_edge()), microsoft(primary=_ONLY_ROUTES))
    assert Layer.ROUTES in _layers(without_layer_2)


def test_nothing_of_both_paths_is_said_where_the_peering_is_switched_off() -> None:
    found = diagnose(a_case(private(state="Disabled", primary=P1.down(), secondary=P2.down()))).findings
    assert [one.rule for one in found] == ["R05"]


def test_both_paths_are_still_compared_where_one_has_failed() -> None:
    assert the_finding(a_case(private(primary=P1.without_edge())), "R55").layer == Layer.BOTH_PATHS


def test_what_is_at_the_failing_layer_is_all_told() -> None:
    case = a_case(private(primary=P1.without_edge()), microsoft())
    assert [one.rule for one in diagnose(case).findings if one.path == PRIMARY and one.peering == PRIVATE] == [
        "R11",
        "R22",
    ]


def test_a_circuit_that_is_not_provisioned_is_the_end_of_all_its_paths() -> None:
    found = diagnose(a_case(private_down(), microsoft_down(), provider_provisioning_state="NotProvisioned"))
    assert [(one.state, one.cause and one.cause.rule) for one in found.verdicts] == [(_DOWN, "R01")] * 4


def test_a_circuit_that_is_not_provisioned_ends_no_path_while_any_session_stands() -> None:
    case = a_case(private_down(), microsoft(secondary=M2.down()), provider_provisioning_state="NotProvisioned")
    assert [one.state for one in diagnose(case).verdicts] == [_DOWN, _DOWN, _UP, _DOWN]


def test_a_peering_that_is_switched_off_ends_no_path_while_a_session_of_it_stands() -> None:
    found = diagnose(a_case(private(state="Disabled", secondary=P2.down()), microsoft_down()))
    assert [one.state for one in found.verdicts] == [_UP, _DOWN, _DOWN, _DOWN]
    assert verdict_of(found, P2).cause != the_finding(a_case(private(state="Disabled")), "R05")


def test_a_peering_that_is_switched_off_is_the_end_of_its_own_paths() -> None:
    switched_off = private_down(state="Disabled")
    found = diagnose(a_case(switched_off, microsoft()))
    assert [one.state for one in found.verdicts] == [_DOWN, _DOWN, _UP, _UP]
    assert verdict_of(found, P2).cause == the_finding(a_case(switched_off), "R05")


def test_a_path_without_layer_2_is_the_end_of_that_path_of_that_peering() -> None:
    found = diagnose(a_case(private(primary=P1.without_edge()), microsoft()))
    assert [one.state for one in found.verdicts] == [_DOWN, _UP, _UP, _UP]


@pytest.mark.parametrize(
    ("secondary", "severity"),
    [
        (P2.tables(), _HIGH),
        (P2.unread(), _HIGH),
        (P2.unread(Absence.AWAITED), _HIGH),
        (P2.unread(Absence.NOT_ASKED), _HIGH),
        (P2.down("Resting"), _HIGH),
        (P2.tables(summary=(P2.session("Idle"), P2_V6.session())), _HIGH),
        (P2.down("0"), _CRITICAL),
        (P2.down(), _CRITICAL),
        (P2.down(summary=()), _CRITICAL),
        (P2.without_edge(), _CRITICAL),
        (P2.without_edge(arp=()), _CRITICAL),
    ],
)
@pytest.mark.parametrize(
    ("primary", "rule"), [(P1.without_edge(), "R11"), (P1.without_edge(arp=()), "R10"), (P1.down(), "R25"),
                          (P1.down("0"), "R31"), (P1.down(summary=()), "R30")]
)  # fmt: skip
def test_a_failure_is_critical_where_the_other_path_carries_nothing_either(primary, rule, secondary, severity) -> None:
    case = a_case(private(primary=primary, secondary=secondary, **IPV6_TOO))
    (found,) = (one for one in findings_of(case, rule) if one.path == PRIMARY)
    assert found.severity == severity


@pytest.mark.parametrize(("told", "rule"), [("0", "R31"), ("Idle", "R25"), ("Connect", "R26")])
@pytest.mark.parametrize("other", ["7", "Resting", "Established"])
def test_a_failure_is_high_where_its_own_path_may_carry_something_and_the_other_does_not(told, rule, other) -> None:
    primary = P1.tables(summary=(P1.session(other), P1_V6.session(told)))
    case = a_case(private(primary=primary, secondary=P2.without_edge(), **IPV6_TOO))
    assert the_finding(case, rule).severity == _HIGH


def test_a_failure_is_high_where_the_other_path_of_another_peering_fails() -> None:
    found = diagnose(a_case(private(primary=P1.down()), microsoft(secondary=M2.down()))).findings
    assert {one.severity for one in found if one.rule == "R25"} == {_HIGH}


@pytest.mark.parametrize(
    ("primary", "secondary", "owner"),
    [
        (P1.down(), P2.down(), Owner.CUSTOMER),
        (P1.without_edge(), P2.down(), Owner.US),
        (P1.down(), P2.without_edge(arp=()), Owner.MICROSOFT),
        (P1.down(summary=()), P2.tables(), Owner.MICROSOFT),
        (P1.without_edge(), P2.tables(), Owner.US),
    ],
)
def test_what_follows_has_the_turn_of_its_cause(primary, secondary, owner) -> None:
    case = a_case(private(primary=primary, secondary=secondary), microsoft(), record=LAYER_2)
    (found,) = (*findings_of(case, "R55"), *findings_of(case, "R56"))
    assert found.owner == owner


def test_the_cause_of_another_peering_gives_no_turn() -> None:
    case = a_case(private(primary=P1.down()), microsoft(primary=M1.without_edge(arp=())), record=LAYER_2)
    assert {one.peering: one.owner for one in findings_of(case, "R55")} == {
        PRIVATE: Owner.CUSTOMER,
        MICROSOFT: Owner.MICROSOFT,
    }


@pytest.mark.parametrize(
    ("changes", "owner"), [({"record": LAYER_2}, Owner.CUSTOMER), ({"record": LAYER_3}, Owner.US), ({}, Owner.US)]
)
def test_the_customer_speaks_bgp_on_a_layer_2_service_and_we_where_nobody_said(changes, owner) -> None:
    assert bgp_speaker(a_case(**changes)) == owner


def test_findings_stand_worst_first_and_of_the_same_degree_the_lower_layer_first() -> None:
    case = a_case(
        private(
            provisioning_state="Failed",
            primary=P1.without_edge(),
            secondary=P2.tables(summary=(P2.session(up_down="00:01:00"),)),
        ),
        microsoft(advertised_prefixes_state="ValidationNeeded", primary=M1.down(), secondary=M2.down()),
        provisioning_state="Updating",
    )
    found = diagnose(case).findings
    assert [(one.severity, one.layer, one.rule, one.path) for one in found] == [
        (_CRITICAL, Layer.PEERING, "R06", None),
        (_HIGH, Layer.PEERING, "R02", None),
        (_HIGH, Layer.LAYER_2, "R11", PRIMARY),
        (_HIGH, Layer.LAYER_2, "R22", PRIMARY),
        (_HIGH, Layer.BOTH_PATHS, "R55", None),
        (_WARNING, Layer.SESSION, "R32", SECONDARY),
        (_INFO, Layer.CIRCUIT, "R03", None),
        (_INFO, Layer.ROUTES, "R49", SECONDARY),
    ]


def test_findings_of_one_degree_and_layer_stand_by_path_and_then_by_rule() -> None:
    primary = P1.tables(arp=(P1.edge_row(mac_address="cccc.0000.0001"), P1.microsoft_row()))
    secondary = P2.tables(arp=(P2.edge_row(ip_address="10.9.9.9", mac_address="cccc.0000.0002"), P2.microsoft_row()))
    found = diagnose(a_case(private(primary=primary, secondary=secondary))).findings
    high = [(one.rule, one.path) for one in found if one.severity == _HIGH]
    assert high == [("R16", PRIMARY), ("R14", SECONDARY), ("R16", SECONDARY)]


def test_a_finding_of_a_path_tells_where_the_path_ends() -> None:
    finding = the_finding(a_case(private(secondary=P2.without_edge()), record=LAYER_3), "R11")
    assert finding.evidence == {
        "is_up": False,
        "service": "layer3",
        "s_tag": 41,
        "port": "AMS-B",
        "vlan_id": 300,
        "peer_asn": 65001,
        "edge": P2.edge,
        "microsoft": P2.microsoft,
        "prefix": P2.prefix,
    }


def test_a_finding_names_the_source_and_the_basis_of_its_rule() -> None:
    finding = the_finding(a_case(private(), provider_provisioning_state="Provisioning"), "R01")
    assert (finding.source, finding.basis) == ("Verify ExpressRoute connectivity", Basis.DOCUMENTED)


def test_a_finding_of_the_circuit_tells_nothing_of_a_path() -> None:
    finding = the_finding(a_case(private(), provisioning_state="Failed"), "R02")
    assert finding.evidence == {"s_tag": 41, "service": None}


def test_a_peering_of_ipv6_alone_is_judged_by_its_session() -> None:
    primary, secondary = P1_V6.tables(arp=()), P2_V6.tables(arp=(), summary=(P2_V6.session("Idle"),), routes=())
    found = diagnose(a_case(private(primary=primary, secondary=secondary, **IPV6_ONLY)))
    assert [one.state for one in found.verdicts] == [_UP, _DOWN]
    assert {one.rule for one in found.findings if one.severity != _INFO} == {"R25", "R55"}


def test_a_path_stays_up_while_one_of_two_families_stands() -> None:
    primary = P1.tables(summary=(P1.session("Idle"), P1_V6.session("7")))
    found = diagnose(a_case(private(primary=primary, **IPV6_TOO)))
    assert (verdict_of(found, P1).state, verdict_of(found, P1).is_fine) == (_UP, False)
    assert the_finding(a_case(private(primary=primary, **IPV6_TOO)), "R25").severity == _HIGH


def test_a_summary_without_rows_says_nothing_of_a_peering_without_links() -> None:
    no_rows = {"primary": P1.tables(summary=()), "secondary": P2.tables(summary=())}
    found = diagnose(a_case(private(**no_rows, primary_prefix="", secondary_prefix="")))
    assert [(one.state, one.is_fine) for one in found.verdicts] == [(_UNKNOWN, False)] * 2
    assert "R56" not in {one.rule for one in found.findings}


def test_a_peering_is_shown_with_what_is_about_the_circuit() -> None:
    both = diagnose(
        a_case(private_down(state="Disabled"), microsoft_down(state="Disabled"), provisioning_state="Failed")
    )
    shown = both.of(MICROSOFT)
    assert [(one.rule, one.peering) for one in shown.findings] == [("R05", MICROSOFT), ("R02", "")]
    assert [(one.peering, one.path) for one in shown.verdicts] == [(MICROSOFT, PRIMARY), (MICROSOFT, SECONDARY)]
