"""A subscription that an administrator is about to enlist: it is checked first."""

import uuid

from django.db import transaction
from django.utils import timezone

from crossconnections.models import Readiness, Subscription
from crossconnections.readiness.enlistment import reason_not_to_enlist
from crossconnections.services.readiness.checking import forget_checks, request_checks, results_of
from crossconnections.services.subscriptions.enlisting import (
    NotEnlisted,
    check_label,
    end_proposal,
    enlist,
    refuse_enlisted,
)
from portal.access.access import require
from portal.access.permissions import Permission
from portal.actors import Actor


@transaction.atomic
def propose(*, subscription_id: uuid.UUID, label: str, kind: str, by: Actor) -> Readiness:
    """Have a subscription checked that is to be enlisted by that label; nothing is enlisted yet.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotEnlisted: it is enlisted already, or another one is called so.
    """
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    check_label(label, subscription_id)
    [row] = request_checks([subscription_id])
    # Whoever enlists it meanwhile waits for the row, and then ends the proposal.
    Readiness.objects.select_for_update().get(pk=row.pk)
    refuse_enlisted(subscription_id)
    proposed = {"proposed_label": label, "proposed_kind": kind, "proposed_by": by.name, "proposed_at": timezone.now()}
    Readiness.objects.filter(pk=row.pk).update(results=[], failed=0, checked_at=None, **proposed)
    row.refresh_from_db()
    return row


def accept(*, row: Readiness, label: str, kind: str, by: Actor) -> Subscription:
    """Enlist what was proposed, by the label and as the kind that were shown.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotEnlisted: it was not checked to the end, or the checks say that the portal could not work with it; or
            somebody enlisted it or proposed it otherwise meanwhile.
    """
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    row.refresh_from_db()
    refuse_enlisted(row.subscription_id)
    if reason := reason_not_to_accept(row):
        raise NotEnlisted(reason)
    if (label, kind) != (row.proposed_label, row.proposed_kind):
        raise NotEnlisted(f"{row.proposed_by} proposed it otherwise meanwhile. Look at it, and press again.")
    return enlist(subscription_id=str(row.subscription_id), label=row.proposed_label, kind=row.proposed_kind, by=by)


def reason_not_to_accept(row: Readiness) -> str | None:
    """Why it cannot be enlisted yet."""
    if not row.proposed_label:
        return "Nobody has proposed it."
    if row.wanted_at is not None or row.checked_at is None:
        return "The checks have not ended yet."
    return reason_not_to_enlist(results_of(row))


def withdraw(*, row: Readiness, by: Actor) -> None:
    """It is not to be enlisted any more; what the checks found stays. NotAllowed as above."""
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    end_proposal(row.subscription_id)
    forget_checks(row.subscription_id)
