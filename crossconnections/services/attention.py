"""Saying that something is dealt with."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from crossconnections.deeds import SETTLED, about_cross_connection
from crossconnections.models import Attention, CrossConnection
from crossconnections.queries import attention_of
from crossconnections.scopes import place_of
from portal.access.access import reach_of, require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

_WHAT: dict[str, str] = {
    Attention.Kind.BANDWIDTH_RAISED: "bandwidth raised",
    Attention.Kind.EDITED: "edited by the customer",
    Attention.Kind.DELETED: "deleted by the customer",
}


@transaction.atomic
def settle(*, row: CrossConnection, kind: str, by: Actor, as_of: datetime | None = None) -> bool:
    """End what happened to this cross connection and waits for somebody; whether there was such a thing.

    ``as_of`` is when the person was told of it: what has moved since they have not seen, so it goes on waiting.
    What follows from a state needs no word: it ends with the state. A cross connection that moved between two
    subscriptions has a row in each.

    Raises:
        NotAllowed: whoever acts may not, there.
    """
    require(by, Permission.SETTLE, at=place_of(row))
    if kind not in Attention.HAPPENED:
        return False
    waiting = attention_of(row, reach_of(by, Permission.SETTLE)).filter(kind=kind)
    if as_of is not None:
        waiting = waiting.filter(moved_at__lte=as_of)
    if not waiting.update(settled_at=timezone.now(), settled_by=by.user):
        return False
    record(SETTLED, by=by, about=about_cross_connection(row), details={"what": _WHAT[kind]})
    return True
