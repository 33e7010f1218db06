"""Whether a reading shows that all is well, but for what somebody takes as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.diagnosis.findings import Finding, Severity
from crossconnections.diagnosis.verdicts import PathState, Verdict

Key = tuple[str, str, str]
"""Of a finding: its rule, the peering ("" for the cross connection as a whole) and the path ("" for both)."""


@dataclass(frozen=True, slots=True)
class Verification:
    """``open`` are findings of warning or worse that nobody accepted, ``accepted`` those that somebody did.

    ``unknown`` are the paths of which it tells nothing, and nobody accepted that: what is not known is never fine.
    """

    open: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    unknown: tuple[Verdict, ...]

    @property
    def is_passed(self) -> bool:
        """Nothing is left to look at."""
        return not (self.open or self.unknown)


def verify(diagnosis: Diagnosis, accepted: Mapping[Key, str]) -> Verification:
    """``accepted`` has how severe each was when it was accepted: one that became worse is open again."""
    found = [one for one in diagnosis.findings if one.severity != Severity.INFO]
    taken = [one for one in found if _is_accepted(one, accepted)]
    return Verification(
        open=tuple(one for one in found if one not in taken),
        accepted=tuple(taken),
        unknown=tuple(one for one in diagnosis.verdicts if _is_unknown(one, taken)),
    )


def key_of(one: Finding) -> Key:
    """By which it is found again in another reading."""
    return one.rule, one.peering, one.path or ""


def find_by_key(findings: Iterable[Finding], key: Key) -> Finding | None:
    """The one that is meant."""
    return next((one for one in findings if key_of(one) == key), None)


def _is_accepted(one: Finding, accepted: Mapping[Key, str]) -> bool:
    as_of = accepted.get(key_of(one))
    order = list(Severity)
    return as_of in order and order.index(one.severity) >= order.index(Severity(as_of))


def _is_unknown(one: Verdict, taken: Iterable[Finding]) -> bool:
    is_taken = any(finding.peering == one.peering and finding.path == one.path for finding in taken)
    return one.state in {PathState.UNKNOWN, PathState.AWAITED} and not is_taken
