import pytest

from crossconnections.addressing.networks import parse_network
from crossconnections.diagnosis.examination import examine_match
from crossconnections.diagnosis.findings import Owner, Severity
from crossconnections.diagnosis.match import find_match
from crossconnections.diagnosis.route_lines import merge_routes
from tests.unit.diagnosis.cases import LAYER_2, P1, P2, PRIVATE, a_case, private

COVERED, ELSEWHERE, VNET = P1.route("10.1.0.0/16"), P1.route("10.9.0.0/16"), P1.vnet_route()


@pytest.mark.parametrize(
    ("primary", "secondary", "rule", "severity", "owner"),
    [
        (ELSEWHERE, ELSEWHERE, "R59", Severity.HIGH, Owner.CUSTOMER),
        (COVERED, COVERED, "R60", Severity.INFO, Owner.CUSTOMER),
        (COVERED, ELSEWHERE, "R61", Severity.WARNING, Owner.CUSTOMER),
        (ELSEWHERE, COVERED, "R61", Severity.WARNING, Owner.CUSTOMER),
    ],
)
def test_an_address_is_routed_on_both_paths_on_one_or_on_none(primary, secondary, rule, severity, owner) -> None:
    found = _found([primary, VNET], [secondary, VNET])
    assert found is not None
    assert (found.rule, found.severity, found.owner, found.peering) == (rule, severity, owner, PRIVATE)
    assert found.evidence["target"] == "10.1.2.3"


@pytest.mark.parametrize(("primary", "secondary"), [([COVERED], None), (None, [ELSEWHERE]), (None, None)])
def test_where_a_table_was_not_read_nothing_is_said(primary, secondary) -> None:
    assert _found(primary, secondary) is None


@pytest.mark.parametrize(("primary", "secondary", "only"), [([COVERED], [], "primary"), ([], [COVERED], "secondary")])
def test_the_path_that_has_it_is_named(primary, secondary, only) -> None:
    found = _found(primary, secondary)
    assert found is not None
    assert found.evidence["only"] == only


def _found(primary, secondary, text="10.1.2.3"):
    target = parse_network(text)
    assert target
    lines = merge_routes(primary or (), secondary or ())
    match = find_match(lines, target, is_primary_read=primary is not None, is_secondary_read=secondary is not None)
    case = a_case(private(primary=P1.tables(), secondary=P2.tables()), record=LAYER_2)
    return examine_match(case, case.peerings[0], match, target=text)


def test_what_nothing_comes_back_to_is_routed_one_way() -> None:
    found = _found([COVERED], [COVERED, VNET])
    assert found is not None
    assert (found.rule, found.severity, found.evidence["is_one_way"]) == ("R60", Severity.WARNING, True)


def test_what_smaller_networks_cover_is_not_without_a_route() -> None:
    halves = [P1.route("10.1.0.0/24"), P1.route("10.1.1.0/24")]
    assert _found(halves, halves, "10.1.0.0/23") is None
    assert _found(halves, halves, "10.1.0.0/16") is None
