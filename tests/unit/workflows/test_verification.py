"""Whether a reading shows that all is well, but for what somebody takes as it is."""

from dataclasses import replace

import pytest

from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.diagnosis.findings import Basis, Finding, Layer, Owner, Severity
from crossconnections.diagnosis.verdicts import PathState, Verdict
from crossconnections.workflows.verification import Key, Verification, find_by_key, key_of, verify
from tests.unit.workflows.facts_of import PRIVATE

WARNING = Finding(
    rule="R18", layer=Layer.LAYER_2, severity=Severity.WARNING, owner=Owner.CUSTOMER, basis=Basis.INFERRED, source="s",
    peering=PRIVATE, path="primary", ends=False, depends_on_other=False, follows_cause=False, evidence={},
)  # fmt: skip
UP = Verdict(PRIVATE, "primary", PathState.UP, None, 38, None, (), (), None)
KEY = ("R18", PRIVATE, "primary")


def verified(
    *findings: Finding, verdicts: tuple[Verdict, ...] = (UP,), accepted: dict[Key, str] | None = None
) -> Verification:
    return verify(Diagnosis(findings, verdicts), accepted or {})


def test_nothing_found_passes():
    assert verified().is_passed


def test_what_is_only_to_know_passes():
    assert verified(replace(WARNING, severity=Severity.INFO)).is_passed


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.HIGH, Severity.CRITICAL])
def test_anything_worse_is_open(severity: Severity):
    found = verified(replace(WARNING, severity=severity))
    assert (len(found.open), found.is_passed) == (1, False)


def test_what_was_accepted_stands_in_nobodys_way():
    found = verified(WARNING, accepted={KEY: "warning"})
    assert (found.open, found.accepted, found.is_passed) == ((), (WARNING,), True)


@pytest.mark.parametrize("other", [("R19", PRIVATE, "primary"), ("R18", "", "primary"), ("R18", PRIVATE, "secondary")])
def test_only_the_same_finding_was_accepted(other: tuple[str, str, str]):
    assert not verified(WARNING, accepted={other: "warning"}).is_passed


@pytest.mark.parametrize(
    ("accepted_as", "is_now", "is_passed"),
    [
        ("warning", "high", False),
        ("high", "warning", True),
        ("high", "critical", False),
        ("odd", "warning", False),
    ],
)
def test_one_that_became_worse_is_open_again(accepted_as: str, is_now: str, is_passed: bool):
    found = verified(replace(WARNING, severity=Severity(is_now)), accepted={KEY: accepted_as})
    assert found.is_passed is is_passed


@pytest.mark.parametrize("state", [PathState.UNKNOWN, PathState.AWAITED])
def test_a_path_of_which_nothing_is_known_is_not_fine(state: PathState):
    assert not verified(verdicts=(replace(UP, state=state),)).is_passed


def test_unless_somebody_accepted_what_says_so():
    unknown = replace(UP, state=PathState.UNKNOWN)
    assert verified(WARNING, verdicts=(unknown,), accepted={KEY: "warning"}).is_passed
    other = replace(unknown, path="secondary")
    assert not verified(WARNING, verdicts=(other,), accepted={KEY: "warning"}).is_passed


def test_a_finding_is_found_again_by_its_key():
    of_both = replace(WARNING, path=None, rule="R53")
    assert key_of(of_both) == ("R53", PRIVATE, "")
    assert find_by_key([WARNING, of_both], ("R53", PRIVATE, "")) is of_both
    assert find_by_key([WARNING], ("R53", PRIVATE, "")) is None
