"""Public prefixes that Azure is looking at, after the operation of a write has ended."""

import copy
from dataclasses import asdict, dataclass, replace
from typing import Any

from sandbox.estate.documents import Document
from sandbox.estate.new_peerings import new_etag
from sandbox.estate.prefix_states import move_prefixes


@dataclass(frozen=True, slots=True)
class Validation:
    """Prefixes of a circuit that are Configuring until ``ends_at``, a time by the clock of the operations.

    Then they have the state ``word``, but for those whose state the customer has written meanwhile.
    """

    ends_at: float
    prefixes: list[str]
    word: str
    moves_etag: bool

    def outcome(self, document: Document) -> Document:
        """The document at its end. Inferred: the etag of a peering whose prefixes get another state moves."""
        result = copy.deepcopy(document)
        moved = [one for one in result["properties"]["peerings"] if self._settle(one)]
        for peering in moved:
            peering["etag"] = new_etag()
        if moved and self.moves_etag:
            result["etag"] = new_etag()
        return result

    def after(self, other: "Validation | None") -> "Validation":
        """This one in place of one that goes on: its prefixes wait for this end."""
        return self if other is None else replace(self, prefixes=sorted({*other.prefixes, *self.prefixes}))

    def as_json(self) -> dict[str, Any]:
        """How a file keeps it: who reads that does not know the clock any more."""
        return {name: value for name, value in asdict(self).items() if name != "ends_at"}

    def _settle(self, peering: Document) -> bool:
        return move_prefixes(peering, self.prefixes, "Configuring", self.word)
