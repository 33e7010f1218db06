"""What a partner wrote to a cross connection, while it is being done: what comes of it, and what was there before."""

import copy
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag

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
    before where it ``is_undone``, and else what was asked.
    """

    ends_at: float
    before: Document
    keys: dict[str, str]
    peerings: list[str]
    fails: bool = False
    is_undone: bool = False

    def outcome(self, document: Document) -> Document:
        """The document at the end of the write, with what the customer did to it meanwhile.

        Not documented: whether the etag moves again at the end. Here it does, as what a GET shows does.
        """
        result = self._undone(document) if self.is_undone else copy.deepcopy(document)
        word = "Failed" if self.fails else "Succeeded"
        result["etag"] = new_etag()
        result["properties"]["provisioningState"] = word
        for peering in result["properties"]["peerings"]:
            if peering["properties"]["provisioningState"] == "Updating":
                peering["etag"] = new_etag()
                peering["properties"]["provisioningState"] = word
        return result

    def as_json(self) -> dict[str, Any]:
        """How a file keeps it: who reads that does not know the clock any more."""
        return {name: value for name, value in asdict(self).items() if name != "ends_at"}

    def _undone(self, document: Document) -> Document:
        result = copy.deepcopy(document)
        _put_back(result, self.before, "tags")
        for name in _FACTS:
            _put_back(result["properties"], self.before["properties"], name)
        kept = [one for one in result["properties"]["peerings"] if one["name"] not in self.peerings]
        back = [one for one in self.before["properties"]["peerings"] if one["name"] in self.peerings]
        result["properties"]["peerings"] = sorted([*kept, *copy.deepcopy(back)], key=lambda one: str(one["name"]))
        return result


def _put_back(facts: dict[str, Any], before: dict[str, Any], name: str) -> None:
    """Let a fact be as it was, also not there."""
    if name in before:
        facts[name] = before[name]
    else:
        facts.pop(name, None)
