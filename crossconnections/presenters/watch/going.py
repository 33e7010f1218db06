"""How a watch goes: since when, by whom, what comes next, and how it ended."""

from dataclasses import dataclass
from datetime import datetime

from crossconnections.models import Watch
from crossconnections.presenters.freshness import PATIENCE
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.readings import NOBODY
from crossconnections.presenters.watch.moments import Clock, clock_of
from portal.times import span_in_words

_WAITS: dict[str, str] = {
    Watch.WaitsFor.READING: "Somebody reads the tables of this cross connection, which goes first.",
    Watch.WaitsFor.THROTTLED: "Azure asked the portal to wait. Until then nothing is known of the sessions.",
    Watch.WaitsFor.QUOTA: "Less than half of Azure's quota is left, which is for people. The next round tries again.",
    Watch.WaitsFor.PAUSED: "Its subscription is paused: nothing is asked of Azure until an administrator resumes it.",
    Watch.WaitsFor.PEERING: "No peering is set up any more, so there are no sessions to ask for.",
}
_ENDS: dict[str, str] = {
    Watch.End.STOPPED: "by {name}",
    Watch.End.OVER: "by itself, after {span}",
    Watch.End.GONE: "when the cross connection went from Azure",
    Watch.End.RETIRED: "with its subscription, which was retired",
    Watch.End.ROLE_ENDED: "with the role of {begun_by} here",
}


@dataclass(frozen=True, slots=True)
class Going:
    """``next`` is None while a round goes on and where none comes; ``waits`` says what goes before it."""

    key: int
    is_open: bool
    mark: Mark
    begun: Clock
    begun_by: str
    until: Clock
    next: Clock | None
    waits: str
    end: str


def show_going(watch: Watch, *, now: datetime, is_reading: bool = False) -> Going:
    """``is_reading``: a round is under way."""
    begun_by = watch.begun_by.name if watch.begun_by else NOBODY
    name = watch.ended_by.name if watch.ended_by else NOBODY
    until, span = watch.ended_at or watch.ends_at, span_in_words(watch.ends_at - watch.begun_at)
    return Going(
        key=watch.pk,
        is_open=watch.ended_at is None,
        mark=_mark(watch, now, is_reading=is_reading),
        begun=clock_of(watch.begun_at, beside=now),
        begun_by=begun_by,
        until=clock_of(until, beside=now),
        next=clock_of(watch.next_at, beside=now) if watch.ended_at is None and not is_reading else None,
        waits=_WAITS.get(watch.waits_for, ""),
        end=_ENDS.get(watch.end, "").format(name=name, begun_by=begun_by, span=span),
    )


def _mark(watch: Watch, now: datetime, *, is_reading: bool) -> Mark:
    if watch.ended_at is not None:
        return Mark("Ended", "s-off")
    if is_reading:
        return Mark("Reading now", "s-run", "run")
    if watch.waits_for:
        return Mark("Waits", "clock", "warn")
    if now - watch.next_at >= PATIENCE:
        return Mark("No worker has taken the next reading yet", "clock", "warn")
    return Mark("On watch", "pulse", "run")
