"""Saying that something is dealt with."""

from django.utils import timezone

from crossconnections.models import Attention, CrossConnection
from crossconnections.queries import attention_of
from portal.accounts.models import User


def settle(*, row: CrossConnection, kind: str, by: User) -> bool:
    """End what happened to this cross connection and waits for somebody; whether there was such a thing.

    What follows from a state needs no word: it ends with the state. A cross connection that moved between two
    subscriptions has a row in each.
    """
    if kind not in Attention.HAPPENED:
        return False
    waiting = attention_of(row).filter(kind=kind)
    return bool(waiting.update(settled_at=timezone.now(), settled_by=by))
