"""A head that no deed can follow, sealed anew by somebody with a terminal on the host."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from portal.activity.chain import TrailBroken, find_head, lock_head, remove_superfluous_heads, seal_anew
from portal.activity.deeds import MENDED
from portal.activity.models import Checkpoint, Entry
from portal.activity.rows import Row, is_number, stream_rows
from portal.activity.trail import record
from portal.actors import at_terminal
from portal.harmless import harmless

# No trail gets as long: who wrote that wants the numbers to run out.
_NEVER_GIVEN = 10**18
_LONGEST_MAC = 64


class NothingToMend(Exception):  # noqa: N818 - reads as what happened
    """The head is as the portal left it, and there is no other."""


@transaction.atomic(durable=True)
def mend(found: Sequence[str]) -> Entry:
    """Seal the head at the last entry there is, remove rows beside it, and record that with what was found before.

    Raises:
        NothingToMend: the head is not what is wrong, if anything is.
    """
    removed = remove_superfluous_heads()
    if not _sealed_where_broken() and not removed:
        raise NothingToMend("Nothing is wrong with the head of the trail, so there is nothing to mend.")
    return record(MENDED, by=at_terminal(), details={"found": " ".join(found), "findings": len(found)})


def _sealed_where_broken() -> bool:
    try:
        lock_head()
    except TrailBroken:
        seal_anew(*_end())
        return True
    return False


def _end() -> tuple[int, str]:
    """The highest number that was ever given, as far as anything tells, and the MAC of the last entry there is."""
    entry, checkpoint, head = _last(Entry), _last(Checkpoint), find_head()
    rows = [row for row in (entry, checkpoint) if row]
    numbers = [row["number"] for row in rows] + ([head.number] if head and _was_given(head.number) else [])
    return max(numbers, default=0), harmless(str(rows[0]["mac"]), longest=_LONGEST_MAC) if rows else ""


def _last(model: type[Entry | Checkpoint]) -> Row | None:
    found: Iterator[Row] = stream_rows(model.objects.filter(number__lt=_NEVER_GIVEN).order_by("-number"))
    return next((row for row in found if _was_given(row["number"])), None)


def _was_given(number: object) -> bool:
    return is_number(number) and 0 <= number < _NEVER_GIVEN
