"""Enlisting subscriptions."""

import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from crossconnections.deeds import ENLISTED, ENLISTED_ANEW, about_subscription
from crossconnections.models import Readiness, Subscription
from crossconnections.queries import enlisted
from crossconnections.services import syncs
from portal.activity.trail import record
from portal.actors import Actor

LONGEST_LABEL = 80


class NotEnlisted(Exception):  # noqa: N818 - reads as what happened
    """The subscription cannot be enlisted; the text says why."""


def enlist(*, subscription_id: str, label: str, kind: str, by: Actor) -> Subscription:
    """Look after a provider subscription from now on, and ask for its first sync; the clock has it checked.

    Enlisting again renames it, and takes up again what was retired. Whoever had proposed it need not press any more.

    Raises:
        NotEnlisted: the id is no GUID, the label is empty or too long, or another subscription has it.
    """
    subscription = keep(read_key(subscription_id), label=label.strip(), kind=kind, by=by)
    # Not in the same transaction: the head of the trail would be held until the sync is in its queue.
    if subscription.is_active:
        syncs.request_sync(subscription=subscription)
    return subscription


def read_key(subscription_id: str) -> uuid.UUID:
    """The GUID; NotEnlisted where it is none."""
    try:
        return uuid.UUID(subscription_id)
    except ValueError:
        raise NotEnlisted(f"'{subscription_id}' is not a subscription id: it takes a GUID.") from None


def check_label(label: str, key: uuid.UUID) -> None:
    """Nothing, where the subscription may be called so; else NotEnlisted."""
    if not 0 < len(label) <= LONGEST_LABEL:
        raise NotEnlisted(f"A label has 1 to {LONGEST_LABEL} characters.")
    if _called(label).exclude(cloud=settings.PORTAL_CLOUD, subscription_id=key).exists():
        raise NotEnlisted(_taken(label))


def find_enlisted(key: uuid.UUID) -> Subscription | None:
    """The subscription, if it is enlisted and not retired."""
    return enlisted().filter(subscription_id=key).first()


def refuse_enlisted(key: uuid.UUID) -> None:
    """Nothing, where the subscription may be proposed; NotEnlisted where it is enlisted, and not retired."""
    if found := find_enlisted(key):
        raise NotEnlisted(f"It is enlisted already, as {found.label}.")


def end_proposal(key: uuid.UUID) -> None:
    """Nobody is about to enlist it any more; what its checks found stays."""
    row = Readiness.objects.filter(cloud=settings.PORTAL_CLOUD, subscription_id=key)
    row.update(proposed_label="", proposed_kind="", proposed_by="", proposed_at=None)


def _called(label: str) -> QuerySet[Subscription]:
    return Subscription.objects.filter(label__iexact=label)


def _taken(label: str) -> str:
    return f"Another subscription is already called '{label}': choose another label."


@transaction.atomic
def keep(key: uuid.UUID, *, label: str, kind: str, by: Actor) -> Subscription:
    """As ``enlist``, and nothing is asked of Azure."""
    check_label(label, key)
    of_this_cloud = Subscription.objects.filter(cloud=settings.PORTAL_CLOUD)
    former = of_this_cloud.select_for_update().filter(subscription_id=key).first()
    taken_up: dict[str, Any] = {"label": label, "kind": kind}
    if former and former.state == Subscription.State.RETIRED:
        taken_up |= {"state": Subscription.State.ACTIVE, "state_since": timezone.now()}
    try:
        with transaction.atomic():
            subscription, _ = Subscription.objects.update_or_create(
                cloud=settings.PORTAL_CLOUD, subscription_id=key, defaults=taken_up
            )
    except IntegrityError:
        raise NotEnlisted(_taken(label)) from None
    end_proposal(key)
    _record(subscription, former, by)
    return subscription


def _record(subscription: Subscription, former: Subscription | None, by: Actor) -> None:
    """That it was enlisted, or is called something else now; the same said twice is no deed."""
    now = {"label": subscription.label, "kind": str(subscription.kind)}
    before = {"label": former.label, "kind": former.kind} if former else {}
    if now == before and former and former.state == subscription.state:
        return
    details = now | {f"former_{name}": value for name, value in before.items()}
    record(ENLISTED_ANEW if former else ENLISTED, by=by, about=about_subscription(subscription), details=details)
