"""Right before a write leaves: what Azure has now, compared with what the person saw."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Now

from crossconnections import mirror
from crossconnections.addressing import sentence_of
from crossconnections.arm import AnotherOperationInProgress, CrossConnectionResource, Edit
from crossconnections.differences import Configuration, find_conflicts, has_taken, part_of
from crossconnections.models import Change, Wish
from crossconnections.models.wish import PRESENCE
from crossconnections.policies import only_disables
from crossconnections.proposals import judge_in_azure
from crossconnections.services.engine import NotToBeSent, Write
from crossconnections.services.engine.verdicts import BUSY
from crossconnections.services.leases import clock, lease_end
from portal.sealing import SealBroken, unseal

CONFLICT, AGAINST_THE_RULES = "Conflict", "AgainstTheRules"
KEY_NOT_OPENED = NotToBeSent(
    "KeyNotOpened", "The shared key was sealed with a key of the portal's that is not configured any more."
)
_AT_WORK = "Azure shows the cross connection as {state}, so somebody's change is still going on."
_CHANGED = "Azure holds something else by now than when the form was opened, so nothing was sent."


def seconds_to_send() -> float:
    """How long after its lease was renewed a write may leave: its call must end before the lease does."""
    return settings.PORTAL_LEASE_SECONDS - settings.PORTAL_CALL_SECONDS


def edit_of(wish: Wish, *, shared_key: str | None) -> Edit:
    """What is to be different, with the shared key that is to be set, "" for none, None to leave it alone."""
    asked = {name: value for name, value in wish.asked.items() if name != PRESENCE}
    return Edit(asked, wish.subject, removes=wish.removes, shared_key=shared_key)


def open_key(row: Change) -> str | None:
    """The shared key, as :func:`edit_of` takes it.

    Raises:
        NotToBeSent: none of the keys that are configured opens it.
    """
    if row.shared_key_action != Change.SharedKey.SET:
        return "" if row.shared_key_action == Change.SharedKey.REMOVE else None
    try:
        return unseal(row.sealed_key)
    except SealBroken:
        raise KEY_NOT_OPENED from None


def etag_of(resource: CrossConnectionResource, subject: str) -> str:
    """The etag that a write is made from, as long as a column holds it: of the peering, where it has one.

    Not documented: whether a peering's edit moves the etag of its cross connection.
    """
    peering = resource.find_peering(subject) if subject else None
    return ((peering.etag if peering else "") or resource.etag)[:80]


@dataclass(frozen=True, slots=True)
class Seen:
    """A cross connection as a GET showed it, and the question that it answers."""

    question: mirror.Question | None
    resource: CrossConnectionResource


class NothingToDo(Exception):  # noqa: N818 - reads as what happened
    """Azure holds what is asked already."""

    def __init__(self, seen: Seen) -> None:
        super().__init__("It is so already.")
        self.seen = seen


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The look between the GET and the write of one change."""

    row: Change
    question: mirror.Question | None
    write: Write

    def __call__(self, resource: CrossConnectionResource) -> None:
        """Note what the write is made from, with the lease renewed; whoever finds the row later can compare.

        Raises:
            NothingToDo: Azure holds what is asked already.
            NotToBeSent: it holds something third in a field that is touched, or another peering has the VLAN or subnet.
            AnotherOperationInProgress: Azure is at work on it.
            ClaimLost: another worker has the row.
        """
        seen, now = Seen(self.question, resource), mirror.configuration_of(resource)
        part, etag = part_of(now, self.row.subject), etag_of(resource, self.row.subject)
        if resource.under_way:
            # What a GET shows meanwhile may be blank: it must not be sent back as the truth.
            raise AnotherOperationInProgress(_AT_WORK.format(state=resource.under_way), code=BUSY)
        if has_taken(self.row.asked, part) and self.row.shared_key_action == Change.SharedKey.KEEP:
            raise NothingToDo(seen)
        if find_conflicts(self.row.opened, self.row.asked, part):
            self._show(seen)
            raise NotToBeSent(CONFLICT, _CHANGED, told={"before": now, "written_etag": etag})
        if reason := self._reason_not_to_write(now):
            self._show(seen)
            raise NotToBeSent(AGAINST_THE_RULES, reason, told={"before": now, "written_etag": etag})
        self.write(claimed_until=lease_end(), written_at=Now(), written_etag=etag, before=now)
        self.row.before, self.row.written_at, self.row.written_etag = now, clock(), etag

    def _reason_not_to_write(self, now: Configuration) -> str | None:
        """By the rules that Azure does not check itself, against what it shows now: it may accept and apply nothing."""
        if not self.row.subject or self.row.removes or only_disables(self.row.asked):
            return None
        breaches = judge_in_azure(now, self.row.moved, self.row.subject).breaches
        return sentence_of(breaches[0]) if breaches else None

    def _show(self, seen: Seen) -> None:
        if seen.question is not None:
            mirror.note_answers([(seen.question, seen.resource)], now=clock())
