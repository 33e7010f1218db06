"""Saying that something is dealt with."""

from django.utils import timezone

from crossconnections.models import Attention, CrossConnection
from portal.accounts.models import User


def settle(*, row: CrossConnection, kind: str, by: User) -> bool:
    """End what happened to this cross connection and waits for somebody; whether there was such a thing.

    What follows from a state needs no word: it ends with the state.
    """
    if kind not in Attention.HAPPENED:
        return False
    waiting = row.attention.filter(kind=kind, settled_at=None)
    return bool(waiting.update(settled_at=timezone.now(), settled_by=by))
