"""What happened to an estate since it was made: small, and kept in a file, so that a restart remembers it."""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox.estate.documents import Document
from sandbox.state_files import read_json, write_json


@dataclass(slots=True)
class Changes:
    """Documents that came or changed, by service key, the keys of those that went, and the newest of each port.

    That one may have gone since; its port pair has not.
    """

    path: Path
    documents: dict[str, Document] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    newest: dict[str, Document] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Keep a new document."""
        subscription_id = document["id"].split("/")[2]
        self.newest[f"{subscription_id}/{document['properties']['primaryAzurePort']}"] = document
        self.put(document)

    def put(self, document: Document) -> None:
        """Keep a changed document."""
        self.documents[document["name"]] = document
        self._save()

    def delete(self, service_key: str) -> None:
        """Keep that a cross connection is gone."""
        self.documents.pop(service_key, None)
        self.deleted.add(service_key)
        self._save()

    def clear(self) -> None:
        """Forget everything that happened."""
        self.documents.clear()
        self.deleted.clear()
        self.newest.clear()
        self._save()

    def _save(self) -> None:
        kept = {"documents": self.documents, "deleted": sorted(self.deleted), "newest": self.newest}
        write_json(self.path, kept)


def load_changes(path: Path) -> Changes:
    """The changes kept in the file, none where there is no file."""
    kept = read_json(path) or {"documents": {}, "deleted": []}
    # Written by an older sandbox, it has no newest.
    return Changes(path, kept["documents"], set(kept["deleted"]), kept.get("newest", {}))
