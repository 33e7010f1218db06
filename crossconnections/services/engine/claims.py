"""Claiming a row, and writing to it only while the claim holds."""

from typing import Any, Generic

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Now

from crossconnections.models import Operation
from crossconnections.policies import can_follow
from crossconnections.services.engine.work import O, R, Work
from crossconnections.services.leases import is_free, lease_end

State = Operation.State


class ClaimLost(Exception):  # noqa: N818 - reads as what happened
    """Another worker has the row, or a person stopped it; this one must not write any more."""


class Claim(Generic[O, R]):
    """One worker's hold on one row: the number of attempts is the fence."""

    def __init__(self, work: Work[O, R], row: O) -> None:
        self.work = work
        self.row = row

    def move(self, to: Operation.State, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        """Go on to another state, by the table of transitions, and keep the claim.

        Raises:
            ClaimLost: see there.
        """
        if not can_follow(self.row.state, to):
            raise AssertionError(f"{to} cannot follow {self.row.state}")
        self.write(state=to, **values)
        self.row.state = to

    def confirm(self) -> None:
        """Until the transaction ends nobody takes the row over.

        Raises:
            ClaimLost: see there.
        """
        self.write(attempts=self.row.attempts)

    def write(self, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        """Columns of the row, which stays as it is otherwise.

        Raises:
            ClaimLost: see there.
        """
        mine = self.work.every().filter(pk=self.row.pk, attempts=self.row.attempts, state=self.row.state)
        if not mine.update(**values):
            raise ClaimLost


@transaction.atomic
def claim(work: Work[O, R], row_id: int) -> Claim[O, R] | None:
    """The row, if it is due and nobody is at it; None otherwise.

    One that was queued is about to be sent from now on. One that was about to be sent belonged to a worker that
    died: whether Azure got it, nobody knows.
    """
    # By the key alone and the row's own columns: an UPDATE that finds its rows by a join does not look again at what
    # another worker has claimed meanwhile (PostgreSQL, Read Committed).
    due = work.every().filter(is_free(), pk=row_id, state__in=Operation.ACTIVE, due_at__lte=Now())
    if not due.update(attempts=F("attempts") + 1, claimed_until=lease_end(), **_as_about_to_be_sent()):
        return None
    # Within the transaction: read before the claim is given away, or its number might be another one's.
    row = work.rows().filter(pk=row_id).first()
    if row is None:  # of another cloud, which the portal was pointed away from
        transaction.set_rollback(True)
        return None
    return Claim(work, row)


def _as_about_to_be_sent() -> dict[str, Case]:
    was_queued, was_left = Q(state=State.QUEUED), Q(state=State.SUBMITTING)
    return {
        "state": Case(
            When(was_queued, then=Value(State.SUBMITTING)),
            When(was_left, then=Value(State.UNKNOWN)),
            default=F("state"),
        ),
        "sent": Case(When(was_queued, then=F("sent") + 1), default=F("sent"), output_field=IntegerField()),
        "sent_at": Case(When(was_queued, then=Now()), default=F("sent_at")),
    }
