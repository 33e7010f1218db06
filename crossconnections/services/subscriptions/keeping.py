"""What becomes of an enlisted subscription: it is renamed, paused, resumed, retired. Nothing that is known is lost."""

import uuid

from django.db import transaction
from django.utils import timezone

from crossconnections import policies
from crossconnections.deeds import PAUSED, REGISTRATION_ASKED, RESUMED, RETIRED, SUBSCRIPTION, about_subscription
from crossconnections.models import Change, Readiness, Snapshot, Subscription, Watch
from crossconnections.queries.readiness import find_readiness
from crossconnections.queries.subscriptions import find_subscription
from crossconnections.services import syncs
from crossconnections.services.readiness.checking import forget_checks, request_checks
from crossconnections.services.subscriptions.enlisting import keep
from crossconnections.services.watches import close
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.deeds import Deed
from portal.activity.trail import About, record
from portal.actors import Actor

State = Subscription.State


class NotKept(Exception):  # noqa: N818 - reads as what happened
    """It cannot be done to the subscription as it stands; the text says why."""


def rename(*, subscription: Subscription, label: str, kind: str, by: Actor) -> None:
    """Call it something else.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotKept: it was retired.
        NotEnlisted: another one is called so.
    """
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    with transaction.atomic():
        # To enlist one that somebody has retired meanwhile would take it up again.
        _refuse_retired(Subscription.objects.select_for_update(no_key=True).get(pk=subscription.pk))
        keep(subscription.subscription_id, label=label, kind=kind, by=by)


def pause(*, subscription: Subscription, by: Actor) -> None:
    """Ask nothing new of Azure about it. What was asked before goes on to its end, and every page stays.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotKept: it is not looked after.
    """
    _move(subscription, State.PAUSED, PAUSED, by)


def resume(*, subscription: Subscription, by: Actor) -> None:
    """Look after it again, beginning with a sync and its checks. Raises as above."""
    _move(subscription, State.ACTIVE, RESUMED, by)
    syncs.request_sync(subscription=subscription)
    request_checks([subscription.subscription_id])


def retire(*, subscription: Subscription, by: Actor) -> None:
    """Show it in no list any more; its history and the pages of its cross connections stay.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotKept: it was retired already, or something that was asked of Azure is not over: a change, a reading.
    """
    _move(subscription, State.RETIRED, RETIRED, by)


def request_registration(*, subscription_id: uuid.UUID, label: str, by: Actor) -> None:
    """Have Azure register Microsoft.Network in a subscription, enlisted or not, and check it anew.

    The wish stands in the row: where a worker dies another one asks again, which harms nothing.

    Raises:
        NotAllowed: whoever asks may not manage subscriptions.
        NotKept: it was retired.
    """
    _check_may_ask(subscription_id, by)
    with transaction.atomic():
        [row] = request_checks([subscription_id])
        Readiness.objects.filter(pk=row.pk).update(registration_wanted_at=timezone.now())
        about = About(SUBSCRIPTION, str(subscription_id), label)
        record(REGISTRATION_ASKED, by=by, about=about, details={"label": label})


def request_check(*, subscription_id: uuid.UUID, by: Actor) -> None:
    """Have a subscription checked, enlisted or proposed. Raises as above."""
    _check_may_ask(subscription_id, by)
    request_checks([subscription_id])


def _check_may_ask(subscription_id: uuid.UUID, by: Actor) -> None:
    """What was retired may be proposed again, and then Azure is asked about it."""
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    if (known := find_subscription(subscription_id)) and not _is_proposed(subscription_id):
        _refuse_retired(known)


def _is_proposed(subscription_id: uuid.UUID) -> bool:
    row = find_readiness(subscription_id)
    return row is not None and row.proposed_at is not None


def _refuse_retired(subscription: Subscription) -> None:
    if subscription.state == State.RETIRED:
        raise NotKept("It was retired, and Azure is asked nothing about it. Enlist it again by its id.")


def _move(subscription: Subscription, state: State, deed: Deed, by: Actor) -> None:
    require(by, Permission.MANAGE_SUBSCRIPTIONS)
    with transaction.atomic():
        row = Subscription.objects.select_for_update(no_key=True).get(pk=subscription.pk)
        if reason := _reason_not_to_move(row, state):
            raise NotKept(reason)
        row.state, row.state_since = state, timezone.now()
        row.save(update_fields=["state", "state_since"])
        if state == State.RETIRED:
            _end_watches(row)
            _forget_wishes(row)
        record(deed, by=by, about=about_subscription(row), details={"label": row.label})
    subscription.refresh_from_db()


def _reason_not_to_move(row: Subscription, state: State) -> str | None:
    match state:
        case State.PAUSED:
            return policies.reason_not_to_pause(row)
        case State.ACTIVE:
            return policies.reason_not_to_resume(row)
    return reason_not_to_retire(row)


def reason_not_to_retire(subscription: Subscription) -> str | None:
    """Why it cannot be retired now."""
    changes = Change.objects.filter(cross_connection__subscription=subscription, state__in=Change.ACTIVE)
    readings = Snapshot.objects.filter(cross_connection__subscription=subscription, finished_at=None)
    return policies.reason_not_to_retire(subscription, open_changes=changes.count(), open_readings=readings.count())


def _forget_wishes(row: Subscription) -> None:
    """No worker takes them up any more, and whoever looked at the page would wait for it."""
    for waiting in (row.cross_connections, row.catalogues):
        waiting.exclude(wanted_at=None).update(wanted_at=None, claimed_until=None)
    forget_checks(row.subscription_id)


def _end_watches(row: Subscription) -> None:
    for watch in Watch.objects.filter(cross_connection__subscription=row, ended_at=None):
        close(watch, end=Watch.End.RETIRED)
