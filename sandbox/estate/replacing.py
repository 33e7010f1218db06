"""A cross connection after a partner's PUT, which replaces all that a partner may write."""

import copy
from dataclasses import dataclass, field
from typing import Any

from sandbox.estate.asked import Asked
from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag
from sandbox.estate.prefix_states import fresh_prefixes
from sandbox.estate.written_peerings import is_as_it_was, written_peering


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stays of what a body does not have: all peerings, one that its list lacks, the shared key of one."""

    keeps_peerings: bool
    keeps_missing: bool
    keeps_key: bool


@dataclass(frozen=True, slots=True)
class Berth:
    """The ports of a pair, and the S-tag on it."""

    primary: str
    secondary: str
    s_tag: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """The document while the write runs, its shared keys by peering, and the names of those that come, change or go.

    Of a write that is ``of_peering`` the peering itself tells how it ended, and ``states`` has the state of it then,
    where the document shows another one meanwhile.
    """

    document: Document
    keys: dict[str, str]
    peerings: list[str]
    of_peering: bool = False
    states: dict[str, str] = field(default_factory=dict)

    def fresh_since(self, before: Document) -> list[str]:
        """The public prefixes that Azure has to look at, as they are not what they were in a document."""
        known, written = (
            {one["name"]: one["properties"] for one in document["properties"]["peerings"]}
            for document in (before, self.document)
        )
        return [one for name in self.peerings for one in fresh_prefixes(known.get(name, {}), written.get(name, {}))]


def replaced(
    document: Document, keys: dict[str, str], asked: Asked, left_out: LeftOut, berth: Berth | None
) -> Replacement:
    """What the PUT makes of a cross connection with these keys; ``berth`` None leaves it where it is.

    Inferred: notes and tags that are left out are gone.
    """
    result = copy.deepcopy(document)
    facts = result["properties"]
    result["etag"] = new_etag()
    put(result, "tags", asked.tags)
    put(facts, "serviceProviderNotes", asked.notes)
    facts["provisioningState"], facts["serviceProviderProvisioningState"] = "Updating", asked.state
    if berth is not None:
        facts["primaryAzurePort"], facts["secondaryAzurePort"] = berth.primary, berth.secondary
        facts["sTag"] = berth.s_tag
    facts["peerings"], new_keys = _peerings(document, keys, asked.peerings, left_out)
    return Replacement(result, new_keys, _different(document, result))


def put(facts: dict[str, Any], name: str, value: object) -> None:
    """Write a fact; None takes it away."""
    if value is None:
        facts.pop(name, None)
    else:
        facts[name] = value


def _peerings(
    document: Document, keys: dict[str, str], asked: dict[str, dict[str, Any]] | None, left_out: LeftOut
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    known = {one["name"]: one for one in document["properties"]["peerings"]}
    keeps = left_out.keeps_peerings if asked is None else left_out.keeps_missing
    sent = asked or {}
    entries = {name: copy.deepcopy(peering) for name, peering in known.items() if keeps}
    new_keys = {name: keys.get(name, "") for name in entries}
    for name, facts in sent.items():
        before, written = known.get(name), written_peering(document, known.get(name), name, facts)
        new_keys[name] = key_after(keys.get(name, ""), facts, keeps=left_out.keeps_key)
        is_same = before is not None and is_as_it_was(before, written) and new_keys[name] == keys.get(name, "")
        entries[name] = before if before is not None and is_same else written
    return [entries[name] for name in sorted(entries)], {name: key for name, key in new_keys.items() if key}


def key_after(known: str, sent: dict[str, Any], *, keeps: bool) -> str:
    """The shared key of a peering, blank where there is none; one that is sent blank is taken away."""
    if "sharedKey" not in sent and keeps:
        return known
    key: str = sent.get("sharedKey", "")
    return key


def _different(before: Document, after: Document) -> list[str]:
    """Which peerings are not what they were: one that changed has another etag."""
    one, other = ({(it["name"], it.get("etag")) for it in doc["properties"]["peerings"]} for doc in (before, after))
    return sorted({name for name, _ in one ^ other})
