"""What somebody asks of one cross connection, and how far that has come: at the portal, in its mirror, in Azure."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from tests.drills.engine.azure import Azure
from tests.drills.engine.circuits import ORDERED, Circuit
from tests.drills.engine.database import Database

_CHANGES = """
    SELECT c.id, c.state, c.error_code, c.known_by, c.attempts, c.written_at, c.written_etag, c.held_at, c.finished_at,
        c.sealed_key
    FROM crossconnections_change c JOIN crossconnections_crossconnection x ON x.id = c.cross_connection_id
    WHERE x.service_key = ? ORDER BY c.id
"""
_MIRROR = """
    SELECT provider_provisioning_state, provider_notes FROM crossconnections_crossconnection WHERE service_key = ?
"""
_RESOURCE_ID = "SELECT resource_id FROM crossconnections_crossconnection WHERE service_key = ?"
_READINGS = """
    SELECT count(*) FROM crossconnections_snapshot s JOIN crossconnections_crossconnection x
    ON x.id = s.cross_connection_id WHERE x.service_key = ? AND s.finished_at IS NULL
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
    sealed_key: str


class Order(ABC):
    """Something is asked of a cross connection of its own, which nobody else is at.

    ``in_words`` is what a drill of it is called beside its own name, ``circuit`` how the cross connection was before,
    ``form`` the address of the form below its own, ``method`` what Azure is sent. One that ``is_guarded`` takes
    sessions down: it is applied once the tables are read, with the end of the service key. ``wished`` are the form's
    fields, ``shared_key`` the key among them.
    """

    in_words: ClassVar[str]
    circuit: ClassVar[Circuit]
    form: ClassVar[str]
    method: ClassVar[str] = "PUT"
    is_guarded: ClassVar[bool] = False
    shared_key: str = ""

    def __init__(self, database: Database, azure: Azure, key: str, note: str) -> None:
        self._database, self._azure = database, azure
        self.key = key
        self.wished = self.fill_in(note)

    @abstractmethod
    def fill_in(self, note: str) -> dict[str, str]:
        """The fields of the form; ``note`` is another one for each order."""

    @abstractmethod
    def has_taken(self) -> bool:
        """Whether what is wished is so, in Azure and in the mirror."""

    @abstractmethod
    def is_as_before(self) -> bool:
        """Whether Azure and the mirror both hold what they held."""

    def etag_of(self, change: Change) -> str:
        """The one that its write names in ``If-Match``, "" for none."""
        return change.written_etag

    def is_read(self) -> bool:
        """Whether the tables that somebody asked for are all there."""
        return self._database.ask(_READINGS, self.key) == [(0,)]

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
        [[resource_id]] = self._database.ask(_RESOURCE_ID, self.key)
        document: dict[str, Any] = self._azure.get(resource_id).json()
        return document

    def deeds(self) -> list[str]:
        """What the trail has of the only change, in order."""
        told = [(deed, json.loads(details)) for deed, details in self._database.ask(_TRAIL, self.key)]
        return [deed for deed, details in told if deed.startswith("change.") and details["number"] == self.change.id]

    def tag(self, **tags: str) -> None:
        """Somebody writes tags by other means than the portal, by a PUT of what Azure has; it is accepted."""
        self._azure.put(self.in_azure() | {"tags": tags})

    def age(self, span: timedelta) -> None:
        """As if all of its changes had been asked for so much earlier."""
        for change in self.changes():
            [[number, *times]] = self._database.ask(_TIMES, change.id)
            self._database.change(_OTHER_TIMES, *(at and _earlier(at, span) for at in times), number)


class Provisioning(Order):
    """It is to be Provisioned, with a note."""

    in_words = ""
    circuit = ORDERED
    form = "provisioning"

    def fill_in(self, note: str) -> dict[str, str]:
        """The state, and the note."""
        return {"provider_provisioning_state": PROVISIONED, "provider_notes": note}

    def has_taken(self) -> bool:
        """The state and the note are so."""
        return self._holds(*self.wished.values())

    def is_as_before(self) -> bool:
        """It is not provisioned, and there is no note."""
        return self._holds(BEFORE, "")

    def _holds(self, state: str, note: str) -> bool:
        facts = self.in_azure()["properties"]
        in_azure = facts["serviceProviderProvisioningState"], facts.get("serviceProviderNotes", "")
        [in_mirror] = self._database.ask(_MIRROR, self.key)
        return in_azure == tuple(in_mirror) == (state, note)


def _earlier(at: Any, span: timedelta) -> Any:
    """As the database gave it: SQLite has texts, PostgreSQL times."""
    return str(datetime.fromisoformat(at) - span) if isinstance(at, str) else at - span
