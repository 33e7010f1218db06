"""Where the chain starts: behind the newest checkpoint that the portal wrote."""

from collections.abc import Iterator

from portal.activity.chain import is_sealed
from portal.activity.findings import Fault, Finding
from portal.activity.models import Checkpoint, Entry
from portal.activity.rows import is_number, stream_rows
from portal.activity.seals import Seals


def find_start(seals: Seals) -> tuple[Checkpoint | None, list[Finding]]:
    """The checkpoint that the chain starts from, None for a chain from its beginning, and what is wrong with any.

    From one that was forged nothing starts: it would hide all that stands before it.
    """
    judged = [(one, _judge(one, seals)) for one in _read()]
    first = Entry.objects.order_by("number").values_list("number", flat=True).first()
    start = max(
        (one for one, verdict in judged if _may_start(one, verdict=verdict, first=first)), key=_number, default=None
    )
    findings = (_fault(one, verdict=verdict, start=start) for one, verdict in judged)
    return start, [finding for finding in findings if finding]


def find_checkpoint(number: int) -> Checkpoint | None:
    """The one of a number."""
    return next((Checkpoint(**row) for row in stream_rows(Checkpoint.objects.filter(number=number))), None)


def _read() -> Iterator[Checkpoint]:
    yield from (Checkpoint(**row) for row in stream_rows(Checkpoint.objects.order_by("number")))


def _number(one: Checkpoint) -> int:
    return one.number


def _judge(one: Checkpoint, seals: Seals) -> bool | None:
    return is_sealed(one, seals) if is_number(one.number) else False


def _may_start(one: Checkpoint, *, verdict: bool | None, first: int | None) -> bool:
    # One whose key is gone may be the portal's, but not where an entry stands that it says is forgotten.
    return bool(verdict) or (verdict is None and (first is None or one.number < first))


def _fault(one: Checkpoint, *, verdict: bool | None, start: Checkpoint | None) -> Finding | None:
    if not is_number(one.number):
        return Finding(Fault.CHECKPOINT_NUMBERLESS, text=str(one.number))
    if verdict is False:
        return Finding(Fault.CHECKPOINT_FORGED, one.number, one.number)
    # The keys of those that the chain starts behind may be gone with what they stood for.
    is_needed = verdict is None and (start is None or one.number >= start.number)
    return Finding(Fault.CHECKPOINT_UNKNOWN_KEY, one.number, one.number, one.key_id) if is_needed else None
