"""Findings as people read them: a claim that begins with the side, why, whose turn it is, and what to do next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crossconnections.addressing.networks import IPV6
from crossconnections.diagnosis.findings import Basis, Evidence, Finding, Layer, Owner, Severity
from crossconnections.enums import ProviderProvisioningState, Table
from crossconnections.presenters.tables.finding_facts import facts_of
from crossconnections.presenters.tables.finding_words import WORDS
from crossconnections.presenters.tables.words import path_name

_GLYPHS: dict[Severity, tuple[str, str, str]] = {
    Severity.CRITICAL: ("s-fail", "bad", "Critical"),
    Severity.HIGH: ("s-fail", "bad", "High"),
    Severity.WARNING: ("s-warn", "warn", "To check"),
    Severity.INFO: ("s-info", "", "To know"),
}
OWNERS: dict[Owner, str] = {
    Owner.US: "Your turn",
    Owner.CUSTOMER: "Customer's turn",
    Owner.MICROSOFT: "Microsoft's turn",
}
_BASES = {Basis.DOCUMENTED: "documented by Microsoft", Basis.INFERRED: "inferred"}
_LEAVING = {ProviderProvisioningState.DEPROVISIONING, ProviderProvisioningState.DE_PROVISIONED}
_TABLES_OF_LAYERS = {Layer.LAYER_2: Table.ARP, Layer.SESSION: Table.ROUTES_SUMMARY}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """``whose`` names the turn, "" where nobody has to do anything; ``anchor`` the part of the page that shows it."""

    rule: str
    severity: str
    owner: str
    peering: str
    path: str | None
    glyph: str
    tone: str
    degree: str
    side: str
    claim: str
    why: str
    next_step: str
    whose: str
    basis: str
    source: str
    anchor: str

    @property
    def full_claim(self) -> str:
        """With the side in front: ``Secondary: the edge router does not answer ARP``."""
        return f"{self.side}: {self.claim}" if self.side else f"{self.claim[:1].upper()}{self.claim[1:]}"

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self.full_claim}. {self.why}"


def show_finding(one: Finding) -> ShownFinding:
    """One, in words."""
    words, facts = WORDS[_key(one)], facts_of(one)
    claim, why, next_step = (text.format_map(facts) for text in words)
    glyph, tone, degree = _GLYPHS[one.severity]
    return ShownFinding(
        rule=one.rule,
        severity=one.severity,
        owner=one.owner,
        peering=one.peering,
        path=one.path,
        glyph=glyph,
        tone=tone,
        degree=degree,
        side=path_name(one.path) if one.path else "",
        claim=claim,
        why=why,
        next_step=next_step,
        whose="" if one.severity == Severity.INFO else OWNERS[one.owner],
        basis=_BASES[one.basis],
        source=one.source,
        anchor=_anchor(one),
    )


def show_findings(findings: Iterable[Finding]) -> list[ShownFinding]:
    """In their order."""
    return [show_finding(one) for one in findings]


def count_in_words(severities: Iterable[str]) -> str:
    """``1 critical, 2 to check``, in the order of the severities."""
    degrees = [_GLYPHS[Severity(one)][2].lower() for one in severities]
    counts = {degree: degrees.count(degree) for degree in dict.fromkeys(degrees)}
    return ", ".join(f"{count} {degree}" for degree, count in counts.items())


def _anchor(one: Finding) -> str:
    if one.layer in _TABLES_OF_LAYERS and one.path:
        return f"{one.path}-{_TABLES_OF_LAYERS[one.layer]}"
    return "routes" if one.layer in {Layer.ROUTES, Layer.BOTH_PATHS} else ""


def _key(one: Finding) -> str:
    """The words that fit; most rules have only one to say."""
    variant = _VARIANTS.get(one.rule, _none)(one, one.evidence)
    return f"{one.rule} {variant}" if variant else one.rule


def _none(_: Finding, __: Evidence) -> str:
    return ""


def _up(_: Finding, evidence: Evidence) -> str:
    return "up" if evidence.get("is_up") else ""


def _customer(one: Finding, _: Evidence) -> str:
    return "customer" if one.owner == Owner.CUSTOMER else ""


def _waiting(_: Finding, evidence: Evidence) -> str:
    said = ("some" if "prefixes" in evidence else "", "long" if evidence.get("is_too_long") else "")
    return " ".join(filter(None, said))


def _session_down(_: Finding, evidence: Evidence) -> str:
    if evidence.get("is_shut"):
        return "shut"
    return "ipv6" if evidence.get("version") == IPV6 else "" if evidence.get("has_arp") else "alone"


def _not_read(_: Finding, evidence: Evidence) -> str:
    if evidence.get("what") == "link":
        return "link"
    if evidence.get("what") == "state":
        return "state" if evidence.get("state") else "blank"
    return "stopped" if evidence.get("absence") == "stopped" else ""


_VARIANTS: dict[str, Callable[[Finding, Evidence], str]] = {
    "R01": lambda one, evidence: _up(one, evidence) or ("leaving" if evidence.get("state") in _LEAVING else ""),
    "R02": lambda one, _: "peering" if one.peering else "",
    "R04": _customer,
    "R05": lambda one, evidence: _up(one, evidence) or _customer(one, evidence),
    "R06": lambda one, evidence: _up(one, evidence) or ("named" if evidence.get("is_named") else ""),
    "R07": _waiting,
    "R08": lambda _, evidence: str(evidence.get("reason")),
    "R09": lambda _, evidence: "ours" if evidence.get("what") else "",
    "R10": _up,
    "R11": _up,
    "R12": _up,
    "R18": lambda _, evidence: "record" if evidence.get("is_on_record") else "",
    "R25": _session_down,
    "R26": lambda _, evidence: "" if evidence.get("is_repeated") else "once",
    "R30": lambda _, evidence: "ipv4" if evidence.get("is_ipv4_alone") else "",
    "R32": lambda _, evidence: "flapped" if evidence.get("has_flapped") else "",
    "R41": lambda _, evidence: "gone" if evidence.get("gone") else "",
    "R60": lambda _, evidence: "alone" if evidence.get("is_one_way") else "",
    "R64": _not_read,
}
