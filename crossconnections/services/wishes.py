"""What somebody waits for: the wish stands in the row, which is outbox and lock of its reading as well.

For models with ``wanted_at`` and ``claimed_until``. A message only hurries a worker along: a lost one, or a dead
worker, leaves the wish to the sweep.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.functions import Now

from crossconnections.services.leases import ago, is_free, lease_end

T = TypeVar("T", bound=Model)

SECONDS_BEFORE_A_MESSAGE_IS_LOST = 15


def wish(rows: QuerySet[T]) -> None:
    """Somebody waits for these from now on; whoever waits already has waited longer."""
    rows.filter(wanted_at=None).update(wanted_at=Now())


def claim(rows: QuerySet[T]) -> bool:
    """Whether the one of ``rows`` was wanted and free, and is this worker's now.

    ``rows`` must not join another table: an UPDATE that finds its rows by a subquery does not look again at what
    another worker has claimed meanwhile (PostgreSQL, Read Committed).
    """
    return bool(rows.filter(is_free(), wanted_at__isnull=False).update(claimed_until=lease_end()))


def renew(rows: QuerySet[T]) -> None:
    """Before each further call to Azure."""
    rows.update(claimed_until=lease_end())


def release(rows: QuerySet[T]) -> None:
    """After the last call to Azure, whatever came of it."""
    rows.update(claimed_until=None)


def list_left(rows: QuerySet[T]) -> list[int]:
    """The primary keys of those whose message must have been lost, or whose worker died."""
    left = rows.filter(is_free(), wanted_at__lt=ago(seconds=SECONDS_BEFORE_A_MESSAGE_IS_LOST))
    return list(left.values_list("pk", flat=True))
