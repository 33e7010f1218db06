"""The first thing on the page of a reading: how the peering is, each path, and what to do about it; also as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.diagnosis.findings import Severity
from crossconnections.models import Snapshot, TableRead
from crossconnections.peering_names import peering_name
from crossconnections.presenters.tables.findings import ShownFinding, count_in_words, show_findings
from crossconnections.presenters.tables.texts import in_full
from crossconnections.presenters.tables.verdicts import ShownVerdict, Summary, summarize
from crossconnections.presenters.tables.words import full_read_name
from portal.harmless import harmless_text

# The sentence above the findings says as much.
_SAID_ABOVE = {"R55", "R56"}
_SO_FAR = "nothing to do so far"
_PARTIES = {"us": "provider", "customer": "customer", "microsoft": "Microsoft"}


@dataclass(frozen=True, slots=True)
class FindingsCard:
    """``to_do`` are worst first; ``to_know`` asks nothing of anybody. ``text`` is for a ticket."""

    summary: Summary
    to_do: tuple[ShownFinding, ...]
    to_know: tuple[ShownFinding, ...]
    count: str
    text: str


def show_card(diagnosis: Diagnosis, snapshot: Snapshot, reads: Sequence[TableRead], link: str) -> FindingsCard:
    """Of one peering, whose ``reads`` these are; ``link`` leads to this page from anywhere."""
    summary, shown = summarize(diagnosis), _merge(show_findings(diagnosis.findings))
    to_do = tuple(one for one in shown if one.severity != Severity.INFO and one.rule not in _SAID_ABOVE)
    return FindingsCard(
        summary=summary,
        to_do=to_do,
        to_know=tuple(one for one in shown if one.severity == Severity.INFO),
        count=count_in_words(one.severity for one in to_do) or _nothing(summary, snapshot),
        text=_text(snapshot, reads, summary, to_do, link),
    )


def _nothing(summary: Summary, snapshot: Snapshot) -> str:
    """What is not known is not nothing to do."""
    if snapshot.finished_at is None:
        return _SO_FAR
    return "nothing to do" if summary.mark.tone == "ok" else "no verdict"


def _merge(findings: Iterable[ShownFinding]) -> list[ShownFinding]:
    """What is the same on both paths is said once."""
    merged: dict[tuple[str, ...], ShownFinding] = {}
    for one in findings:
        key = (one.rule, one.peering, one.claim, one.why, one.next_step)
        before = merged.get(key)
        is_on_other = before is not None and before.path != one.path
        merged[key] = replace(one, side="Both paths") if is_on_other else before or one
    return list(merged.values())


def _text(
    snapshot: Snapshot, reads: Sequence[TableRead], summary: Summary, findings: Sequence[ShownFinding], link: str
) -> str:
    lines = [
        *_head(snapshot, reads),
        f"{summary.mark.word}. {summary.sentence}",
        *(f"{one.name}{_port(snapshot, one)}: {one.mark.word.lower()}. {one.sentence}" for one in summary.paths),
        *(line for one in findings for line in _lines(one)),
        *_ids(reads, summary),
        link,
    ]
    return harmless_text(lines)


def _head(snapshot: Snapshot, reads: Sequence[TableRead]) -> list[str]:
    row, told = snapshot.cross_connection, snapshot.configuration
    what = ", ".join(filter(None, [row.circuit_name, row.peering_location]))
    tags = [f"S-tag {told['s_tag']}" if told.get("s_tag") else "", *_of_peering(told, reads)]
    return [
        f"Service key {row.service_key}" + (f" ({what})" if what else ""),
        ", ".join(filter(None, [peering_name(reads[0].peering_type) if reads else "", *tags])),
        f"Reading {snapshot.number}, {in_full(snapshot.asked_at)}",
    ]


def _of_peering(told: dict[str, object], reads: Sequence[TableRead]) -> list[str]:
    kind = reads[0].peering_type if reads else ""
    peerings = told.get("peerings")
    for one in peerings if isinstance(peerings, list) else ():
        if one.get("peering_type") == kind:
            links = (one.get("primary_prefix"), one.get("secondary_prefix"))
            return [f"C-tag {one.get('vlan_id')}", f"AS {one.get('peer_asn')}", *(str(link) for link in links if link)]
    return []


def _port(snapshot: Snapshot, one: ShownVerdict) -> str:
    port = snapshot.configuration.get(f"{one.path}_azure_port")
    return f" ({port})" if port else ""


def _lines(one: ShownFinding) -> list[str]:
    return [
        f"- {one.degree}, {one.rule}: {one.full_claim}. {one.why}",
        f"  Turn: {_PARTIES.get(one.owner, one.owner)}. Next: {one.next_step}",
    ]


def _ids(reads: Sequence[TableRead], summary: Summary) -> list[str]:
    """Of what was read on a path that is not fine: Microsoft's support finds the calls by them."""
    bad = {one.path for one in summary.paths if one.mark.tone != "ok"}
    return [
        f"Azure correlation id, {full_read_name(read)}: {read.correlation_id}"
        for read in reads
        if read.device_path in bad and read.correlation_id
    ]
