"""Saying that something is dealt with."""

from datetime import datetime

from django.utils import timezone

from crossconnections.models import Attention, CrossConnection
from crossconnections.queries import attention_of
from portal.access.access import Access
from portal.access.permissions import Permission
from portal.accounts.models import User


def settle(*, row: CrossConnection, kind: str, by: User, as_of: datetime | None = None) -> bool:
    """End what happened to this cross connection and waits for somebody; whether there was such a thing.

    ``as_of`` is when the person was told of it: what has moved since they have not seen, so it goes on waiting.
    What follows from a state needs no word: it ends with the state. A cross connection that moved between two
    subscriptions has a row in each.
    """
    if kind not in Attention.HAPPENED:
        return False
    waiting = attention_of(row, Access(by).reach(Permission.SETTLE)).filter(kind=kind)
    if as_of is not None:
        waiting = waiting.filter(moved_at__lte=as_of)
    return bool(waiting.update(settled_at=timezone.now(), settled_by=by))
