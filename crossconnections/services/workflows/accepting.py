"""Taking a finding as it is, for a reason."""

from django.db import transaction

from crossconnections.deeds import FINDING_ACCEPTED, FINDING_OPENED, about_cross_connection
from crossconnections.models import AcceptedFinding, Workflow
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows.holding import find_verification, hold
from crossconnections.workflows.verification import Key, find_by_key
from portal.activity.trail import record
from portal.actors import Actor

NOT_FOUND = "The newest reading has no such finding any more."
WITH_A_REASON = "Say why it is taken as it is: the reason stands in the trail."


@transaction.atomic
def accept(*, workflow: Workflow, key: Key, reason: str, by: Actor) -> None:
    """Verification goes on without it; once more replaces the reason.

    Raises:
        NotAllowed: whoever says so may not change anything there.
        NotPossible: the work has ended, the newest reading has no such finding, or there is no reason.
    """
    known = hold(workflow, by)
    if not reason:
        raise NotPossible(WITH_A_REASON)
    verification = find_verification(known)
    found = find_by_key((*verification.open, *verification.accepted), key) if verification else None
    if found is None:
        raise NotPossible(NOT_FOUND)
    rule, peering, path = key
    said = {"severity": found.severity, "reason": reason, "accepted_at": clock(), "accepted_by": by.user}
    AcceptedFinding.objects.update_or_create(workflow=workflow, rule=rule, peering=peering, path=path, defaults=said)
    about = about_cross_connection(workflow.cross_connection)
    record(FINDING_ACCEPTED, by=by, about=about, details={"rule": rule, "reason": reason})


@transaction.atomic
def open_again(*, workflow: Workflow, key: Key, by: Actor) -> None:
    """It is not taken as it is any more.

    Raises:
        NotAllowed, NotPossible: as accept.
    """
    hold(workflow, by)
    rule, peering, path = key
    deleted, _ = workflow.accepted.filter(rule=rule, peering=peering, path=path).delete()
    if deleted:
        record(FINDING_OPENED, by=by, about=about_cross_connection(workflow.cross_connection), details={"rule": rule})
