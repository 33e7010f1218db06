"""What happened to an estate since it was made: small, and kept in a file, so that a restart remembers it."""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox.estate.documents import Document
from sandbox.state_files import read_json, write_json


@dataclass(slots=True)
class Changes:
    """Documents that came or changed, by service key, and the keys of those that went."""

    path: Path
    documents: dict[str, Document] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    def put(self, document: Document) -> None:
        """Keep a new or changed document."""
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
        self._save()

    def _save(self) -> None:
        write_json(self.path, {"documents": self.documents, "deleted": sorted(self.deleted)})


def load_changes(path: Path) -> Changes:
    """The changes kept in the file, none where there is no file."""
    kept = read_json(path) or {"documents": {}, "deleted": []}
    return Changes(path, kept["documents"], set(kept["deleted"]))
