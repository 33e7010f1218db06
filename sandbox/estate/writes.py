"""What a partner wrote to a cross connection, while it is being done: what comes of it, and what was there before."""

import copy
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag
from sandbox.estate.peerings import MICROSOFT_ASN
from sandbox.estate.prefix_states import move_prefixes
from sandbox.estate.validations import Validation

# What a partner may write of a cross connection itself, and what a move to other ports takes along.
_FACTS = (
    *("serviceProviderProvisioningState", "serviceProviderNotes"),
    *("primaryAzurePort", "secondaryAzurePort", "sTag"),
)


@dataclass(frozen=True, slots=True)
class Write:
    """A write that was accepted: until then the document shows what was asked, and that it is Updating.

    ``ends_at`` is a time by the clock of the operations. ``before`` and ``keys`` are the document and its shared keys
    as they were, ``peerings`` the names of those that come, change or go. One that ``fails`` leaves what was there
    before where it ``is_undone``, and else what was asked; one that does not fail and is undone was not applied.

    ``of_peering`` is a write of one peering, which tells itself how it ended; the cross connection does so only where
    the write ``updates_parent``. ``states`` are the peerings' own at the end, where others are shown until then.
    ``fresh`` are the public prefixes that Azure looks at from the end on, for so many seconds, and comes to a word.
    """

    ends_at: float
    before: Document
    keys: dict[str, str]
    peerings: list[str]
    fails: bool = False
    is_undone: bool = False
    of_peering: bool = False
    updates_parent: bool = True
    moves_etag: bool = True
    states: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    prefix_word: str = "Configured"
    prefix_seconds: float = 0

    @property
    def validation(self) -> Validation | None:
        """What goes on after the write; None after one that failed, or let Azure look at nothing."""
        if self.fails or self.is_undone or not self.fresh:
            return None
        return Validation(self.ends_at + self.prefix_seconds, self.fresh, self.prefix_word, self.moves_etag)

    def outcome(self, document: Document) -> Document:
        """The document at the end of the write, with what the customer did to it meanwhile.

        Not documented: whether the etag moves again at the end. Here it does, as what a GET shows does.
        """
        result = self._undone(document) if self.is_undone else copy.deepcopy(document)
        facts = result["properties"]
        if self.moves_etag:
            result["etag"] = new_etag()
        if self.updates_parent:
            facts["provisioningState"] = self._word
        there = (one for one in facts["peerings"] if one["properties"]["provisioningState"] != "Deleting")
        facts["peerings"] = [self._ended(one) for one in there]
        if self.validation is not None:
            for peering in facts["peerings"]:
                move_prefixes(peering, self.fresh, "NotConfigured", "Configuring")
        return result

    def after(self, other: "Write") -> "Write":
        """This write in place of one that runs: what that one began comes to its end with this one."""
        carried = {name: state for name, state in other.states.items() if name not in self.peerings}
        return replace(
            self,
            before=other.outcome(self.before),
            updates_parent=self.updates_parent or other.updates_parent,
            moves_etag=self.moves_etag or other.moves_etag,
            states=carried | self.states,
            fresh=sorted({*other.fresh, *self.fresh}),
        )

    def as_json(self) -> dict[str, Any]:
        """How a file keeps it: who reads that does not know the clock any more."""
        return {name: value for name, value in asdict(self).items() if name != "ends_at"}

    @property
    def _word(self) -> str:
        return "Failed" if self.fails else "Succeeded"

    def _ended(self, peering: Document) -> Document:
        """The peering without what it showed while it was written; one that a failure of its own left is Failed."""
        facts, name = peering["properties"], peering["name"]
        if facts["provisioningState"] == "Updating":
            state = self.states.get(name, facts["state"])
            done = {"provisioningState": self._word, "azureASN": MICROSOFT_ASN, "state": state}
        elif self.of_peering and self.fails and name in self.peerings:
            done = {"provisioningState": self._word}
        else:
            return peering
        return {**peering, "etag": new_etag(), "properties": {**facts, **done}}

    def _undone(self, document: Document) -> Document:
        result = copy.deepcopy(document)
        if not self.of_peering:
            self._put_back_own(result)
        kept = [one for one in result["properties"]["peerings"] if one["name"] not in self.peerings]
        back = [one for one in self.before["properties"]["peerings"] if one["name"] in self.peerings]
        result["properties"]["peerings"] = sorted([*kept, *copy.deepcopy(back)], key=lambda one: str(one["name"]))
        return result

    def _put_back_own(self, document: Document) -> None:
        """What is the cross connection's own as it was before."""
        _put_back(document, self.before, "tags")
        for name in _FACTS:
            _put_back(document["properties"], self.before["properties"], name)


def _put_back(facts: dict[str, Any], before: dict[str, Any], name: str) -> None:
    """Let a fact be as it was, also not there."""
    if name in before:
        facts[name] = before[name]
    else:
        facts.pop(name, None)
