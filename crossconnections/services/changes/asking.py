"""Changes asked for by people: applied, canceled while they wait, confirmed when old, settled when in doubt."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from crossconnections import policies, queue
from crossconnections.deeds import (
    CHANGE_ASKED,
    CHANGE_CANCELED,
    CHANGE_CONFIRMED,
    CHANGE_SETTLED,
    about_cross_connection,
)
from crossconnections.models import Change, ChangeSet, CrossConnection, Draft
from crossconnections.queries.changes import find_active
from crossconnections.scopes import place_of
from crossconnections.services.changes.drafts import conflicts_of, read_before, reason_not_to_send
from crossconnections.services.changes.endings import details_of, look_again
from crossconnections.services.changes.guards import check_guard
from crossconnections.services.changes.pacing import call_the_next, patience, until_turn
from crossconnections.services.leases import clock, from_now
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.subscriptions.holding import hold
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

State = Change.State

# Of Azure's work on it: after that the cross connection itself is looked at, and a person may settle it.
LONGEST_OPERATION = timedelta(hours=1)
MOVED_ON = "Azure holds something else by now than when the form was opened: choose what to send."
ASKED_MEANWHILE = "Somebody else asked for a change meanwhile, and Azure takes one after another."


class Busy(NotPossible):
    """Another change of the same cross connection is not over yet: ``change`` is it."""

    def __init__(self, sentence: str, change: Change | None) -> None:
        super().__init__(sentence)
        self.change = change


def find_applied(draft_id: UUID) -> Change | None:
    """The change that a draft has become."""
    return Change.objects.filter(draft=draft_id).first()


@transaction.atomic
def apply(
    *, draft: Draft, row: CrossConnection, warnings: Sequence[str] = (), confirm_ending: str = "", by: Actor
) -> Change:
    """What the draft asks for, once: a second press finds the change that the first one made.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        Busy: another change goes on.
        NotConfirmed: it takes a circuit out of service, and the end of the service key is another one.
        NotPossible: the row cannot be changed, or Azure moved on since the form was opened.
    """
    require(by, Permission.CHANGE, at=place_of(row))
    hold(row)  # the second of two presses waits here, and then finds what the first one made
    if known := find_applied(draft.pk):
        return known
    check_possible(row)
    if conflicts_of(draft, row):
        raise NotPossible(MOVED_ON)
    if reason := reason_not_to_send(draft, row):
        raise NotPossible(reason)
    check_guard(draft, row, confirm_ending=confirm_ending)
    try:
        change = create(row, draft_values(draft, row, warnings, by), by=by)
    except Busy:
        if known := find_applied(draft.pk):  # the other of two presses at once was quicker
            return known
        raise
    Draft.objects.filter(pk=draft.pk).delete()
    record(CHANGE_ASKED, by=by, about=about_cross_connection(row), details=details_of(change))
    return change


def check_possible(row: CrossConnection) -> None:
    """Raises Busy or NotPossible."""
    active = find_active(row)
    if reason := policies.reason_not_to_change(row, active):
        raise Busy(reason, active) if active else NotPossible(reason)


def draft_values(draft: Draft, row: CrossConnection, warnings: Sequence[str], by: Actor) -> dict[str, Any]:
    """The columns of a change that come from its draft."""
    snapshot = draft.guard
    if snapshot is None and draft.wants_proof:
        snapshot = read_before(row, by=by)
    return {
        "kind": draft.kind,
        "draft": draft.pk,
        "subject": draft.subject,
        "opened": draft.opened,
        "asked": draft.asked,
        "shared_key_action": draft.shared_key_action,
        "sealed_key": draft.sealed_key,
        "warnings": list(warnings),
        "wants_proof": draft.wants_proof,
        "snapshot_before": snapshot,
    }


def create(
    row: CrossConnection,
    values: dict[str, Any],
    *,
    by: Actor,
    change_set: ChangeSet | None = None,
    ahead: int = 0,
) -> Change:
    """A change of the row, of which a worker is told; ``ahead`` is how many of its set go before it.

    Inside a transaction.

    Raises:
        Busy: another one was quicker.
    """
    now, wait = clock(), until_turn(ahead)
    not_after = now + timedelta(seconds=settings.PORTAL_NOT_AFTER_SECONDS) + patience(ahead)
    times = {"asked_at": now, "due_at": now + wait, "hurried_at": now}
    times |= {"not_after": not_after, "give_up_at": not_after + LONGEST_OPERATION}
    try:
        with transaction.atomic():
            change = Change.objects.create(
                cross_connection=row, change_set=change_set, asked_by=by.user, **times, **values
            )
    except IntegrityError:
        raise Busy(ASKED_MEANWHILE, find_active(row)) from None
    if not wait:
        queue.carry_out_change_soon(change.pk)
    return change


@transaction.atomic
def cancel(*, change: Change, by: Actor) -> None:
    """Take back what no worker has taken up yet.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it is with Azure already, or over.
    """
    _check(change, by, policies.reason_not_to_cancel(change))
    waiting = Change.objects.filter(pk=change.pk, state=State.QUEUED)
    # Where a worker has claimed it meanwhile, it is not queued any more, and nothing is updated.
    if not waiting.update(
        state=State.CANCELED,
        finished_at=Now(),
        ended_by=by.user,
        claimed_until=None,
        attempts=F("attempts") + 1,
        sealed_key="",
    ):
        raise NotPossible(policies.reason_not_to_cancel(_anew(change)) or "")
    call_the_next(change)
    record(CHANGE_CANCELED, by=by, about=about_cross_connection(change.cross_connection), details=details_of(change))


@transaction.atomic
def go_ahead(*, change: Change, by: Actor, ahead: int = 0) -> None:
    """What was asked long ago still holds: it is sent now, by the name of whoever says so; ``ahead`` as in create.

    Raises:
        NotAllowed, NotPossible: as cancel.
    """
    _check(change, by, policies.reason_not_to_go_ahead(change))
    not_after = timedelta(seconds=settings.PORTAL_NOT_AFTER_SECONDS) + patience(ahead)
    Change.objects.filter(pk=change.pk, state=State.QUEUED).update(
        held_at=None,
        asked_by=by.user,
        not_after=from_now(not_after),
        give_up_at=from_now(not_after + LONGEST_OPERATION),
        due_at=Now(),
        hurried_at=Now(),
    )
    queue.carry_out_change_soon(change.pk)
    record(CHANGE_CONFIRMED, by=by, about=about_cross_connection(change.cross_connection), details=details_of(change))


@transaction.atomic
def settle(*, change: Change, has_taken: bool, by: Actor) -> None:
    """A person says what became of it. Nothing is sent; Azure is read once more for the mirror.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it is known meanwhile.
    """
    _check(change, by, policies.reason_not_to_settle(change))
    state = State.SUCCEEDED if has_taken else State.FAILED
    code = "" if has_taken else "Settled"
    # One more attempt: a worker that looks right now finds that its claim is gone.
    if not Change.objects.filter(pk=change.pk, state=State.UNKNOWN).update(
        state=state,
        known_by=Change.KnownBy.PERSON,
        ended_by=by.user,
        finished_at=Now(),
        claimed_until=None,
        attempts=F("attempts") + 1,
        error_code=code,
        error_message="",
        sealed_key="",
    ):
        raise NotPossible(policies.reason_not_to_settle(_anew(change)) or "")
    look_again(change.cross_connection)
    details = {**details_of(change), "outcome": str(state)}
    record(CHANGE_SETTLED, by=by, about=about_cross_connection(change.cross_connection), details=details)


def _check(change: Change, by: Actor, reason: str | None) -> None:
    require(by, Permission.CHANGE, at=place_of(change.cross_connection))
    if reason:
        raise NotPossible(reason)


def _anew(change: Change) -> Change:
    return Change.objects.get(pk=change.pk)
