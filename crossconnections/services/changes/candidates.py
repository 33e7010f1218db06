"""What somebody named for a set, judged: each is one that can be changed, or is left out for a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossconnections import policies
from crossconnections.differences import find_conflicts, has_taken
from crossconnections.models import Change, CrossConnection, Draft
from crossconnections.proposals import values_now
from crossconnections.queries import map_by_key
from crossconnections.scopes import place_of
from portal.access.access import reach_of
from portal.access.permissions import Permission
from portal.actors import Actor

NOT_FOUND = "No cross connection of this service key is known where your role holds."
NO_ROLE = f"To change it takes the role {Permission.CHANGE.least_role.word} there."
ALREADY = "It is so already."
ANOTHER = "It is another one than at the review: the circuit was moved or made anew."
_STATE_MOVED = "It is {now} by now, and was {opened} at the review."
_NOTE_MOVED = "Its note to the customer is another one than at the review."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service key that was named. ``row`` is None where none is known within reach.

    ``reason`` says why it is left out, "" for one that can be changed; ``change`` is the number of one that is in its
    way.
    """

    service_key: str
    row: CrossConnection | None = None
    reason: str = ""
    change: int | None = None


class Judge:
    """Judges by what the mirror has now and what whoever acts may do; ``asked`` is what is to be set."""

    def __init__(self, service_keys: Sequence[str], asked: Mapping[str, Any], by: Actor) -> None:
        self._asked = asked
        self._reach = reach_of(by, Permission.CHANGE)
        self._rows = map_by_key(service_keys, reach_of(by, Permission.VIEW))
        self._active = _active_of(self._rows.values())

    def judge(self, service_key: str) -> Candidate:
        """As it stands."""
        row = self._rows.get(service_key)
        if row is None:
            return Candidate(service_key, reason=NOT_FOUND)
        if not self._reach.covers(place_of(row)):
            return Candidate(service_key, row, NO_ROLE)
        active = self._active.get(row.pk)
        if reason := policies.reason_not_to_change(row, active):
            return Candidate(service_key, row, reason, active.pk if active else None)
        return Candidate(service_key, row, self._reason_not_to_set(row))

    def judge_member(self, member: Mapping[str, Any]) -> Candidate:
        """As it stands, compared with what it was when the set was fixed; what was left out then stays so."""
        key, row = member["service_key"], self._rows.get(member["service_key"])
        if "reason" in member:
            return Candidate(key, row, member["reason"], member.get("change"))
        found = self.judge(key)
        if found.row is None or found.reason == ALREADY:
            return found
        return Candidate(key, row, self._reason_since(found.row, member) or found.reason, found.change)

    def _reason_since(self, row: CrossConnection, member: Mapping[str, Any]) -> str:
        if row.pk != member["id"]:
            return ANOTHER
        moved = find_conflicts(member["opened"], self._asked, values_now(row, self._asked))
        for one in moved:
            if one.field == "provider_provisioning_state":
                return _STATE_MOVED.format(now=one.now or "not told", opened=one.opened or "not told")
        return _NOTE_MOVED if moved else ""

    def _reason_not_to_set(self, row: CrossConnection) -> str:
        if has_taken(self._asked, values_now(row, self._asked)):
            return ALREADY
        before, after = row.provider_provisioning_state, self._asked["provider_provisioning_state"]
        return "" if before == after else policies.reason_not_to_set(before, after) or ""


def judge_draft(draft: Draft, by: Actor) -> list[Candidate]:
    """All members of a draft, in the order in which they were named."""
    judge = Judge([member["service_key"] for member in draft.members], draft.asked, by)
    return [judge.judge_member(member) for member in draft.members]


def _active_of(rows: Iterable[CrossConnection]) -> dict[int, Change]:
    active = Change.objects.filter(cross_connection__in=[row.pk for row in rows], state__in=Change.ACTIVE)
    return {change.cross_connection_id: change for change in active}
