"""All rules over one case: each where it applies, as far as the layers below it stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crossconnections.diagnosis.case import Case, Peering, Service
from crossconnections.diagnosis.findings import Finding, Found, Owner, Rule, Scope, Severity, Turn, Value
from crossconnections.diagnosis.legs import Leg, LegSession, Link, legs_of
from crossconnections.diagnosis.match import Match
from crossconnections.diagnosis.rules import RULES, RULES_OF_A_MATCH
from crossconnections.diagnosis.verdicts import Verdict, judge
from crossconnections.enums import DevicePath


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``findings`` worst first; ``verdicts`` one for each peering and path, in the order of both."""

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    def of(self, peering_type: str) -> "Diagnosis":
        """What is about one peering, and about the cross connection as a whole."""
        return Diagnosis(
            tuple(one for one in self.findings if one.peering in {"", peering_type}),
            tuple(one for one in self.verdicts if one.peering == peering_type),
        )


def diagnose(case: Case) -> Diagnosis:
    """What holds of the case. A path stops at its first failing layer: what stands above follows from it (R27)."""
    found = [one for rule in RULES for one in _examine(rule, case)]
    ends = sorted((one for one in found if one.ends), key=lambda one: one.layer)
    kept = [_settled(one, ends) for one in found if not _follows(one, ends)]
    legs = [leg for peering in case.peerings for leg in legs_of(case, peering)]
    findings = tuple(sorted(kept, key=lambda one: one.rank))
    return Diagnosis(findings, tuple(judge(leg, findings) for leg in legs))


def examine_match(case: Case, peering: Peering, match: Match, *, target: str) -> Finding | None:
    """Whether an address that somebody asks for is routed on that peering (R59 to R61); None where nobody can tell.

    ``target`` is the address as they wrote it.
    """
    found = (_finding(rule, case, rule.examine(match), peering=peering) for rule in RULES_OF_A_MATCH)
    one = next((one for findings in found for one in findings), None)
    return replace(one, evidence={**one.evidence, "target": target}) if one else None


def _examine(rule: Rule, case: Case) -> Iterator[Finding]:
    """Where the rule holds, by its scope."""
    if rule.scope == Scope.CASE:
        yield from _finding(rule, case, rule.examine(case))
    elif rule.scope == Scope.PATH:
        for path in DevicePath if case.peerings else ():
            yield from _finding(rule, case, rule.examine(case, path), path=path)
    else:
        for peering in case.peerings:
            yield from _of_peering(rule, case, peering)


def _of_peering(rule: Rule, case: Case, peering: Peering) -> Iterator[Finding]:
    if rule.scope == Scope.PEERING:
        yield from _finding(rule, case, rule.examine(case, peering), peering=peering)
        return
    for leg in legs_of(case, peering):
        subjects: Sequence[Leg | LegSession] = leg.sessions if rule.scope == Scope.SESSION else (leg,)
        for subject in subjects:
            found, link = rule.examine(subject), subject.link if isinstance(subject, LegSession) else subject.ipv4
            yield from _finding(rule, case, found, peering=peering, path=leg.path, link=link)


def _finding(
    rule: Rule,
    case: Case,
    found: Found | None,
    *,
    peering: Peering | None = None,
    path: str | None = None,
    link: Link | None = None,
) -> Iterable[Finding]:
    if found is None:
        return ()
    return (
        Finding(
            rule=rule.id,
            layer=rule.layer,
            # Until it is known how the other path is, one that carries nothing is taken for the only one.
            severity=found.severity or rule.severity or Severity.CRITICAL,
            owner=found.owner or (rule.owner if isinstance(rule.owner, Owner) else bgp_speaker(case)),
            basis=rule.basis,
            source=rule.source,
            peering=peering.peering_type if peering else "",
            path=path,
            ends=found.ends,
            depends_on_other=found.severity is None and rule.severity is None,
            follows_cause=rule.owner == Turn.WHO_MENDS,
            evidence=_facts(case, peering, path, link) | dict(found.evidence),
        ),
    )


def bgp_speaker(case: Case) -> Owner:
    """Whose router speaks BGP with Microsoft. Where nobody has said, we look at our own side first."""
    return Owner.CUSTOMER if case.record.service == Service.LAYER_2 else Owner.US


def _follows(one: Finding, ends: Iterable[Finding]) -> bool:
    """Whether it is about a path, a peering or a circuit that carries nothing for a reason that stands lower."""
    return any(end.layer < one.layer and _contains(end, one) for end in ends)


def _contains(end: Finding, one: Finding) -> bool:
    is_same_peering = end.peering in {"", one.peering}
    if end.path is None:
        return is_same_peering
    return is_same_peering and end.path == one.path


def _settled(one: Finding, ends: Sequence[Finding]) -> Finding:
    """As bad as the other path makes it, and the turn of whoever mends the lowest layer that fails."""
    causes = [end for end in ends if end.peering in {"", one.peering}]
    if one.follows_cause and causes:
        return replace(one, owner=causes[0].owner)
    if not one.depends_on_other:
        return one
    is_alone = one.ends and any(end.path != one.path for end in causes)
    return one if is_alone else replace(one, severity=Severity.HIGH)


def _facts(case: Case, peering: Peering | None, path: str | None, link: Link | None) -> dict[str, Value]:
    """What every sentence may name."""
    facts: dict[str, Value] = {"s_tag": case.s_tag, "service": case.record.service}
    if path:
        facts["port"] = case.port(path)
    if peering:
        facts |= {"vlan_id": peering.vlan_id, "peer_asn": peering.peer_asn}
    if link:
        facts |= {"edge": link.edge, "microsoft": link.microsoft, "prefix": link.prefix}
    return facts
