"""Carrying out a change: what the engine has to be told of it.

One write is never sent twice on a guess. Whoever does not know whether Azure got it looks: taken, or Azure at work on
it, it is followed; untouched, with the etag that it was made from and no worker that might still be sending, it is sent
again; anything else is for a person. Of a shared key nothing can be seen, so a change of the key alone is never sent
again: the etag of its peering moved and nothing else did, or a person decides.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Now

from crossconnections import mirror, queue
from crossconnections.arm import (
    ArmClient,
    ArmError,
    CrossConnectionResource,
    NotEnrolled,
    NotFound,
    OperationFailed,
    OperationGone,
    OperationProgress,
    ResourceId,
    SubscriptionUnknown,
)
from crossconnections.differences import AZURES_OWN, find_differences, has_taken, part_of
from crossconnections.enums import OperationStatus, ProvisioningState
from crossconnections.models import ArmCall, Change, CrossConnection
from crossconnections.queries import enlisted
from crossconnections.scopes import place_of
from crossconnections.services import engine
from crossconnections.services.changes.endings import note_ended
from crossconnections.services.changes.pacing import reason_in_the_set
from crossconnections.services.changes.sending import (
    Confirmation,
    NothingToDo,
    Seen,
    edit_of,
    etag_of,
    open_key,
    seconds_to_send,
)
from crossconnections.services.engine import NeverGot, NotToBeSent, Wait, Write
from crossconnections.services.engine.verdicts import LONGEST_PAUSE_SECONDS, LONGEST_WAIT_SECONDS, Verdict
from crossconnections.services.leases import clock
from portal.access.access import Access
from portal.access.permissions import Permission
from portal.activity.chain import can_go_on

State = Change.State

UNCLEAR, KEY_UNSEEN = "Unclear", "KeyUnseen"
# What was asked for before the trail was broken is on record; what would come of it could not be.
UNRECORDED = Wait(LONGEST_PAUSE_SECONDS, {"error_code": "TrailBroken", "error_message": ""})
GONE = NotToBeSent("Gone", "The cross connection went from Azure meanwhile.")
ROLE_ENDED = NotToBeSent("RoleEnded", "Whoever asked for it may not change anything here any more.")
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_FOR_A_READING = 1.0
# Nothing but a person's word makes it due.
WAIT_FOR_A_PERSON = timedelta(days=36_500)


class Changes(engine.Work[Change, Seen]):
    """Writes to cross connections."""

    purpose = ArmCall.Purpose.CHANGE
    looks_before_repeating = True
    never_sent: ClassVar[Mapping[str, Any]] = {"written_at": None}
    at_the_end: ClassVar[Mapping[str, Any]] = {"sealed_key": ""}

    def every(self) -> QuerySet[Change]:
        """All of them."""
        return Change.objects.all()

    def rows(self) -> QuerySet[Change]:
        """Those of this cloud, with all that a step reads."""
        of_this_cloud = Change.objects.filter(cross_connection__subscription__in=enlisted())
        return of_this_cloud.select_related("cross_connection__subscription", "snapshot_before", "asked_by")

    def subject(self, row: Change) -> CrossConnection:
        """The cross connection."""
        return row.cross_connection

    def hurry(self, row_id: int) -> None:
        """By a message."""
        queue.carry_out_change_soon(row_id)

    def reason_not_to_send(self, row: Change) -> NotToBeSent | None:
        """Gone meanwhile, or asked for by somebody whose role ended meanwhile."""
        if row.cross_connection.gone_at is not None:
            return GONE
        if row.asked_by and not Access(row.asked_by).may(Permission.CHANGE, at=place_of(row.cross_connection)):
            return ROLE_ENDED
        return None

    def reason_to_wait(self, row: Change) -> Wait | None:
        """For a person's word, if it is old; for a whole trail; for the tables before it; in a set, for its turn."""
        if row.not_after <= clock():
            return Wait(WAIT_FOR_A_PERSON.total_seconds(), {"held_at": Now()})
        if not can_go_on():
            return UNRECORDED
        if row.snapshot_before is not None and row.snapshot_before.finished_at is None:
            return Wait(SECONDS_FOR_A_READING)
        return reason_in_the_set(row)

    def send(self, client: ArmClient, row: Change, write: Write) -> OperationProgress | Seen:
        """GET, compare, and the one write."""
        edit = edit_of(row, shared_key=open_key(row))
        confirm = Confirmation(row, mirror.ask(row.cross_connection_id), write)
        try:
            return client.start_edit(
                resource_id=_resource_id(row), edit=edit, confirm=confirm, seconds_to_send=seconds_to_send()
            )
        except NothingToDo as told:
            return told.seen

    def verdict_on_sending(self, row: Change, error: ArmError) -> Verdict:
        """Until the write was about to leave, nothing can be uncertain about it."""
        verdict = super().verdict_on_sending(row, error)
        return Verdict.SEND_AGAIN if row.written_at is None and verdict is Verdict.UNKNOWN else verdict

    def verdict_on_looking(self, row: Change, error: ArmError) -> Verdict:
        """Only Azure's word that the operation failed is one; whoever cannot look there looks elsewhere."""
        verdict = super().verdict_on_looking(row, error)
        return Verdict.UNKNOWN if verdict is Verdict.FAILED and not isinstance(error, OperationFailed) else verdict

    def look(self, client: ArmClient, row: Change) -> OperationProgress | Seen:
        """At the operation, and once that has ended, at the cross connection.

        Where Azure named no operation, or has never said that it succeeded, only the cross connection can tell.
        """
        question, is_done = mirror.ask(row.cross_connection_id), row.azure_status == OperationStatus.SUCCEEDED
        found = client.follow_edit(resource_id=_resource_id(row), poll_url=row.poll_url, result_url=row.result_url)
        if isinstance(found, OperationProgress):
            return replace(found, word=OperationStatus.SUCCEEDED) if is_done else found
        if is_done or _has_taken(row, found):
            return Seen(question, found)
        raise OperationGone("Azure is not at work on it any more, and it is not as it was asked.")

    def inspect(self, client: ArmClient, row: Change) -> Wait | Seen:
        """What the cross connection itself tells."""
        if row.written_at is None:
            raise NeverGot
        question = mirror.ask(row.cross_connection_id)
        found = self._now(client, row)
        if isinstance(found, OperationProgress):
            return Wait(SECONDS_BETWEEN_LOOKS)
        if _has_taken(row, found):
            return Seen(question, found)
        if not found.etag or etag_of(found, row.subject) != row.written_etag:
            return Wait(LONGEST_WAIT_SECONDS, {"error_code": UNCLEAR, "error_message": ""})
        if _may_still_be_sent(row):
            return Wait(LONGEST_PAUSE_SECONDS)
        if _is_of_the_key_alone(row):
            return Wait(LONGEST_WAIT_SECONDS, {"error_code": KEY_UNSEEN, "error_message": ""})
        raise NeverGot

    def _now(self, client: ArmClient, row: Change) -> OperationProgress | CrossConnectionResource:
        try:
            return client.follow_edit(resource_id=_resource_id(row), poll_url="", result_url="")
        except (NotEnrolled, SubscriptionUnknown):
            raise  # tells nothing of this one
        except NotFound:
            raise GONE from None

    def note_busy(self, row: Change) -> None:
        """Nothing: it waits until Azure takes it."""

    def keep(self, row: Change, result: Seen) -> dict[str, Any]:
        """What Azure shows now, in the mirror too, and what of it is other than asked."""
        if result.question is not None:
            mirror.note_answers([(result.question, result.resource)], now=clock())
        after = mirror.configuration_of(result.resource)
        before = row.before or after
        found = find_differences(before, row.asked, after, subject=row.subject)
        return {
            "before": before,
            "after": after,
            "differences": [asdict(one) for one in found],
            "known_by": _how_it_is_known(row),
        }

    def note_end(self, row: Change) -> None:
        """See :mod:`~crossconnections.services.changes.endings`."""
        note_ended(row)


def _resource_id(row: Change) -> ResourceId:
    return ResourceId.parse(row.cross_connection.resource_id)


def _has_taken(row: Change, found: CrossConnectionResource) -> bool:
    """Whether it is as asked. Not documented: what a write that failed leaves, so one shown as failed tells nothing."""
    peering = found.find_peering(row.subject)
    states = {found.provisioning_state, peering.provisioning_state if peering else ""}
    now = part_of(mirror.configuration_of(found), row.subject)
    if ProvisioningState.FAILED in states or not has_taken(row.asked, now):
        return False
    return not _is_of_the_key_alone(row) or _has_only_the_etag_moved(row, found, now)


def _is_of_the_key_alone(row: Change) -> bool:
    """Whether of what Azure shows nothing was left to be different when it was written, whatever was asked besides."""
    is_about_a_key = row.shared_key_action != Change.SharedKey.KEEP
    return is_about_a_key and has_taken(row.asked, part_of(row.before or {}, row.subject))


def _has_only_the_etag_moved(row: Change, found: CrossConnectionResource, now: Mapping[str, Any]) -> bool:
    """All that can be seen of a key that was set: somebody wrote the peering, and what can be seen is as it was."""
    was = {name: value for name, value in part_of(row.before or {}, row.subject).items() if name not in AZURES_OWN}
    is_customers = str(now.get("last_modified_by")).casefold() == "customer"
    return etag_of(found, row.subject) != row.written_etag and has_taken(was, now) and not is_customers


def _may_still_be_sent(row: Change) -> bool:
    """Whether whoever put down the moment of the write might still be at it."""
    until = row.written_at + timedelta(seconds=settings.PORTAL_LEASE_SECONDS) if row.written_at else None
    return until is not None and clock() < until


def _how_it_is_known(row: Change) -> Change.KnownBy:
    if not row.written_etag and row.written_at is None:
        return Change.KnownBy.NOTHING_TO_DO
    return Change.KnownBy.LOOK if row.state == State.UNKNOWN else Change.KnownBy.OPERATION


CHANGES = Changes()


def carry_on(*, change_id: int) -> None:
    """Take the next step of a change."""
    engine.carry_on(CHANGES, row_id=change_id)


def hurry_the_due() -> None:
    """Send again what a lost message or a dead worker left, and what has come due."""
    engine.hurry_the_due(CHANGES)
