"""Every rule holds where it should, and not where it only just should not. The cases stand in rows/."""

from collections import Counter

import pytest

from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.findings import Severity
from crossconnections.diagnosis.rules import RULES
from tests.unit.diagnosis.cases import IPV6_TOO, P1, P1_V6, P2, P2_V6, a_case, after, microsoft, private
from tests.unit.diagnosis.rows.row import Holds, HoldsNot, find
from tests.unit.diagnosis.rows.table import HOLDS, HOLDS_NOT

_ALL = Counter((rule.id, rule.layer) for rule in RULES)


@pytest.mark.parametrize("row", HOLDS, ids=lambda row: f"{row.rule} {row.when}")
def test_a_rule_holds(row: Holds) -> None:
    found = find(row)
    assert (found.severity, found.owner, found.ends) == (row.severity, row.owner, row.ends)
    assert {name: found.evidence.get(name) for name in row.evidence} == row.evidence


@pytest.mark.parametrize("row", HOLDS_NOT, ids=lambda row: f"{row.rule} {row.when}")
def test_a_rule_only_just_does_not_hold(row: HoldsNot) -> None:
    assert (row.rule, row.layer) not in {(one.rule, one.layer) for one in diagnose(row.case).findings}


def test_every_rule_has_a_case_in_which_it_holds() -> None:
    assert _ALL - Counter((row.rule, row.layer) for row in HOLDS) == Counter()


def test_every_rule_has_a_case_in_which_it_only_just_does_not_hold() -> None:
    assert _ALL - Counter((row.rule, row.layer) for row in HOLDS_NOT) == Counter()


@pytest.mark.parametrize(
    "case",
    [
        a_case(private()),
        a_case(microsoft()),
        a_case(private(), microsoft()),
        a_case(
            private(
                primary=P1.tables(summary=(P1.session(), P1_V6.session())),
                secondary=P2.tables(summary=(P2.session(), P2_V6.session())),
                **IPV6_TOO,
            )
        ),
        after(a_case(private(), microsoft()), a_case(private(), microsoft())),
    ],
    ids=["private", "Microsoft", "both", "IPv6 too", "as it was an hour before"],
)
def test_a_healthy_case_has_nothing_worse_than_to_know(case) -> None:
    found = diagnose(case)
    assert {one.severity for one in found.findings} <= {Severity.INFO}
    assert all(one.is_fine for one in found.verdicts)
