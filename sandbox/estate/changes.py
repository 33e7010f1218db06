"""What happened to an estate since it was made: small, and kept in a file, so that a restart remembers it."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.estate.documents import Document
from sandbox.estate.validations import Validation
from sandbox.estate.writes import Write
from sandbox.state_files import read_json, write_json


@dataclass(slots=True)
class Changes:
    """Documents that came or changed, by service key, the keys of those that went, and the newest of each port.

    That one may have gone since; its port pair has not. Of each service key as well: the write that runs on it, the
    validation of prefixes that goes on after it, and the shared keys of its peerings, which no document has.
    """

    path: Path
    documents: dict[str, Document] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    newest: dict[str, Document] = field(default_factory=dict)
    writes: dict[str, Write] = field(default_factory=dict)
    shared_keys: dict[str, dict[str, str]] = field(default_factory=dict)
    validations: dict[str, Validation] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Keep a new document."""
        subscription_id = document["id"].split("/")[2]
        self.newest[f"{subscription_id}/{document['properties']['primaryAzurePort']}"] = document
        self.put(document, {})

    def put(self, document: Document, shared_keys: dict[str, str]) -> None:
        """Keep a changed document, and the shared keys of its peerings."""
        key = document["name"]
        self.documents[key] = document
        self.shared_keys.pop(key, None)
        if shared_keys:
            self.shared_keys[key] = shared_keys
        self._save()

    def begin(self, document: Document, write: Write, shared_keys: dict[str, str]) -> None:
        """Keep what a write makes of a document, and the write itself in place of one that ran."""
        self.writes[document["name"]] = write
        self.put(document, shared_keys)

    def end(self, document: Document, shared_keys: dict[str, str]) -> None:
        """Keep what came of a write, and what goes on after it."""
        key = document["name"]
        validation = self.writes.pop(key).validation
        if validation is not None:
            self.validations[key] = validation.after(self.validations.get(key))
        self.put(document, shared_keys)

    def end_validation(self, document: Document) -> None:
        """Keep what Azure says of prefixes in the end."""
        key = document["name"]
        self.validations.pop(key)
        self.put(document, self.shared_keys.get(key, {}))

    def delete(self, service_key: str) -> None:
        """Keep that a cross connection is gone."""
        for kept in (self.documents, self.writes, self.shared_keys, self.validations):
            kept.pop(service_key, None)
        self.deleted.add(service_key)
        self._save()

    def clear(self) -> None:
        """Forget everything that happened."""
        self.documents.clear()
        self.deleted.clear()
        self.newest.clear()
        self.writes.clear()
        self.shared_keys.clear()
        self.validations.clear()
        self._save()

    def _save(self) -> None:
        kept = {"documents": self.documents, "deleted": sorted(self.deleted), "newest": self.newest}
        writes = {key: write.as_json() for key, write in self.writes.items()}
        validations = {key: validation.as_json() for key, validation in self.validations.items()}
        more = {"writes": writes, "shared_keys": self.shared_keys, "validations": validations}
        write_json(self.path, {**kept, **more})


def load_changes(path: Path) -> Changes:
    """The changes kept in the file, none where there is no file. Every write has ended, and what goes on after it."""
    kept = read_json(path) or {"documents": {}, "deleted": []}
    # Written by an older sandbox, it lacks the rest.
    writes = {key: Write(ends_at=-math.inf, **write) for key, write in kept.get("writes", {}).items()}
    validations = {key: Validation(ends_at=-math.inf, **one) for key, one in kept.get("validations", {}).items()}
    more = kept.get("newest", {}), writes, kept.get("shared_keys", {}), validations
    return Changes(path, kept["documents"], set(kept["deleted"]), *more)
