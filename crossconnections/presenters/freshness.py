"""How fresh the mirror is, and why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crossconnections.models import CrossConnection, Subscription, SyncRun
from crossconnections.presenters.states import Mark
from portal.times import Moment, ago

STALE = timedelta(minutes=15)
VERY_STALE = timedelta(hours=2)
# A sweep tells a worker every few seconds; who waits longer than this waits for a worker.
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Freshness:
    """``finished_ms`` only rises, and it rises whenever a sync ends: a page that saw less shows an old list."""

    mark: Mark
    synced: Moment | None
    is_syncing: bool
    finished_ms: int

    @property
    def ended(self) -> str:
        """What to say to somebody who waited for the end of their sync."""
        return "Synced" if self.mark.tone == "ok" else "The sync has ended, not all of it well"


def show_freshness(subscriptions: Sequence[Subscription], syncs: Sequence[SyncRun], *, now: datetime) -> Freshness:
    """The oldest subscription decides; while one is being synced, how far that is."""
    active = [run for run in syncs if run.state in SyncRun.ACTIVE]
    finished_ms = _finished_ms(subscriptions, syncs)
    if active:
        running = next((run for run in active if run.state == SyncRun.State.RUNNING), active[0])
        if running.state == SyncRun.State.QUEUED and now - running.asked_at >= PATIENCE:
            return _waiting(running, finished_ms, now)
        return Freshness(Mark(_progress(running), "s-run", "run"), None, is_syncing=True, finished_ms=finished_ms)
    return _at_rest(subscriptions, syncs, finished_ms, now)


def show_own_freshness(row: CrossConnection, latest_sync: SyncRun | None, *, now: datetime) -> Freshness:
    """Of one cross connection: how its reading goes; else as fresh as its subscription, or fresher."""
    read = ago(row.read_at, now=now) if row.read_at else None
    if row.gone_at is None and row.wanted_at is not None:
        return _reading(row, read, now)
    if row.gone_at is None and row.read_error_code:
        words = "Could not be read, last read" if read else "Could not be read yet"
        return Freshness(Mark(words, "s-warn", "warn"), read, is_syncing=False, finished_ms=0)
    if row.read_at and row.read_at > _last_synced(row.subscription):
        return Freshness(mark_of_age(now - row.read_at, "Read"), read, is_syncing=False, finished_ms=0)
    return _at_rest([row.subscription], [latest_sync] if latest_sync else [], 0, now)


def _reading(row: CrossConnection, read: Moment | None, now: datetime) -> Freshness:
    if not is_left_waiting(row.wanted_at, row.claimed_until, now=now):
        return Freshness(Mark("Reading from Azure", "s-run", "run"), None, is_syncing=True, finished_ms=0)
    words = "No worker has taken the reading yet" + (", last read" if read else "")
    return Freshness(Mark(words, "clock", "warn"), read, is_syncing=True, finished_ms=0)


def is_left_waiting(wanted_at: datetime | None, claimed_until: datetime | None, *, now: datetime) -> bool:
    """Whether a wish waits for longer than it takes to tell a worker of it, and none has claimed it."""
    is_claimed = claimed_until is not None and claimed_until >= now
    return wanted_at is not None and not is_claimed and now - wanted_at >= PATIENCE


def _at_rest(
    subscriptions: Sequence[Subscription], syncs: Sequence[SyncRun], finished_ms: int, now: datetime
) -> Freshness:
    if not subscriptions:
        return Freshness(Mark("Nothing to sync yet", "s-idle"), None, is_syncing=False, finished_ms=0)
    # A paused one is as old and as badly read as it is, and said to be paused beside the list.
    counted = [one for one in subscriptions if one.is_active] or subscriptions
    oldest = min(counted, key=_last_synced)
    if oldest.last_synced_at is None:
        words = "Never synced yet" if len(subscriptions) == 1 else f"{oldest.label} never synced yet"
        return Freshness(Mark(words, "clock", "warn"), None, is_syncing=False, finished_ms=finished_ms)
    latest = [run for run in syncs if run.subscription in counted]
    mark = _synced(now - oldest.last_synced_at, latest, whose=oldest.label if len(subscriptions) > 1 else "")
    return Freshness(mark, ago(oldest.last_synced_at, now=now), is_syncing=False, finished_ms=finished_ms)


def _waiting(run: SyncRun, finished_ms: int, now: datetime) -> Freshness:
    """No worker has taken it, as none may be alive: then the age of what is shown is what counts."""
    synced = run.subscription.last_synced_at
    words = f"No worker has taken the sync of {run.subscription.label} yet" + (", last synced" if synced else "")
    moment = ago(synced, now=now) if synced else None
    return Freshness(Mark(words, "clock", "warn"), moment, is_syncing=True, finished_ms=finished_ms)


def _last_synced(subscription: Subscription) -> datetime:
    return subscription.last_synced_at or datetime.min.replace(tzinfo=UTC)


def _synced(age: timedelta, syncs: Sequence[SyncRun], *, whose: str) -> Mark:
    """The words lead up to the age: ``Synced``, 2 min ago. Whose it is matters once it is late."""
    mark = mark_of_age(age, f"{whose} synced" if whose and age >= STALE else "Synced")
    if mark.tone != "ok":
        return mark
    if any(run.state == SyncRun.State.FAILED for run in syncs):
        return Mark("Last sync failed, synced", "s-warn", "warn")
    unread = sum(run.unread for run in syncs)
    return Mark(f"{unread:,} could not be read, synced", "s-warn", "warn") if unread else mark


def mark_of_age(age: timedelta, words: str) -> Mark:
    """Words that lead up to an age: late after 15 minutes, very late after two hours."""
    if age >= STALE:
        return Mark(words, "clock", "bad" if age >= VERY_STALE else "warn")
    return Mark(words, "check", "ok")


def _progress(run: SyncRun) -> str:
    label = run.subscription.label
    if run.state == SyncRun.State.QUEUED:
        return f"Waiting to sync {label}"
    if run.to_read:
        return f"Syncing {label}, {run.read + run.unread} of {run.to_read}"
    return f"Syncing {label}{_pages(run)}" if run.pages else f"Syncing {label}"


def _pages(run: SyncRun) -> str:
    """Azure tells neither how many pages there are nor in what order: the last good sync's number is the best guess."""
    before = getattr(run, "pages_before", None)
    of = f" of about {before:,}" if before and before >= run.pages else ""
    noun = "page" if run.pages == 1 and not of else "pages"
    return f"{f', {run.location}' if run.location else ''}, {run.pages:,}{of} {noun}"


def _finished_ms(subscriptions: Sequence[Subscription], syncs: Sequence[SyncRun]) -> int:
    ends = [subscription.last_synced_at for subscription in subscriptions] + [run.finished_at for run in syncs]
    return max((int(end.timestamp() * 1000) for end in ends if end), default=0)
