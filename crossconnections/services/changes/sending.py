"""Right before a write leaves: what Azure has now, compared with what the person saw."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Now

from crossconnections import mirror
from crossconnections.arm import UNDER_WAY, AnotherOperationInProgress, CrossConnectionResource
from crossconnections.differences import find_conflicts, has_taken
from crossconnections.models import Change
from crossconnections.services.engine import NotToBeSent, Write
from crossconnections.services.engine.verdicts import BUSY
from crossconnections.services.leases import clock, lease_end

CONFLICT = "Conflict"
_AT_WORK = "Azure shows the cross connection as {state}, so somebody's change is still going on."
_CHANGED = "Azure holds something else by now than when the form was opened, so nothing was sent."


def seconds_to_send() -> float:
    """How long after its lease was renewed a write may leave: its call must end before the lease does."""
    return settings.PORTAL_LEASE_SECONDS - settings.PORTAL_CALL_SECONDS


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
            NotToBeSent: it holds something third in a field that is touched.
            AnotherOperationInProgress: Azure is at work on it.
            ClaimLost: another worker has the row.
        """
        seen, now = Seen(self.question, resource), mirror.configuration_of(resource)
        if resource.provisioning_state in UNDER_WAY:
            # What a GET shows meanwhile may be blank: it must not be sent back as the truth.
            raise AnotherOperationInProgress(_AT_WORK.format(state=resource.provisioning_state), code=BUSY)
        if has_taken(self.row.asked, now):
            raise NothingToDo(seen)
        if find_conflicts(self.row.opened, self.row.asked, now):
            self._show(seen)
            raise NotToBeSent(CONFLICT, _CHANGED, told={"before": now, "written_etag": resource.etag[:80]})
        self.write(claimed_until=lease_end(), written_at=Now(), written_etag=resource.etag[:80], before=now)
        self.row.before, self.row.written_at = now, clock()

    def _show(self, seen: Seen) -> None:
        if seen.question is not None:
            mirror.note_answers([(seen.question, seen.resource)], now=clock())
