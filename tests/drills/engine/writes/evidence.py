"""What the sandbox got of a change, and what the portal has on record of that."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from tests.drills.engine.database import Database

ID_OF_A_CALL = "x-ms-client-request-id"
# A step that is killed was begun no longer ago: a lease, and what a drill held it up.
LONGEST_STEP = timedelta(seconds=6)


def of_the_portal(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of what Azure Resource Manager was asked, the portal's own: each of its calls has an id."""
    return [one for one in requests if ID_OF_A_CALL in one["headers"] and one["path"].startswith("/subscriptions/")]


def count_taken(puts: list[dict[str, Any]], struck: list[bool]) -> int:
    """How many PUTs took effect, or may have.

    ``struck`` tells of the first ones, which suffered a fault, whether they took effect all the same: the log has of
    them only what was answered. Of the others one that was refused did not, and one without an answer may have.
    """
    known = [*struck[: len(puts)]]
    known += [one["status"] is None or one["status"] < HTTPStatus.BAD_REQUEST for one in puts[len(struck) :]]
    return known.count(True)


class Ledger:
    """The calls that are on record since a drill began, also those of a database that a backup has replaced."""

    def __init__(self, database: Database) -> None:
        self._database = database
        [[self._after]] = database.ask("SELECT coalesce(max(id), 0) FROM crossconnections_armcall")
        self._kept: set[str] = set()

    def ids(self) -> set[str]:
        """The ids that they went out with."""
        sql = "SELECT client_request_id FROM crossconnections_armcall WHERE id > ?"
        return self._kept | {found for (found,) in self._database.ask(sql, self._after)}

    def keep(self) -> None:
        """What stands in it now counts also when the database is another one."""
        self._kept = self.ids()


class Deaths:
    """When workers were killed, and what stood in the rows then: all that may be left of the calls of that step."""

    def __init__(self) -> None:
        self._found: list[tuple[datetime, set[str]]] = []

    def note(self, at: datetime, etags: set[str]) -> None:
        """``etags`` are those that the rows name as what a write was made from, "" for what there was not before."""
        self._found.append((at, etags))

    def excuse(self, request: dict[str, Any]) -> bool:
        """Whether nobody could write down what came of it: its worker died, and a write can be told from the row."""
        at, etag = datetime.fromisoformat(request["time"]), request["headers"].get("if-match", "")
        is_look = request["method"] == "GET"
        return any(
            died_at - LONGEST_STEP <= at <= died_at and (is_look or etag[:80] in etags)
            for died_at, etags in self._found
        )
