"""What somebody asks of one cross connection, and how far that has come: at the portal, in its mirror, in Azure."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.drills.engine.database import Database
from tests.sandbox_process import SandboxProcess

_CHANGES = """
    SELECT c.id, c.state, c.error_code, c.known_by, c.attempts, c.written_at, c.written_etag, c.held_at, c.finished_at
    FROM crossconnections_change c JOIN crossconnections_crossconnection x ON x.id = c.cross_connection_id
    WHERE x.service_key = ? ORDER BY c.id
"""
_MIRROR = """
    SELECT provider_provisioning_state, provider_notes, resource_id FROM crossconnections_crossconnection
    WHERE service_key = ?
"""
_TRAIL = "SELECT deed, details FROM activity_entry WHERE object_id = ? ORDER BY number"
_COLUMNS = "asked_at, due_at, hurried_at, give_up_at, not_after, claimed_until, sent_at, written_at, held_at"
_TIMES = f"SELECT id, {_COLUMNS} FROM crossconnections_change WHERE id = ?"  # noqa: S608 - names of ours
_OTHER_TIMES = f"UPDATE crossconnections_change SET {_COLUMNS.replace(',', ' = ?,')} = ? WHERE id = ?"  # noqa: S608
BEFORE, PROVISIONED = "NotProvisioned", "Provisioned"


@dataclass(frozen=True, slots=True)
class Change:
    """The columns above, in their order."""

    id: int
    state: str
    error_code: str
    known_by: str
    attempts: int
    written_at: Any
    written_etag: str
    held_at: Any
    finished_at: Any


class Order:
    """A cross connection of its own is to be Provisioned, with a note."""

    def __init__(self, database: Database, azure: SandboxProcess, key: str, note: str) -> None:
        self._database, self._azure = database, azure
        self.key = key
        self.wished = {"provider_provisioning_state": PROVISIONED, "provider_notes": note}

    def changes(self) -> list[Change]:
        """All that were asked of it, oldest first."""
        return [Change(*row) for row in self._database.ask(_CHANGES, self.key)]

    @property
    def change(self) -> Change:
        """The only one."""
        [change] = self.changes()
        return change

    def in_azure(self) -> dict[str, Any]:
        """The cross connection as a GET shows it."""
        [[_, _, resource_id]] = self._mirror()
        document: dict[str, Any] = self._azure.get(resource_id).json()
        return document

    def holds(self, state: str, note: str) -> bool:
        """Whether Azure and the mirror both do."""
        facts = self.in_azure()["properties"]
        in_azure = facts["serviceProviderProvisioningState"], facts.get("serviceProviderNotes", "")
        [[*in_mirror, _]] = self._mirror()
        return in_azure == tuple(in_mirror) == (state, note)

    def has_taken(self) -> bool:
        """Whether what is wished is so, in Azure and in the mirror."""
        return self.holds(*self.wished.values())

    def deeds(self) -> list[str]:
        """What the trail has of the only change, in order."""
        told = [(deed, json.loads(details)) for deed, details in self._database.ask(_TRAIL, self.key)]
        return [deed for deed, details in told if deed.startswith("change.") and details["number"] == self.change.id]

    def tag(self, **tags: str) -> None:
        """Somebody writes tags by other means than the portal, by a PUT of what Azure has; it is accepted."""
        document = self.in_azure() | {"tags": tags}
        url = f"{self._azure.manifest['arm']}{document['id']}?api-version=2025-09-01"
        headers = {"Authorization": f"Bearer {self._azure.token()}"}
        self._azure.session.put(url, json=document, headers=headers, timeout=10).raise_for_status()

    def age(self, span: timedelta) -> None:
        """As if all of its changes had been asked for so much earlier."""
        for change in self.changes():
            [[number, *times]] = self._database.ask(_TIMES, change.id)
            self._database.change(_OTHER_TIMES, *(at and _earlier(at, span) for at in times), number)

    def _mirror(self) -> list[Any]:
        return self._database.ask(_MIRROR, self.key)


def _earlier(at: Any, span: timedelta) -> Any:
    """As the database gave it: SQLite has texts, PostgreSQL times."""
    return str(datetime.fromisoformat(at) - span) if isinstance(at, str) else at - span
