"""Enlisting subscriptions."""

import uuid

from django.conf import settings
from django.db import IntegrityError, transaction

from crossconnections.deeds import ENLISTED, ENLISTED_ANEW, about_subscription
from crossconnections.models import Subscription
from crossconnections.services import syncs
from portal.activity.trail import record
from portal.actors import Actor

LONGEST_LABEL = 80


class NotEnlisted(Exception):  # noqa: N818 - reads as what happened
    """The subscription cannot be enlisted; the text says why."""


def enlist(*, subscription_id: str, label: str, kind: str, by: Actor) -> Subscription:
    """Look after a provider subscription from now on, and ask for its first sync. Enlisting again renames it.

    Raises:
        NotEnlisted: the id is no GUID, the label is empty or too long, or another subscription has it.
    """
    if not 0 < len(label.strip()) <= LONGEST_LABEL:
        raise NotEnlisted(f"A label has 1 to {LONGEST_LABEL} characters.")
    try:
        key = uuid.UUID(subscription_id)
    except ValueError:
        raise NotEnlisted(f"'{subscription_id}' is not a subscription id: it takes a GUID.") from None
    subscription = _enlist(key, label.strip(), kind, by)
    syncs.request_sync(subscription=subscription)
    return subscription


@transaction.atomic
def _enlist(key: uuid.UUID, label: str, kind: str, by: Actor) -> Subscription:
    of_this_cloud = Subscription.objects.filter(cloud=settings.PORTAL_CLOUD)
    former = of_this_cloud.select_for_update().filter(subscription_id=key).first()
    try:
        with transaction.atomic():
            subscription, _ = Subscription.objects.update_or_create(
                cloud=settings.PORTAL_CLOUD, subscription_id=key, defaults={"label": label, "kind": kind}
            )
    except IntegrityError:
        raise NotEnlisted(f"Another subscription is already called '{label}': choose another label.") from None
    _record(subscription, former, by)
    return subscription


def _record(subscription: Subscription, former: Subscription | None, by: Actor) -> None:
    """That it was enlisted, or is called something else now; the same said twice is no deed."""
    now = {"label": subscription.label, "kind": str(subscription.kind)}
    before = {"label": former.label, "kind": former.kind} if former else {}
    if now == before:
        return
    details = now | {f"former_{name}": value for name, value in before.items()}
    record(ENLISTED_ANEW if former else ENLISTED, by=by, about=about_subscription(subscription), details=details)
