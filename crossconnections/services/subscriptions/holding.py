"""Whether a subscription may be asked about: looked up in the transaction that asks, and true until its end."""

from collections.abc import Collection

from django.db.models import QuerySet

from crossconnections.models import CrossConnection, Subscription


def hold(row: CrossConnection) -> None:
    """Let the row know its subscription as it stands now; nobody pauses or retires that before the transaction ends.

    Else what was asked for in the moment in which it is retired would be taken up by no worker, ever.
    """
    row.subscription = _held().get(pk=row.subscription_id)


def hold_all(row_ids: Collection[int]) -> None:
    """The same of several, whose rows are read after this; in one order, so that no two wait for each other."""
    of_them = CrossConnection.objects.filter(pk__in=row_ids).values("subscription")
    list(_held().filter(pk__in=of_them).order_by("pk"))


def _held() -> QuerySet[Subscription]:
    # Without its key, which those who write about its cross connections share (PostgreSQL).
    return Subscription.objects.select_for_update(no_key=True)
